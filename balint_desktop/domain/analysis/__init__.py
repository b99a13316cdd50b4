"""Thematic analysis: codings of approved texts by several people, compared and agreed."""
