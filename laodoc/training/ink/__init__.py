"""Pages composed of layers, so that the kind of every drop of ink is known; and the net that learns it."""
