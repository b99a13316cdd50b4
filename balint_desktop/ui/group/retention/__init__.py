"""Retention: the section of a group's page, and what other places show of it."""
