"""The log: sessions as a list, and the page of each."""
