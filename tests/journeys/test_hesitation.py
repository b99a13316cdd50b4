"""A facilitator who hesitates changes nothing: the vault holds what it holds of one who does not.

Both go through six weeks in the shipped window, by a wound clock. The one who hesitates tries every field of every page
and takes it back, opens every form and closes it, turns the wheel over everything and presses every act twice.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hesitation import Hesitation, cancel_dialogs, press_twice
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from qt_events import process_events
from six_weeks import Teller, bench_of_six_weeks, tell
from vault_contents import contents, differences, files

pytestmark = pytest.mark.journey


class HesitantTeller(Teller):
    """Goes through the six weeks, and hesitates on each page before pressing anything there; then presses it twice."""

    def __init__(self, bench, files):
        super().__init__(bench, files)
        self.pages = set()
        self.problems = []
        self.tried = 0

    def press(self, *names):
        for name in names:
            self.warden.touched()
            # A question that is open is about the fields as they are: whoever changes one is asked anew.
            if not name.endswith("-confirm-do"):
                self.hesitate(name)
            press_twice(self.shell, self.find(name, QAbstractButton))

    def hesitate(self, before):
        """Hesitate on the page, unless it was hesitated on as it is; nothing may be different after."""
        hesitation = Hesitation(self.shell)
        page = frozenset(hesitation._named())
        if page in self.pages:
            return
        self.pages.add(page)
        vault = self.vault
        held = contents(vault)
        hesitation.on_page(f"before {before}")
        if self.desktop.session.is_running:
            for key in (Qt.Key.Key_F11, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.Key.Key_F12):
                QTest.keyClick(self.shell, key)
                process_events()
        self.problems += hesitation.problems
        self.tried += hesitation.tried
        changed = differences(held, contents(vault))
        if changed:
            self.problems.append((before, "log", changed))


def everything(bench):
    process_events()
    folder = bench.made.folder
    return {**contents(bench.vault), "files": files(folder)}


def test_six_weeks_with_hesitation_leave_the_same_vault_as_without(qapp, tmp_path, monkeypatch):
    held = []
    for name, kind in (("straight", Teller), ("hesitant", HesitantTeller)):
        with bench_of_six_weeks(qapp, tmp_path / name) as (bench, saved):
            cancel_dialogs(monkeypatch)
            teller = kind(bench, saved)
            try:
                tell(teller)
            except BaseException:
                print(*getattr(teller, "problems", []), sep="\n")
                raise
            held.append(everything(bench))

    for problem in teller.problems:
        print(problem)
    print(teller.tried, len(teller.pages))
    assert teller.problems == []
    assert differences(*held) == {}
    assert teller.tried > 50
