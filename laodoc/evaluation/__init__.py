"""How well the product reads what somebody has put right: lines and whole scans with their truth."""
