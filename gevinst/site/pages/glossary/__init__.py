"""The page glossary: what it shows, its template, texts, styles and tables."""
