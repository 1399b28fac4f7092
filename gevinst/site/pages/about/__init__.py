"""The page about: what it shows, its template, texts, styles and tables."""
