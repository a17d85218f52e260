"""laodoc: scanned Thai government letters in, records out."""
