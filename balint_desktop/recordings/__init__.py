"""Recordings of a vault: open, verify, join, redact, import, export, transfer."""
