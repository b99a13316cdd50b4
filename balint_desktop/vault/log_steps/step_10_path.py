"""The facilitator's own path: colleagues, supervision, meetings elsewhere, reviews of one's own leading."""

from __future__ import annotations

SQL = ""
