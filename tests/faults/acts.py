"""Random acts of a facilitator: the same for a session with a window and without."""

from __future__ import annotations

import contextlib
import random

from balint_desktop.domain.session.facts import NotNow
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import MarkKind

EVERY_S = 0.1
_STEPS = 3


class Acts:
    """Draws acts and performs them. An impossible one is skipped."""

    def __init__(self, session, seed):
        self._session = session
        self._lots = random.Random(seed)
        self._codes = [member.code for member in session.group.participants]
        self._steps = 0

    def act(self):
        """Do one thing."""
        with contextlib.suppress(NotNow, Trouble):
            self._draw(self._lots.random())

    def _draw(self, drawn):
        if drawn < 0.04:
            self._session.mark_moment(MarkKind.WORTH_COMING_BACK_TO)
        elif drawn < 0.06 and self._steps < _STEPS:
            self._steps += 1
            self._session.step()
        elif drawn < 0.5:
            self._session.choose_presenter(self._lots.choice([*self._codes, None]))
        elif drawn < 0.75:
            self._session.adjust_phase(self._lots.choice([60, -60]))
        else:
            self._come_or_go()

    def _come_or_go(self):
        present = self._session.state.present
        absent = [code for code in self._codes if code not in present]
        if absent:
            self._session.mark_arrived(absent[0])
        else:
            self._session.mark_left(min(present))
