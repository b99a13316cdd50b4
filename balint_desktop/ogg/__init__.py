"""Ogg Opus: pages, packets, durations, and silencing spans without re-encoding. Standard library only."""
