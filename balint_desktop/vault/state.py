"""Vault states: open, in session, locked."""

from __future__ import annotations

from enum import StrEnum


class VaultState(StrEnum):
    """The vault's current state."""

    OPEN = "open"
    IN_SESSION = "in-session"
    LOCKED = "locked"
