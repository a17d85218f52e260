"""Pixels in, pixels out: from a file to upright pages."""
