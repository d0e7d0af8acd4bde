"""The knowledge base, module by module."""
