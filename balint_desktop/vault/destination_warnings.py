"""Warnings about a destination folder before something sealed is copied there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.trouble import Trouble
from balint_desktop.vault.layout import keeps_others_out, looks_synced
from balint_desktop.vault.network_disks import is_on_network


class PlaceRemark(StrEnum):
    """What whoever carries something there should know."""

    SYNCED = "synced"
    NETWORK = "network"
    OPEN_TO_OTHERS = "open-to-others"


def remarks_on(folder: Path) -> tuple[PlaceRemark, ...]:
    """Return what is to be said of a folder that is there. Nothing is said of one that cannot be looked at."""
    found: list[PlaceRemark] = []
    if looks_synced(folder.absolute()):
        found.append(PlaceRemark.SYNCED)
    elif is_on_network(folder):
        found.append(PlaceRemark.NETWORK)
    try:
        if folder.is_dir() and not keeps_others_out(folder):
            found.append(PlaceRemark.OPEN_TO_OTHERS)
    except Trouble:
        # Copying there will say what is the matter.
        return tuple(found)
    return tuple(found)
