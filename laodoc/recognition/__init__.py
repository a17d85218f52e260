"""What the regions say: text, marks and bars."""
