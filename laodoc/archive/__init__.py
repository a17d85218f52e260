"""Archives: many scans in one SQLite file, each read once, whatever happens on the way."""
