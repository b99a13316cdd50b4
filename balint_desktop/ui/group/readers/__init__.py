"""Readers of a group's recordings."""
