"""The page editions: what it shows, its template, texts, styles and tables."""
