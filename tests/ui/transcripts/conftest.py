"""Fixtures for the transcripts: a page with a transcript open."""

from __future__ import annotations

import pytest
from correcting_bench import CorrectingBench


@pytest.fixture
def correcting(qtbot, work, theme):
    """Return a function that opens a transcript on its page."""
    made = []

    def opened(**changed):
        bench = CorrectingBench(work, **changed)
        qtbot.addWidget(bench.page)
        qtbot.waitUntil(bench.page.isActiveWindow)
        made.append(bench)
        return bench

    yield opened
    for bench in made:
        bench.service.trouble = None
        bench.page.leave()
    work.shutdown()
