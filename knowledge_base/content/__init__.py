"""The curated answers and the data files that help to find them."""
