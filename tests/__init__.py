"""The tests: unit, contract and end to end, on real servers."""
