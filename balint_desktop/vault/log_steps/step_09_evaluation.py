"""The written part of an evaluation as counts, its lines without an order, questions of one's own, and bare scores."""

from __future__ import annotations

SQL = ""
