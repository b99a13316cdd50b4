"""Colours, text sizes and the style sheet."""
