"""A facilitator who hesitates changes nothing: the vault holds what it holds of one who does not.

Both go through the first evening and through six weeks in the shipped window, by a wound clock. The one who hesitates
tries every field of every page and takes it back, opens every form and closes it, turns the wheel over everything,
presses every act twice, and leaves and locks in the middle.
"""

from __future__ import annotations

import pytest
from first_evening import EveningBench, Facilitator
from hesitation import JUNK, Hesitation, cancel_dialogs, press_twice
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from qt_events import process_events
from six_weeks import Teller, bench_of_six_weeks, tell
from vault_contents import contents, differences, files
from waiting import live_until

from balint_desktop.ui.shell.shell import PlaceKey

pytestmark = pytest.mark.journey
# A choice that counts at once, and is a fact of the session: made twice, it is two.
CHOSEN_AT_ONCE = ("view-themes",)
IN_THE_ROOM = (Qt.Key.Key_F11, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.Key.Key_F12)


class Hesitating:
    """Hesitates on each page of a window before anything is pressed there, and then presses it twice."""

    def __init__(self, bench):
        self._bench = bench
        self.pages = set()
        self.problems = []
        self.tried = 0

    def press(self, name):
        # A question that is open is about the fields as they are: whoever changes one is asked anew.
        if not name.endswith("-confirm-do"):
            self.on_page(name)
        # What was typed and taken back may still be read, as a passphrase is.
        live_until(lambda: not self._bench.desktop.context.work.busy)
        press_twice(self._bench.shell, self._bench.find(name, QAbstractButton))

    def on_page(self, before):
        """Hesitate on the page, unless it was hesitated on as it is; nothing may be different after."""
        hesitation = Hesitation(self._bench.shell, leave_alone=CHOSEN_AT_ONCE)
        page = frozenset(hesitation._named())
        if page in self.pages:
            return
        self.pages.add(page)
        held = self._held()
        hesitation.on_page(f"before {before}")
        if self._bench.desktop.session.is_running:
            for key in IN_THE_ROOM:
                QTest.keyClick(self._bench.shell, key)
                process_events()
        self.problems += hesitation.problems
        self.tried += hesitation.tried
        changed = differences(held, self._held())
        if changed:
            self.problems.append((before, "log", changed))

    def _held(self):
        context = self._bench.desktop.context
        return {**contents(context.vault.current), "preferences": [repr(context.preferences.load())]}


def everything(bench):
    """Return all that is stored: the log, the preferences, and which files there are."""
    process_events()
    context = bench.desktop.context
    held = contents(context.vault.current)
    return {
        **held,
        # A child creates the vault, by the system's clock.
        "audit": [row for row in held["audit"] if "'vault-made'" not in row],
        "preferences": [repr(context.preferences.load())],
        "files": files(context.data.vault),
    }


# --- the first evening ---


class HesitantFacilitator(Facilitator):
    """Goes through the first evening, and hesitates."""

    def __init__(self, bench):
        super().__init__(bench)
        self.hesitating = Hesitating(bench)

    def press(self, *names):
        for name in names:
            if name == "mark":
                # In the middle of a recorded session.
                self.bench.lock_and_unlock()
            self.hesitating.press(name)

    def type(self, name, words):
        field = self.bench.find(name)
        field.setFocus()
        QTest.keyClicks(field, JUNK)
        super().type(name, words)

    def create_group(self):
        """Fill the form halfway, leave it for another place, lock over it, and find it as it was."""
        bench = self.bench
        self.type("group-name", "Block B")
        bench.find("everyone-agreed-yes", QAbstractButton).click()
        bench.shell.show_place(PlaceKey.TODAY)
        bench.shell.show_place(PlaceKey.GROUPS)
        bench.lock_and_unlock()
        bench.shell.show_place(PlaceKey.GROUPS)
        assert bench.find("group-name").text() == "Block B"
        assert bench.find("everyone-agreed-yes", QAbstractButton).isChecked()
        self.press("group-save")

    def debrief(self):
        """Lock over a half written note, and find it as it was."""
        self.bench.find("process-note", QPlainTextEdit).setPlainText("Slow to begin.")
        self.bench.lock_and_unlock()
        assert self.bench.find("process-note", QPlainTextEdit).toPlainText() == "Slow to begin."
        self.press("closing-done")


def test_a_first_evening_with_hesitation_leaves_the_same_vault_as_without(qapp, tmp_path, qtbot, monkeypatch):
    cancel_dialogs(monkeypatch)
    held = []
    for name, kind in (("straight", Facilitator), ("hesitant", HesitantFacilitator)):
        bench = EveningBench(qapp, tmp_path / name, qtbot, monkeypatch)
        try:
            facilitator = kind(bench)
            facilitator.whole_evening()
            held.append(everything(bench))
        finally:
            bench.close()

    assert facilitator.hesitating.problems == []
    assert differences(*held) == {}
    assert facilitator.hesitating.tried > 20


# --- six weeks ---


class HesitantTeller(Teller):
    """Goes through six weeks, and hesitates."""

    def __init__(self, bench, files):
        super().__init__(bench, files)
        self.hesitating = Hesitating(bench)

    def press(self, *names):
        for name in names:
            self.warden.touched()
            self.hesitating.press(name)


def test_six_weeks_with_hesitation_leave_the_same_vault_as_without(qapp, tmp_path, monkeypatch):
    held = []
    for name, kind in (("straight", Teller), ("hesitant", HesitantTeller)):
        with bench_of_six_weeks(qapp, tmp_path / name) as (bench, saved):
            cancel_dialogs(monkeypatch)
            teller = kind(bench, saved)
            tell(teller)
            held.append(everything(bench))

    assert teller.hesitating.problems == []
    assert differences(*held) == {}
    assert teller.hesitating.tried > 50
