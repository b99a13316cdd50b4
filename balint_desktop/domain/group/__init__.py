"""A group: its people, roster, dates, and the templates for a new one."""
