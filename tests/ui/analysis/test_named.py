"""Every control of Analysis has a name for a screen reader."""

from __future__ import annotations

import accessible
import pytest
from analysis_bench import FIRST
from qt_events import process_events
from test_compare_page import FakeFrameworks, service_of
from waiting import wait_until


@pytest.mark.parametrize("page", ["", "set-up", "read", "code", "themes", "compare", FIRST])
def test_every_control_is_named(analysis, work, page):
    place = analysis(service_of(), frameworks=FakeFrameworks)
    place.open_page("study-1", page)
    wait_until(lambda: (process_events(), not work.busy)[1])

    assert accessible.nameless(place) == []
