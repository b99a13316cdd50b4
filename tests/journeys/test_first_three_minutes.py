"""From an empty vault to the first session: counted in acts, typed characters and words to read, not by a clock.

The hand is somebody's who has never seen the app: whatever a page says is read once, all of it that is in view, before
anything is pressed there. What that comes to in seconds follows from four figures:

* an act takes 3.1 s: deciding (1.35 s), taking the mouse (0.4 s), pointing (1.1 s), pressing (0.2 s); Card, Moran &
  Newell's keystroke-level model (1980). The keyboard is no slower: Tab or a shortcut is less than pointing.
* a typed character takes 0.28 s, the same model's average typist.
* reading goes at 200 words a minute, slower than the 238 of adults who read silently (Brysbaert 2019).
* unlocking takes 3 s of waiting: the passphrase is made slow on purpose (1.4 s here, twice that elsewhere).
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dataclasses import dataclass, field

import pytest
from desktop_bench import DesktopBench
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QScrollArea, QWidget
from qt_events import process_events
from vaults import PASSPHRASE

from balint_desktop.ui.vault_access.unlock_form import UnlockForm

ACT_S = 1.35 + 0.4 + 1.1 + 0.2
CHARACTER_S = 0.28
WORDS_A_MINUTE = 200
UNLOCKING_S = 3.0
LIMIT_S = 180.0


@dataclass
class Count:
    """The count so far."""

    acts: int = 0
    characters: int = 0
    words: int = 0
    waits_s: float = 0.0
    steps: list[str] = field(default_factory=list)

    @property
    def seconds(self):
        reading_s = self.words * 60 / WORDS_A_MINUTE
        return self.acts * ACT_S + self.characters * CHARACTER_S + reading_s + self.waits_s


class CountedHand:
    """Uses the window by mouse and keyboard events alone, and counts. `keyboard` presses with Tab and Space."""

    def __init__(self, bench, *, keyboard):
        self.bench = bench
        self.count = Count()
        self._keyboard = keyboard
        self._read = set()

    def read(self):
        """Read all visible text that was not read before."""
        settle()
        before = self.count.words
        for widget in self.bench.shell.findChildren(QWidget):
            result = said_by(widget)
            if result and in_view(widget) and (widget.objectName(), result) not in self._read:
                self._read.add((widget.objectName(), result))
                self.count.words += len(result.split())
        self.count.steps.append(f"read {self.count.words - before} words")

    def press(self, name):
        self.read()
        button = self._bring(name)
        self.count.acts += 1
        self.count.steps.append(f"press {name}")
        if self._keyboard:
            self._tab_to(button)
            QTest.keyClick(button, Qt.Key.Key_Space)
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=spot(button))
        settle()

    def type(self, name, words):
        self.read()
        line = self._bring(name)
        self.count.acts += 1
        self.count.characters += len(words)
        self.count.steps.append(f"type {len(words)} characters into {name}")
        if self._keyboard:
            self._tab_to(line)
        else:
            QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        QTest.keyClicks(QApplication.focusWidget() or line, words)
        settle()

    def enter(self):
        self.count.characters += 1
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settle()

    def _bring(self, name):
        found = [w for w in self.bench.shell.findChildren(QWidget, name) if w.isVisibleTo(self.bench.shell)]
        assert found, f"{name} is not shown"
        self._scroll_to(found[-1])
        return found[-1]

    def _scroll_to(self, widget):
        """Scroll if necessary, which is a separate act."""
        if in_view(widget):
            return
        outer = widget.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        outer.ensureWidgetVisible(widget)
        settle()
        self.count.acts += 1
        self.count.steps.append("scroll")
        self.read()

    def _tab_to(self, widget):
        """Press Tab until it has the focus; each Tab after the first is typed, not decided."""
        for _stop in range(200):
            focused = QApplication.focusWidget()
            if focused is widget:
                return
            QTest.keyClick(focused or self.bench.shell, Qt.Key.Key_Tab)
            self.count.characters += 1
        raise AssertionError(f"Tab does not reach {widget.objectName()}")


def settle():
    for _ in range(4):
        QApplication.sendPostedEvents()
        process_events()


def said_by(widget):
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def in_view(widget):
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def spot(button):
    """Return the point to press: a tick's box is at its left."""
    return QPoint(min(12, button.width() // 2), button.height() // 2)


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    made.shell.resize(1280, 720)
    made.shell.activateWindow()
    yield made
    made.close()


@pytest.mark.parametrize("keyboard", [False, True], ids=["by mouse", "by keyboard"])
def test_from_an_empty_vault_to_the_first_session_in_under_three_minutes(bench, qtbot, keyboard):
    hand = CountedHand(bench, keyboard=keyboard)

    hand.type("unlock-secret", PASSPHRASE)
    hand.enter()
    hand.count.waits_s += UNLOCKING_S
    qtbot.waitUntil(lambda: not bench.shell.findChildren(UnlockForm) or bench.vault is not None)
    assert bench.vault.log.groups.groups() == ()

    hand.press("name-group")
    hand.type("group-name", "Psychiatry rotation, block B")
    hand.press("group-save")
    (group,) = bench.vault.log.groups.groups()
    assert len(bench.vault.log.dates.plan(group.id)) == 6

    hand.press("dates-ready")
    assert "session 1 of 6" in bench.reads("ready-heading")
    hand.press("open-room-without" if bench.shows("open-room-without") else "open-room")
    hand.press("begin")

    (row,) = bench.vault.log.sessions.sessions()
    assert (row.setting.group, row.setting.number) == (group.id, 1)
    count = hand.count
    text = f"{count.acts} acts, {count.characters} characters, {count.words} words: {count.seconds:.0f} s"
    print(text, *count.steps, sep="\n")
    assert count.seconds < LIMIT_S, text
