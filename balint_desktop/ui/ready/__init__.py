"""Get ready: the check before a session."""
