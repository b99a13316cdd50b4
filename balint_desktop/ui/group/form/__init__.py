"""Forms for a new group and for editing one."""
