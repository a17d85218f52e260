"""What the readings of all pages mean together."""
