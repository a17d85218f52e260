"""Where things are on an upright page."""
