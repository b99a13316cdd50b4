"""The same program for scripts."""
