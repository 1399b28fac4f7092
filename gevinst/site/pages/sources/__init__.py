"""The page sources: what it shows, its template, texts, styles and tables."""
