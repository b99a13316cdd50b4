"""What the log is searched and sorted by, and what stood before a correction."""

from __future__ import annotations

SQL = ""
