"""Training of our own line recognizer: synthetic lines → trainer → evaluation → ONNX (extra `train`)."""
