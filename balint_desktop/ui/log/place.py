"""The place Log: search, filters, session pages, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.values import GroupId, SessionId
from balint_desktop.i18n import tr
from balint_desktop.ui.log.correct import ChangeDeps
from balint_desktop.ui.log.enter_afterwards import EnterPage, FormatOffer
from balint_desktop.ui.log.export import LogExport
from balint_desktop.ui.log.page import FACTS, SessionPage
from balint_desktop.ui.log.session_list import SessionList
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.sections import SectionEntry
from balint_desktop.ui.widgets.table import TableMemory

# Outdated sessions to read again per tick, so that a tick fits in one frame; and when the page comes into view.
_BATCH = 4
_FIRST_BATCH = 60


@dataclass(frozen=True, slots=True)
class LogDeps:
    """Dependencies of the Log. `sections` follow the facts on a session's page."""

    changing: ChangeDeps
    formats: Callable[[], Sequence[FormatOffer]]
    clock: Clock
    memory: TableMemory
    export: LogExport
    sections: tuple[SectionEntry[SessionRecord], ...] = ()


class LogPlace(Place):
    """Sessions, newest first: the list reads summaries as they come into view, a page one full record."""

    recording_asked = Signal(str)

    def __init__(self, deps: LogDeps) -> None:
        super().__init__("log", tr("Log"))
        self._log = deps.changing.log
        self._messages = deps.changing.messages
        self._export = deps.export
        self._shown: SessionId | None = None
        # A new place shows unsaved input that was left behind when the vault was locked.
        self._was_entering = True
        self.page = SessionPage(deps.changing, deps.sections)
        self.page.back.connect(self.show_list)
        self.page.export_asked.connect(self._on_export_one)
        self.page.open_recording.connect(self.recording_asked)
        self.enter_page = EnterPage(deps.changing, deps.formats, deps.clock)
        self.enter_page.left.connect(self.show_list)
        self.enter_page.entered.connect(self.show_session)
        self.list = SessionList(self._log, deps.memory)
        self.list.opened.connect(self.show_session)
        self.list.enter_asked.connect(self.enter)
        self.list.export_asked.connect(self._on_export)
        self.list.failed.connect(self._messages.trouble)
        self.table = self.list.table
        # Reads outdated summaries whenever the event loop is idle.
        self._outdated_timer = QTimer(self, interval=0)
        self._outdated_timer.timeout.connect(self._read_outdated)
        for page in (self.list, self.page, self.enter_page):
            self.body.addWidget(page)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._show_only(self.list)

    def enter_view(self) -> None:
        """Refresh the list; an open page stays open."""
        with self._messages.attempt() as attempt:
            left = self._log.refresh_summaries(_FIRST_BATCH)
            self.list.refresh()
            if self._shown is not None:
                self.page.show_record(self._log.record(self._shown), self.page.sections.current or FACTS)
            self.list.show_outdated(left)
            if left:
                self._outdated_timer.start()
            if self._was_entering and self._shown is None and self.enter_page.reopen():
                self._show_only(self.enter_page)
            self._was_entering = False
        if attempt.trouble is not None:
            self.show_list()

    def leave_view(self) -> None:
        """Return to the list, keep unsaved input, and discard what a section shows only while in view."""
        self._outdated_timer.stop()
        self._was_entering = self.enter_page.isVisibleTo(self)
        if self._was_entering:
            self.enter_page.keep_draft()
        self.page.sections.leave()
        self._shown = None
        self._show_only(self.list)

    def first_focus(self) -> QWidget | None:
        """Return the list of sessions, or the first field of the form that is shown in its place."""
        if self.enter_page.isVisibleTo(self):
            return self.enter_page.group
        return self.table if self.table.isVisibleTo(self) else None

    def show_list(self) -> None:
        """Show all sessions, refreshed."""
        self.page.sections.leave()
        chosen, self._shown = self._shown, None
        self._show_only(self.list)
        with self._messages.attempt():
            self._log.refresh_summaries(_FIRST_BATCH)
            self.list.refresh()
        if chosen is not None:
            self.table.choose(chosen)
        self.table.setFocus()

    def show_session(self, session: str, section: str = FACTS) -> None:
        """Show the page of one session, if the log has it."""
        with self._messages.attempt():
            self.page.show_record(self._log.record(SessionId(session)), section)
            self._shown = SessionId(session)
            self._show_only(self.page)
            self.page.back_button.setFocus()

    def show_note(self, session: str) -> None:
        """Show one session with its note on the process ready to be changed."""
        self.show_session(session)
        if self._shown == session:
            self.page.facts.correct_note()

    def _show_only(self, page: QWidget) -> None:
        for other in (self.list, self.page, self.enter_page):
            other.setVisible(other is page)
        if self.heading_label is not None:
            self.heading_label.setVisible(page is self.list)

    def _read_outdated(self) -> None:
        left = 0
        with self._messages.attempt():
            left = self._log.refresh_summaries(_BATCH)
            self.list.show_outdated(left)
            if not left:
                self.list.refresh()
        if not left:
            self._outdated_timer.stop()

    # --- entering, exporting ---

    def enter(self) -> None:
        """Show the form for a session held without the laptop."""
        with self._messages.attempt():
            self.enter_page.open()
            self._show_only(self.enter_page)
            self.enter_page.group.setFocus()

    def enter_planned(self, group: GroupId, number: int) -> None:
        """Show the form for a planned session, filled in from the group's plan."""
        with self._messages.attempt():
            self.enter_page.open((group, number))
            self._show_only(self.enter_page)
            self.enter_page.save_button.setFocus()

    def _on_export(self) -> None:
        self._export.export(self, lambda: self._log.records(self.list.selected()), "balint-sessions")

    def _on_export_one(self) -> None:
        if self._shown is None:
            return
        with self._messages.attempt():
            record = self._log.record(self._shown)
            self._export.export(self, lambda: (record,), f"balint-session-{record.setting.number}")
