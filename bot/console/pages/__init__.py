"""The pages: what a request shows or does."""
