"""The page overview: what it shows, its template, texts, styles and tables."""
