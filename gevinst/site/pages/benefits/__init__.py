"""The page benefits: what it shows, its template, texts, styles and tables."""
