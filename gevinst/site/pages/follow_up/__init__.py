"""The page follow-up: what it shows, its template, texts, styles, letters and files."""
