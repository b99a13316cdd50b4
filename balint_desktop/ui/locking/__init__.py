"""Locking by itself: idle minutes, the system's screen and its sleep."""
