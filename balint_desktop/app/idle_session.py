"""Where the place of the session leads while none is led."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app import navigation
from balint_desktop.ui.session.idle import IdleSession

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_idle_session(owner: Owner) -> IdleSession:
    """Build the place that stands there until a session takes it."""
    place = IdleSession()
    place.today_asked.connect(lambda: navigation.show_today(owner.shell))
    return place
