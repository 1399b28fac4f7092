"""The page search: what it shows, its template, texts, style, script and index."""
