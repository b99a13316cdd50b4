"""The page of one session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.i18n import tr
from balint_desktop.ui.log import wording
from balint_desktop.ui.log.correct import ChangeDeps
from balint_desktop.ui.log.facts_section import FactsSection
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import SectionEntry, Sections
from balint_desktop.ui.widgets.text import heading, text

FACTS = "facts"


class SessionPage(QWidget):
    """Shows one SessionRecord in sections. Each section is shown the record when it comes into view."""

    back = Signal()
    export_asked = Signal()
    open_recording = Signal(str)

    def __init__(self, changing: ChangeDeps, entries: Sequence[SectionEntry[SessionRecord]] = ()) -> None:
        super().__init__()
        named(self, "session-page")
        self.back_button = button(
            tr("Back to sessions"), "log-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self._title = named(heading(""), "log-title")
        self._about = named(text("", "quiet"), "log-about")
        self.facts = FactsSection(changing)
        # Until first shown, nothing else references it.
        self.facts.setParent(self)
        self.facts.hide()
        self.facts.export_asked.connect(self.export_asked)
        self.facts.open_recording.connect(self.open_recording)
        self.sections = Sections("session-sections", (SectionEntry(FACTS, tr("Facts"), lambda: self.facts), *entries))
        self.facts.changed.connect(self._refresh)
        self._messages = changing.messages
        self.sections.again = lambda record: changing.log.record(record.id)
        self.sections.subject_shown.connect(self._show_head)
        layout = layouts.column(self, 12)
        for widget in (self.back_button, self._title, self._about, self.sections):
            layout.addWidget(widget)
        layout.addStretch(1)
        # A single section needs no tabs.
        for chip in self.sections.chips.values():
            chip.setVisible(bool(entries))

    def show_record(self, record: SessionRecord, section: str = FACTS) -> None:
        """Show this session. Raise Trouble."""
        self.sections.show_subject(record, section)

    def _refresh(self) -> None:
        with self._messages.attempt():
            self.sections.show_section(self.sections.current)

    def _show_head(self, record: SessionRecord) -> None:
        self._title.setText(wording.title(record))
        self._about.setText(
            f"{day_and_time_at(record.began_wall)} · {record.format_name} · {wording.planned_and_actual(record)}"
        )
