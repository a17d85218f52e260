"""Programs that measure; each figure in the documentation names the one that prints it."""
