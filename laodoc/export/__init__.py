"""Files that people and other systems take home, one module a format."""
