"""A generator of scans of Thai government letters and tables that never existed."""
