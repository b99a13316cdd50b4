"""Fixtures for accreditation: the place over a real log, operated by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clocks import WoundClock
from kept_sessions import TEXT, whole_hour
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from qt_events import process_events
from vaults import make_vault

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.reports.accreditation_service import AccreditationService
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.place import AccreditationPlace
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.table_memory import TableMemory

# Noon in the middle of the UTC day, so that the local day is the same in most places: 18 March 2026.
NOON = 1_773_835_200.0
DAY_S = 86_400
GROUP = Group(GroupId("g"), "Block B", participants=new_participants(7))


class Closing(QObject):
    """Stands in for the vault's slot, which says that it is about to be closed."""

    emitted = Signal()


class Path:
    """The place in a window, with its dependencies."""

    def __init__(self, log, messages, qtbot):
        self.log, self.messages, self.qtbot = log, messages, qtbot
        self.undoing = UndoStack(messages)
        self.clock = WoundClock(wall=NOON)
        self.service = AccreditationService(log, self.clock)
        self.closing = Closing()
        drafts = Drafts(log.drafts, self.closing.emitted)
        self.deps = AccreditationDeps(self.service, self.undoing, messages, TableMemory(), drafts)
        self.place = AccreditationPlace(self.deps)
        # As the shell does.
        self.undoing.undone.connect(self.place.enter_view)

    def lock(self):
        """Close the place as a lock does, and open it anew."""
        self.closing.emitted.emit()
        self.place = AccreditationPlace(self.deps)
        self.qtbot.addWidget(self.place)
        self.place.show()
        self.place.enter_view()

    def hold(self, *, days_ago=7, number=1, kind=SessionKind.CASE, text=TEXT, group=GROUP):
        """Store a session that was held that many days ago; its hour has one case."""
        self.log.groups.save_group(group)
        session = self.log.sessions.start(SessionSetting(group.id, number, kind, "student-hour", text))
        began = whole_hour()[0].at.wall
        for fact in whole_hour():
            at = Instant(fact.at.wall - began + NOON - days_ago * DAY_S, fact.at.boot, fact.at.boot_id)
            self.log.sessions.add_fact(session, replace(fact, at=at))
        self.log.sessions.close(session, Debrief())
        return session

    def show(self, section):
        self.place.sections.show_section(section)
        self.qtbot.waitUntil(lambda: self.place.sections.section(section).isVisible())
        return self.place.sections.section(section)

    def find(self, name, kind=QWidget):
        found = [w for w in self.place.findChildren(kind, name) if w.isVisibleTo(self.place)]
        assert found, f"{name} is not shown"
        return found[-1]

    def shows(self, name):
        return any(w.isVisibleTo(self.place) for w in self.place.findChildren(QWidget, name))

    def press(self, name):
        """Press a button with the space bar."""
        self.qtbot.keyClick(self.find(name, QAbstractButton), Qt.Key.Key_Space)
        # A row that was added appears after the next events are processed.
        process_events()

    def type(self, name, words):
        self.qtbot.keyClicks(self.find(name), words)

    def reads(self, name):
        return self.find(name, QLabel).text()

    def said(self):
        return self.messages.last.text if self.messages.last is not None else ""

    def undo(self):
        self.undoing.undo()

    def rows(self, name):
        model = self.find(name).model()
        return [
            [model.data(model.index(row, column)) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


@pytest.fixture
def vault(tmp_path):
    opened = make_vault(tmp_path / "vault").open()
    yield opened
    opened.close()


@pytest.fixture
def path(vault, messages, look_at, qtbot):
    made = Path(vault.log, messages, qtbot)
    look_at(made.place)
    made.place.enter_view()
    return made
