"""Consents for each person and purpose, one row an answer, and the terms of the study they were given to."""

from __future__ import annotations

SQL = ""
