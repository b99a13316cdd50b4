"""The dates of a group: its calendar as a section of its page."""
