"""The page dictionary: what it shows, its template, texts, styles and tables."""
