"""The recordings: what there is, and playing, verifying and exporting it."""
