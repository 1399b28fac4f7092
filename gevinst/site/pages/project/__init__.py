"""The page project: what it shows, its template, texts, styles and tables."""
