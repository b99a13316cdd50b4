"""The letter of each code in the margin, which stays with it; empty until its coder goes on coding."""

from __future__ import annotations

SQL = """
ALTER TABLE codes ADD COLUMN letter TEXT NOT NULL DEFAULT '';
"""
