"""What the Log lists, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.building import ways
from balint_desktop.building.shelf import shelf_of
from balint_desktop.ui.log.place import LogPlace

if TYPE_CHECKING:
    from balint_desktop.building.owner import Owner


def build_log(owner: Owner) -> LogPlace:
    """Build the place that lists the sessions."""
    place = LogPlace(shelf_of(owner.open_vault()).sessions, owner.work, owner.messages)
    place.recording_wanted.connect(lambda recording: ways.show_recording(owner.shell, recording))
    return place
