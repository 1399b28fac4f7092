"""The page method: what it shows, its template, texts, styles and tables."""
