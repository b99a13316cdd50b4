"""Vault states: open, in session, locked."""

from __future__ import annotations

from enum import StrEnum


class VaultState(StrEnum):
    """What the vault can do now."""

    OPEN = "open"
    IN_SESSION = "in-session"
    LOCKED = "locked"
