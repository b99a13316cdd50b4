"""Charts, each with a table that says the same."""
