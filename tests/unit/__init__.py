"""Tests of one package at a time, without servers."""
