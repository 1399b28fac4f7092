"""The page figure: what it shows, its template, texts, styles and scripts."""
