"""The place Recordings: list, playing, verifying, importing, exporting, sharing."""
