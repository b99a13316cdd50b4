"""The debrief after a session."""
