"""The place Log: every session that was led, the page of each, and taking them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionId
from balint_desktop.exchange.new_file import write_new
from balint_desktop.exchange.session_files import phases_table, sessions_table, to_json
from balint_desktop.exchange.session_record import KeptSession, SessionRecord, session_record
from balint_desktop.exchange.spreadsheet import to_xlsx
from balint_desktop.exchange.tables import to_csv
from balint_desktop.i18n import tr
from balint_desktop.ui.log import wording
from balint_desktop.ui.log.listing import ListTable
from balint_desktop.ui.log.page import SessionPage
from balint_desktop.ui.log.saving import Ask, ask_where_to_save
from balint_desktop.ui.messages import Messages
from balint_desktop.ui.naming import named
from balint_desktop.ui.place import Place
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.text import small, text
from balint_desktop.ui.work import Work

ReadSessions = Callable[[], tuple[KeptSession, ...]]


class LogPlace(Place):
    """Sessions, newest first.

    `read` asks the log each time the place comes into view; what is shown of the answer is worked out in a thread.
    """

    recording_wanted = Signal(str)

    def __init__(
        self,
        read: ReadSessions,
        work: Work,
        messages: Messages,
        *,
        ask: Ask = ask_where_to_save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("log", tr("Log"), parent)
        self._read = read
        self._work = work
        self._messages = messages
        self._ask = ask
        self._records: tuple[SessionRecord, ...] = ()
        self._shown: SessionRecord | None = None
        self.page = SessionPage()
        self.page.back.connect(self.show_list)
        self.page.take_out.connect(self._on_take_out_one)
        self.page.open_recording.connect(self.recording_wanted)
        self._list = self._build_list()
        self.body.addWidget(self._list)
        self.body.addWidget(self.page)
        self.body.addStretch(1)
        self.show_list()

    def entered(self) -> None:
        """Read the log again."""
        try:
            kept = self._read()
        except Trouble as trouble:
            self._messages.trouble(trouble)
            return
        self._work.run(
            lambda: tuple(session_record(session) for session in kept),
            self._on_read,
            self._messages.trouble,
            owner=self,
        )

    def left(self) -> None:
        """Show the list next time."""
        self.show_list()

    def first_focus(self) -> QWidget | None:
        """Return the list of sessions."""
        return self.table if self.table.isVisibleTo(self) else None

    def show_list(self) -> None:
        """Show all sessions."""
        self._shown = None
        self.page.hide()
        self._list.show()
        if self.heading_label is not None:
            self.heading_label.show()

    def show_session(self, session: SessionId) -> None:
        """Show the page of one session, where the log has it."""
        for record in self._records:
            if record.id == session:
                self._open(record)

    def _build_list(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self._none = named(text(tr("No session has been kept yet."), "quiet"), "log-none")
        self.table = ListTable(
            "log-sessions",
            tr("Sessions"),
            (tr("Date"), tr("Group"), tr("Number"), tr("Presenter"), tr("Recorded"), tr("Length")),
        )
        self.table.opened.connect(self._on_opened)
        self._open_button = button(tr("Open the session"), "log-open", self._on_open, ButtonKind.PRIMARY)
        self._out_button = button(tr("Take all out as a file…"), "log-take-out", self._on_take_out)
        self._clear = named(
            small(tr("A file that is taken out is in the clear. It holds codes, never names.")), "log-all-in-clear"
        )
        self._actions = flow(self._open_button, self._out_button)
        for widget in (self._none, self.table, self._actions, self._clear):
            layout.addWidget(widget)
            # Nothing is offered or said before it is known what there is.
            widget.hide()
        return page

    def _on_read(self, records: tuple[SessionRecord, ...]) -> None:
        self._records = tuple(sorted(records, key=lambda r: r.began_wall or 0.0, reverse=True))
        self.table.show_rows([_row(record) for record in self._records])
        for widget in (self.table, self._actions, self._clear):
            widget.setVisible(bool(self._records))
        self._none.setVisible(not self._records)
        if self._shown is not None:
            self.show_session(self._shown.id)

    def _on_open(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._on_opened(row)

    def _on_opened(self, row: int) -> None:
        self._open(self._records[row])

    def _open(self, record: SessionRecord) -> None:
        self._shown = record
        self.page.show_record(record)
        self._list.hide()
        if self.heading_label is not None:
            self.heading_label.hide()
        self.page.show()
        self.page.back_button.setFocus()

    def _on_take_out(self) -> None:
        self._take_out(self._records, "balint-sessions")

    def _on_take_out_one(self) -> None:
        if self._shown is not None:
            self._take_out((self._shown,), f"balint-session-{self._shown.setting.number}")

    def _take_out(self, records: Sequence[SessionRecord], name: str) -> None:
        kinds = (
            tr("A spreadsheet (*.xlsx)"),
            tr("A row a session (*.csv)"),
            tr("A row a phase (*.phases.csv)"),
            tr("Everything (*.json)"),
        )
        path = self._ask(self, tr("Take out as a file"), f"{name}.xlsx", kinds)
        if path is None:
            return
        try:
            write_new(path, (_content(path, records),))
        except Trouble as trouble:
            self._messages.trouble(trouble)
            return
        self._messages.say(
            tr("Saved as {path}. It is in the clear: whoever has the file can read it.").format(path=path)
        )


def _content(path: Path, records: Sequence[SessionRecord]) -> bytes:
    """Return the file's content, in the form that its name asks for."""
    if path.suffix == ".json":
        return to_json(records).encode("utf-8")
    if path.suffix == ".xlsx":
        return to_xlsx((sessions_table(records), phases_table(records)))
    return to_csv(phases_table(records) if path.name.endswith(".phases.csv") else sessions_table(records))


def _row(record: SessionRecord) -> tuple[str, ...]:
    return (
        wording.date(record.began_wall),
        record.group,
        str(record.setting.number),
        ", ".join(code for _case, code in record.presenters) or tr("none"),
        _recorded(record),
        wording.clock(record.ended_s) if record.ended_s is not None else tr("not ended"),
    )


def _recorded(record: SessionRecord) -> str:
    if record.recording is None:
        return tr("no")
    return tr("yes") if record.recording.destroyed is None else tr("destroyed")
