"""Pure language, no pixels: digits, dates, diacritics, places."""
