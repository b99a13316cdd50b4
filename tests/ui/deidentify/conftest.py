"""Fixtures for de-identifying: a page with a text open."""

from __future__ import annotations

import pytest
from correcting_bench import turn
from deidentify_bench import DeidentifyBench

from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.transcript.transcript import transcript_of


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


NAMED = transcript_of((turn(1, "P4", 60, "Hope said there is hope. Hope and that: that was that, and so on."),))


@pytest.fixture
def also_a_word(deidentifying, monkeypatch):
    """A page on which a name of the roster is also a word."""
    monkeypatch.setattr("deidentify_bench.FOUND", ((r"\bHope\b", Layer.NAME_OR_WORD, "[P3]", ()),))
    return deidentifying(transcript=NAMED)
