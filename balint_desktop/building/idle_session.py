"""Where the place of the session leads while none is led."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.building import ways
from balint_desktop.ui.idle_session import IdleSession

if TYPE_CHECKING:
    from balint_desktop.building.owner import Owner


def build_idle_session(owner: Owner) -> IdleSession:
    """Build the place that stands there until a session takes it."""
    place = IdleSession()
    place.today_asked.connect(lambda: ways.show_today(owner.shell))
    return place
