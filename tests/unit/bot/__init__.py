"""Tests of the running service, module by module."""
