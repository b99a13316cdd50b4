"""The page of one session in the log: what was planned, what happened, and nothing about anybody's state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.exchange.session_record import PhaseTimes, SessionRecord
from balint_desktop.i18n import tr
from balint_desktop.ui.log import wording
from balint_desktop.ui.log.listing import ListTable
from balint_desktop.ui.naming import named
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.text import heading, small, text


class SessionPage(QWidget):
    """Shows one SessionRecord."""

    back = Signal()
    take_out = Signal()
    open_recording = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording: RecordingId | None = None
        self.back_button = button(tr("Back to the sessions"), "log-back", self.back.emit, ButtonKind.QUIET)
        self._title = named(heading(""), "log-title")
        self._about = named(text("", "quiet"), "log-about")
        self._phases = ListTable(
            "log-phases", tr("The phases"), (tr("Phase"), tr("Planned"), tr("Actual"), tr("Lasted")), opens=False
        )
        self._facts = {name: named(text("", selectable=True), f"log-{name}") for name in _facts()}
        self._labels: dict[str, QLabel] = {}
        self._open = button(
            tr("Open the recording"), "log-open-recording", self._on_open_recording, description=tr("Play or export it")
        )
        out = button(tr("Take out as a file…"), "log-take-out-one", self.take_out.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self.back_button, self._title, self._about, self._phases):
            layout.addWidget(widget)
        layout.addWidget(self._card())
        layout.addWidget(flow(self._open, out))
        layout.addWidget(named(small(_in_clear()), "log-in-clear"))

    def show_record(self, record: SessionRecord) -> None:
        """Show this session."""
        self._title.setText(wording.title(record))
        self._about.setText(
            f"{wording.day_and_time(record.began_wall)} · {record.format_name} · {wording.held(record)}"
        )
        self._phases.show_rows([_row(phase) for phase in record.phases])
        told = {
            "present": ", ".join(record.present) or tr("nobody was noted"),
            "presented": wording.presented(record),
            "questions": "\n".join(wording.question(asked) for asked in record.questions),
            "prompts": wording.prompts(record.prompts_shown),
            "gaps": _gaps(record),
            "recording": wording.recorded(record),
            "process": record.debrief.process_note or tr("nothing was written"),
            "follow-up": wording.answer(told=record.debrief.follow_up_needed),
            "support": wording.answer(told=record.debrief.support_offered),
        }
        for name, words in told.items():
            self._facts[name].setText(words)
        # Only an evaluation has core questions: elsewhere the row would ask for something.
        for widget in (self._facts["questions"], self._labels["questions"]):
            widget.setVisible(record.setting.kind is SessionKind.EVALUATION and bool(record.questions))
        recording = record.recording
        self._recording = recording.id if recording and recording.destroyed is None else None
        self._open.setVisible(self._recording is not None)

    def _card(self) -> Card:
        card = Card("log-facts")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(_facts().items()):
            told = named(text(label, "quiet"), f"log-{name}-label")
            told.setWordWrap(False)
            self._labels[name] = told
            grid.addWidget(told, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._facts[name], row, 1)
        card.body.addLayout(grid)
        return card

    def _on_open_recording(self) -> None:
        if self._recording is not None:
            self.open_recording.emit(self._recording)


def _facts() -> dict[str, str]:
    return {
        "present": tr("In the room"),
        "presented": tr("Presented"),
        "questions": tr("Core questions"),
        "prompts": tr("Shown on this screen"),
        "gaps": tr("Missing"),
        "recording": tr("Recording"),
        "process": tr("Two lines on process"),
        "follow-up": tr("Follow-up needed"),
        "support": tr("Support offered"),
    }


def _row(phase: PhaseTimes) -> tuple[str, str, str, str]:
    planned = wording.stretch(phase.planned_from_s, phase.planned_until_s)
    if phase.from_s is None:
        return phase.label, planned, tr("not reached"), ""
    if phase.until_s is None:
        return phase.label, planned, tr("from {time}").format(time=wording.clock(phase.from_s)), ""
    actual = wording.stretch(phase.from_s, phase.until_s)
    return phase.label, planned, actual, wording.lasting(phase.until_s - phase.from_s)


def _gaps(record: SessionRecord) -> str:
    lines = [wording.gap(gap) for gap in record.gaps]
    if record.time_guessed:
        lines.append(tr("The computer was restarted: times after that follow its clock and may be off."))
    return "\n".join(lines) or tr("nothing")


def _in_clear() -> str:
    return tr("A file that is taken out is in the clear: whoever has it can read it. It holds codes, never names.")
