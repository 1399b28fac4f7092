"""The page coverage: what it shows, its template, texts, styles and tables."""
