"""Makes the models: synthetic data and trainers. Nothing that scans imports it."""
