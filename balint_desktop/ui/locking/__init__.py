"""Automatic locking: idle minutes, the system's screen and sleep."""
