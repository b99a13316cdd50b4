"""A teaching group's one answer to being recorded, as a section of its page."""
