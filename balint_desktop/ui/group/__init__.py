"""The place Groups: the list, a group's page, and its sections."""
