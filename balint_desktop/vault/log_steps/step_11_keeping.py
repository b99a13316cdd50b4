"""How long things are kept: periods and their events, legal holds, requests for access."""

from __future__ import annotations

SQL = ""
