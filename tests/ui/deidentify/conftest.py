"""Fixtures for de-identifying: a page with a text open."""

from __future__ import annotations

import pytest
from deidentify_bench import DeidentifyBench


@pytest.fixture
def deidentifying(qtbot, work, theme):
    """Return a function that opens a text on its page."""
    made = []

    def opened(**changed):
        bench = DeidentifyBench(work, **changed)
        qtbot.addWidget(bench.page)
        qtbot.waitUntil(bench.page.isActiveWindow)
        made.append(bench)
        return bench

    yield opened
    for bench in made:
        bench.service.trouble = None
        bench.page.leave()
    work.shutdown()
