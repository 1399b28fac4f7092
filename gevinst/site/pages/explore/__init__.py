"""The page explore: what it shows, its template, texts, styles, script and ready questions."""
