"""The page scheme: what it shows, its template, texts, styles and tables."""
