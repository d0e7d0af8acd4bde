"""What of the storage is not a port."""
