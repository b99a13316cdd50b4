"""Warnings about a destination folder before something sealed is copied there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.trouble import Trouble
from balint_desktop.vault.layout import is_private, looks_synced
from balint_desktop.vault.network_disks import is_on_network


class DestinationWarning(StrEnum):
    """A warning about a destination folder."""

    SYNCED = "synced"
    NETWORK = "network"
    OPEN_TO_OTHERS = "open-to-others"


def read_warnings(folder: Path) -> tuple[DestinationWarning, ...]:
    """Return warnings about an existing destination folder; none for a folder that cannot be read."""
    found: list[DestinationWarning] = []
    if looks_synced(folder.absolute()):
        found.append(DestinationWarning.SYNCED)
    elif is_on_network(folder):
        found.append(DestinationWarning.NETWORK)
    try:
        if folder.is_dir() and not is_private(folder):
            found.append(DestinationWarning.OPEN_TO_OTHERS)
    except Trouble:
        # Copying there will report the error.
        return tuple(found)
    return tuple(found)
