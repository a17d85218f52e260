"""Do the parts of a document agree? One small pure function a rule."""
