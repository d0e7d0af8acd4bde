"""Tests of the web pages, the API and the console, against the real desk on SQLite."""
