"""The rehearsal of a session, led through the real window."""
