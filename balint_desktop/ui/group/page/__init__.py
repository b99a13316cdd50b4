"""The page of one group."""
