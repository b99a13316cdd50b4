"""Fixtures for Analysis: a page with a study open."""

from __future__ import annotations

import pytest
from analysis_bench import ROUND, STUDY, FakeAnalysis, FakeFrameworks, deps, work_of
from comparing_bench import service_of
from files_bench import CLOSED
from qt_events import process_events
from waiting import wait_until

from balint_desktop.domain.analysis.coding import Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.ui.analysis.code_page import CodePage
from balint_desktop.ui.analysis.compare_page import ComparePage
from balint_desktop.ui.analysis.comparison import read_compared
from balint_desktop.ui.analysis.place import AnalysisPlace


@pytest.fixture
def coding(qtbot, work, messages, theme, look_at):
    """Return a function that opens one's own coding on its page."""
    made = []

    def opened(*codings, service=None, coding_round=ROUND, names=("Anger", "Safety", "Being small"), size=(1080, 720)):
        service = service or FakeAnalysis()
        page = look_at(CodePage(deps(service), work, messages), *size)
        page.service = service
        begun = work_of(names=names)
        page.show_study(service, service.open("study-1"), coding_round, CoderWork(begun.book, Codings(codings)))
        page.text.setFocus()
        made.append(page)
        return page

    yield opened
    for page in made:
        page.service.trouble = None
        page.leave()
    work.shutdown()


@pytest.fixture
def analysis(qtbot, work, messages, theme, look_at):
    """Return a function that shows the place over a service."""
    made = []

    def shown(service=None, **changed):
        service = service or FakeAnalysis()
        place = look_at(AnalysisPlace(deps(service, **changed), work, messages))
        place.service = service
        place.enter_view()
        wait_until(lambda: (process_events(), not work.busy)[1])
        made.append(place)
        return place

    yield shown
    for place in made:
        place.service.trouble = None
        place.leave_view()
    work.shutdown()


@pytest.fixture
def settle(work):
    """Return a function that waits until nothing is read or written."""

    def wait():
        # What came back may ask anew.
        for _ in range(2):
            wait_until(lambda: (process_events(), not work.busy)[1])

    return wait


@pytest.fixture
def comparing(work, messages, theme, look_at):
    """Return a function that compares a round."""
    made = []

    def shown(service=None, *, frameworks=True, **changed):
        service = service or service_of()
        page = look_at(ComparePage(deps(service, **changed), work, messages))
        page.service, page.frameworks = service, FakeFrameworks() if frameworks is True else frameworks or None
        opened = service.open("study-1")
        compared = read_compared(service, page.frameworks, opened)
        page.show_study(service, page.frameworks, opened, compared)
        made.append(page)
        return page

    yield shown
    for page in made:
        page.service.trouble = None
        page.leave()
    work.shutdown()


@pytest.fixture
def shown(analysis, settle):
    """Return a function that shows the page over coding files."""

    def show(files, rounds=(CLOSED,), study=STUDY, **changed):
        place = analysis(FakeAnalysis(study=study, rounds=rounds), files=lambda: files, **changed)
        place.open_page(STUDY.id, "files")
        settle()
        page = place.files_page
        page.place = place
        return page

    return show
