"""What importing a file found: how much was read and kept, and what stands against wiping the original."""

from __future__ import annotations

# NULL for recordings imported by an earlier version, which made no report.
SQL = """
ALTER TABLE brought_in ADD COLUMN report TEXT;
"""
