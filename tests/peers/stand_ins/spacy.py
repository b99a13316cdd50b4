"""Stands in for spaCy, which qualitative-coding imports and does not use for what the tests ask of it."""
