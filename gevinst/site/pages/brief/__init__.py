"""The brief: what it shows, its template, texts and styles."""
