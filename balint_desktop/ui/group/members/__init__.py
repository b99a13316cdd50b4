"""The section *Members* of a group's page."""
