"""The facts of one session: planned, actual, gaps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.session_record import PhaseTimes, SessionRecord
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.text import durations
from balint_desktop.text.gaps import gap_sentence
from balint_desktop.ui.log import wording
from balint_desktop.ui.log.correct import ChangeDeps, CorrectForm, EraseForm
from balint_desktop.ui.log.history import RecordHistory
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import area_around
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import small, text


class FactsSection(Section[SessionRecord]):
    """Shows one SessionRecord, its earlier values, and the forms that change it."""

    changed = Signal()
    export_asked = Signal()
    open_recording = Signal(str)

    def __init__(self, changing: ChangeDeps) -> None:
        super().__init__()
        named(self, "log-facts-section")
        self._changing = changing
        self._record: SessionRecord | None = None
        self._recording: RecordingId | None = None
        columns = (
            ColumnSpec("phase", tr("Phase")),
            ColumnSpec("planned", tr("Planned")),
            ColumnSpec("actual", tr("Actual")),
            ColumnSpec("lasted", tr("Lasted")),
        )
        self._phases = Table("log-phases", tr("Phases"), columns, opens=False)
        self._facts = {name: named(text("", selectable=True), f"log-{name}") for name in _facts()}
        self._labels: dict[str, QLabel] = {}
        self._marks = named(text(""), "log-marks")
        self._open = button(
            tr("Open recording"), "log-open-recording", self._on_open_recording, description=tr("Play or export it")
        )
        self.correct_button = button(tr("Correct…"), "log-correct", self._on_correct)
        self.erase_button = button(tr("Erase process note…"), "log-erase", self._on_erase)
        out = button(tr("Export…"), "log-take-out-one", self.export_asked.emit)
        self._unfinished_label = named(small(tr("You can correct this record after the debrief.")), "log-still-led")
        self._history = RecordHistory(changing.log)
        self._forms = Pages()
        self._shows = self._facts_page(out)
        self.correcting, self.erasing = CorrectForm(changing), EraseForm(changing)
        for page in (self._shows, self.correcting, self.erasing):
            self._forms.add(page)
        for form in (self.correcting, self.erasing):
            form.done.connect(self._on_form_done)
        layout = layouts.column(self)
        layout.addWidget(self._forms)

    def _facts_page(self, out: QWidget) -> QWidget:
        page = QWidget()
        layout = layouts.column(page, 12)
        for widget in (self._marks, self._phases, self._card(), self._history):
            layout.addWidget(widget)
        layout.addWidget(flow(self._open, self.correct_button, self.erase_button, out))
        layout.addWidget(self._unfinished_label)
        layout.addWidget(named(small(wording.unencrypted_words()), "log-in-clear"))
        return page

    def show_subject(self, thing: SessionRecord) -> None:
        """Show this session; an open form for it keeps its input."""
        is_same = self._record is not None and self._record.id == thing.id
        self._show_record(thing)
        if not (is_same and self._forms.current() is not self._shows):
            self._forms.show_page(self._shows)

    def leave_view(self) -> None:
        """Keep unsaved input."""
        for form in (self.correcting, self.erasing):
            form.keep_draft()

    def _on_form_done(self) -> None:
        """Return from a form to the current record."""
        self._forms.show_page(self._shows)
        self.changed.emit()
        self.correct_button.setFocus()

    def _show_record(self, record: SessionRecord) -> None:
        self._record = record
        self._marks.setText(wording.marks(record))
        self._marks.setVisible(bool(self._marks.text()))
        self._phases.show_rows([_row(str(number), phase) for number, phase in enumerate(record.phases)])
        self._phases.setVisible(bool(record.phases))
        facts = {
            "present": ", ".join(record.present) or tr("not entered"),
            "presented": wording.presented(record),
            "questions": "\n".join(wording.question(asked) for asked in record.questions),
            "place": tr("online") if record.online else tr("face to face"),
            "prompts": wording.prompts(record.prompts_shown),
            "gaps": _gaps(record),
            "recording": wording.recorded(record),
            "process": record.debrief.process_note or tr("none"),
        }
        for name, words in facts.items():
            self._facts[name].setText(words)
        # Only an evaluation has core questions: elsewhere the row would look like a missing answer.
        for widget in (self._facts["questions"], self._labels["questions"]):
            widget.setVisible(record.setting.kind is SessionKind.EVALUATION and bool(record.questions))
        # No prompts were shown where the laptop was not used.
        for name in ("prompts", "gaps"):
            for widget in (self._facts[name], self._labels[name]):
                widget.setVisible(record.entered_wall is None)
        recording = record.recording
        self._recording = recording.id if recording and recording.destroyed is None else None
        self._open.setVisible(self._recording is not None)
        is_led = self._changing.log.is_in_progress(record.id)
        self._unfinished_label.setVisible(is_led)
        self.correct_button.setVisible(not is_led)
        changes = self._changing.log.changes(record.id)
        self._history.show_changes(changes)
        has_text = bool(record.debrief.process_note) or any(
            one.field is Field.PROCESS_NOTE and one.earlier_value for one in changes
        )
        self.erase_button.setVisible(has_text and not is_led)

    def correct_note(self) -> None:
        """Open the form with the note on the process focused, where this record can be corrected."""
        if not self.correct_button.isHidden():
            self._on_correct()
            self.correcting.fields.note.setFocus()
            area = area_around(self)
            if area is not None:
                area.reveal(self.correcting.fields.note)

    def _on_correct(self) -> None:
        if self._record is not None:
            self.correcting.open(self._record)
            self._forms.show_page(self.correcting)
            self.correcting.first_focus().setFocus()

    def _on_erase(self) -> None:
        if self._record is not None:
            self.erasing.open(self._record)
            self._forms.show_page(self.erasing)
            self.erasing.first_focus().setFocus()

    def _card(self) -> Card:
        card = Card("log-facts")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (name, label) in enumerate(_facts().items()):
            label_widget = named(text(label, "quiet"), f"log-{name}-label")
            label_widget.setWordWrap(False)
            self._labels[name] = label_widget
            grid.addWidget(label_widget, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._facts[name], line, 1)
        card.body.addLayout(grid)
        return card

    def _on_open_recording(self) -> None:
        if self._recording is not None:
            self.open_recording.emit(self._recording)


def _facts() -> dict[str, str]:
    return {
        "present": tr("Present"),
        "presented": tr("Presenter"),
        "questions": tr("Core questions"),
        "place": tr("Setting"),
        "prompts": tr("Prompts shown"),
        "gaps": tr("Gaps"),
        "recording": tr("Recording"),
        "process": tr("Note on process"),
    }


def _row(key: str, phase: PhaseTimes) -> TableRow:
    planned = Cell(durations.span_words(phase.planned_from_s, phase.planned_until_s), phase.planned_from_s)
    if phase.from_s is None:
        return row(key, (phase.label, planned, Cell(tr("not reached")), Cell("")))
    if phase.until_s is None:
        actual = tr("from {time}").format(time=durations.clock(phase.from_s))
        return row(key, (phase.label, planned, Cell(actual, phase.from_s), Cell("")))
    lasted = phase.until_s - phase.from_s
    actual = durations.span_words(phase.from_s, phase.until_s)
    return row(key, (phase.label, planned, Cell(actual, phase.from_s), Cell(durations.duration_words(lasted), lasted)))


def _gaps(record: SessionRecord) -> str:
    lines = [gap_sentence(gap) for gap in record.gaps]
    if record.time_guessed:
        lines.append(tr("The computer was restarted; later times may be inaccurate."))
    return "\n".join(lines) or tr("none")
