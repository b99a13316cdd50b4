"""Wording used by more than one page, and by the command line: errors, durations, retention, audit; days read back."""
