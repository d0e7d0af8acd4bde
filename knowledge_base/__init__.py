"""What we know: curated answers, and how a question finds the right one. Pure."""
