"""What the measurements conclude from their figures."""
