"""Pictures where people would rather look than read, each with a table that says the same."""
