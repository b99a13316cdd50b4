"""The Log over a real vault: sessions held, entered and corrected, and the place that shows them."""

from __future__ import annotations

from functools import partial

from clocks import WoundClock
from kept_sessions import GROUP, P1, P2, P10, TEXT, at, whole_hour
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from qt_events import process_events
from vaults import make_vault

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.values import SessionKind
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.log_service import LogService
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.reports.service import ReportService
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.log.correct import ChangeDeps
from balint_desktop.ui.log.enter_afterwards import FormatOffer
from balint_desktop.ui.log.export import LogExport
from balint_desktop.ui.log.place import LogDeps, LogPlace
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.table import TableMemory
from balint_desktop.vault.name_gate import pass_names

WEEK = 7 * 24 * 60
FORMATS = (FormatOffer("student-hour", "Student hour", TEXT, online=False),)
MEMBERS = tuple(Participant(code) for code in (P1, P2, P10))


class Closing(QObject):
    """Stands in for the vault's slot, which says that it is about to be closed."""

    emitted = Signal()


class LogBench:
    """A vault, and places over it."""

    def __init__(self, folder, qtbot):
        self.qtbot = qtbot
        self.clock = WoundClock(wall=float(at(WEEK).wall))
        self.made = make_vault(folder / "vault")
        self.vault = self.made.open(self.clock)
        self.vault.log.groups.save_group(Group(GROUP, "Wednesday group", participants=MEMBERS))
        self.messages = Messages()
        self.undoing = UndoStack(self.messages)
        self.book = LogService(self.vault, RecordingService(self.vault, None, None), self.clock)
        self.where = None
        self.closing = Closing()

    def close(self):
        self.vault.close()

    def hold(self, *facts, number=3, debrief=None, kind=SessionKind.CASE, prompts=0):
        """Store a session with these facts."""
        rows = self.vault.log.sessions
        session = rows.start(SessionSetting(GROUP, number, kind, "student-hour", TEXT))
        for fact in facts or (f.Began(at=at(0), present=(P1, P2)), f.Ended(at=at(60))):
            rows.add_fact(session, fact)
        for _ in range(prompts):
            rows.count_prompt(session)
        if debrief is not None:
            rows.close(session, debrief)
        return session

    def long_session(self):
        debrief = Debrief("We sat with it.")
        return self.hold(*whole_hour(), debrief=debrief, prompts=7)

    def short_session(self):
        """Store one that was abandoned after a few minutes, a week before."""
        began = (f.Began(at=at(-WEEK)), f.StepTaken(at=at(3 - WEEK), phase=1))
        return self.hold(*began, number=2, prompts=1)

    def _out(self):
        accounts = ReportService(self.vault, lambda _group: (), str, self.clock)
        out = FileExport(
            accounts.pass_door,
            accounts.note_export,
            self.messages,
            lambda *_args: self.where,
            pass_names=partial(pass_names, self.vault),
        )
        return LogExport(
            out,
            self.vault.log.groups.groups,
            lambda: (accounts.audit_rows(), accounts.trail()),
            outside_labels(self.vault),
        )

    def place(self, sections=(), memory=None):
        """Return the place, entered."""
        deps = LogDeps(
            ChangeDeps(
                self.book,
                self.messages,
                self.undoing,
                Drafts(self.vault.log.drafts, self.closing.emitted),
                self.vault.rosters.names_in,
            ),
            lambda: FORMATS,
            self.clock,
            memory or TableMemory(),
            self._out(),
            sections,
        )
        place = LogPlace(deps)
        self.qtbot.addWidget(place)
        place.resize(1040, 720)
        place.show()
        place.enter_view()
        process_events()
        return place


def cells(table, *columns):
    """Return the text of a table's cells, of these columns or all."""
    model = table.model()
    keys = [column.key for column in model.columns] if hasattr(model, "columns") else []
    wanted = [keys.index(column) for column in columns] or range(model.columnCount())
    return [[model.data(model.index(row, at)) for at in wanted] for row in range(model.rowCount())]


def words(widget):
    """Return the readable text in a widget."""
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()
    )
