"""The page drivers: what it shows, its template, texts, styles and tables."""
