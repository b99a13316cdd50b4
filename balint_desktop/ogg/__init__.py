"""Ogg Opus: pages, packets, durations, and silencing stretches without encoding anew. Standard library only."""
