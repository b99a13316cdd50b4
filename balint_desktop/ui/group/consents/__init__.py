"""Consents of a group: a page of its own, apart from the data."""
