"""Scans made by `generate.py`, with what they say, and the generator itself. Nothing in `laodoc` imports it."""
