"""Who belongs to a group and since when: members who join late, leave, or change group."""

from __future__ import annotations

SQL = ""
