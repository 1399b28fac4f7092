"""The page comparison: what it shows, its template, texts, styles and script."""
