"""The page portfolio: what it shows, its template, texts, styles and tables."""
