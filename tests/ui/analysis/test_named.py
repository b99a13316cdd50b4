"""Every control of Analysis has a name for a screen reader."""

from __future__ import annotations

from dataclasses import replace

import accessible
import pytest
from analysis_bench import FIRST, ME, ROUND, WALL, FakeAnalysis, FakeFrameworks, work_of
from qt_events import process_events
from waiting import wait_until

from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.study import RoundClosing, StudyTheme, ThemeWork


def service():
    """Return a service with something of each kind."""
    closed = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"),))
    made = FakeAnalysis(rounds=(closed,), works={(1, ME): work_of(Coding("a", FIRST, 4, 20, "code-Anger", 1.0))})
    made.themes = ThemeWork((StudyTheme("t", "Being told", codes=("code-Anger",)),))
    return made


@pytest.mark.parametrize("page", ["", "set-up", "read", "code", "themes", "compare", FIRST])
def test_every_control_is_named(analysis, work, page):
    place = analysis(service(), frameworks=FakeFrameworks)
    place.open_page("study-1", page)
    wait_until(lambda: (process_events(), not work.busy)[1])

    assert accessible.nameless(place) == []
