"""Balint Desktop: the facilitator's laptop aid for a Balint group."""

__version__ = "0.2.0"
