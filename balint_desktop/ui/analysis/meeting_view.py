"""The meeting: who is here, the matters that are open one after another, what was decided, and the page to print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.analysis.study import AnalysisStudy, ConsensusMeeting
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import FlowLayout, flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet

_NOTE_LIMIT = 2000
_OPEN_LINES, _DECIDED_LINES = 14, 18


class MeetingView(QWidget):
    """Emits `decide_asked` with the row of an open matter, `print_asked`, and `saved` for who is here and the note."""

    decide_asked = Signal(int)
    print_asked = Signal()
    saved = Signal()

    def __init__(self, drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "compare-meeting")
        self.present: dict[str, QCheckBox] = {}
        self._form = QWidget()
        self.draft = FormDraft(self._form, drafts)
        self._ticks = QWidget()
        self._tick_rows = FlowLayout(self._ticks, 16)
        self.note = NoteField("meeting-note", _NOTE_LIMIT, 2, shown_from=200)
        form = Form()
        form.row(tr("Notes of the meeting"), self.note, "meeting-note")
        form.add(self.note.left_words)
        inner = layouts.column(self._form, 10)
        inner.addWidget(named(quiet(tr("Who is here")), "meeting-present-label"))
        inner.addWidget(self._ticks)
        inner.addWidget(form)
        self.problem = ProblemLabel("meeting-problem")
        self.count = named(quiet(""), "meeting-count")
        self.open_matters = named(UncopiedList(), "meeting-open", spoken=tr("Open matters"))
        self.decided = named(UncopiedList(), "meeting-decided", spoken=tr("Decided so far"))
        for of in (self.open_matters, self.decided):
            of.setWordWrap(True)
        self.decided_label = named(quiet(tr("Decided so far")), "meeting-decided-label")
        self.decide_button = button(tr("Decide…"), "meeting-decide", self._on_decide, ButtonKind.PRIMARY)
        self.print_button = button(tr("Print for the meeting…"), "meeting-print", self.print_asked.emit)
        self.save_button = button(tr("Save meeting"), "meeting-save", self.saved.emit)
        column = layouts.column(self, 10)
        for widget in (
            *(self.count, self.open_matters, flow(self.decide_button, self.print_button)),
            *(self._form, self.problem, flow(self.save_button), self.decided_label, self.decided),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.open_matters.itemActivated.connect(lambda _: self._on_decide())

    def begin(self, study: AnalysisStudy, meeting: ConsensusMeeting | None, day: str) -> None:
        """Show who is here: those of the day's meeting, and nobody before that was said. Raise Trouble."""
        self.draft.keep()
        layouts.clear(self._tick_rows)
        here = meeting.authors if meeting is not None else ()
        self.present = {}
        for one in study.authors:
            tick = named(QCheckBox(one.label), f"meeting-present-{one.id}")
            tick.setChecked(one.id in here)
            self.present[one.id] = tick
            self._tick_rows.addWidget(tick)
        self.note.setPlainText(meeting.note if meeting is not None else "")
        self.problem.announce("")
        self.draft.begin(f"analysis-meeting-{study.id}-{day}")

    def who_is_here(self) -> tuple[str, ...]:
        """Return the authors who are ticked."""
        return tuple(author for author, tick in self.present.items() if tick.isChecked())

    def show_here(self, authors: Sequence[str]) -> None:
        """Tick those who were here, too: who agreed to a decision was."""
        for one in authors:
            if one in self.present:
                self.present[one].setChecked(True)

    def show_matters(self, open_lines: Sequence[str], decided_lines: Sequence[str], agreed: int) -> None:
        """Show what is open and what was decided, and how many passages are agreed on."""
        self.open_matters.show_lines(open_lines, _OPEN_LINES)
        self.decided.show_lines(decided_lines, _DECIDED_LINES)
        self.decide_button.setVisible(bool(open_lines))
        self.decided_label.setVisible(bool(decided_lines))
        left = len(open_lines)
        words = tr_n("{n} matter is open.", "{n} matters are open.", left).format(n=left)
        consensus = tr_n("Consensus has {n} passage.", "Consensus has {n} passages.", agreed).format(n=agreed)
        self.count.setText(f"{words} {consensus}")

    def leave(self) -> None:
        """Keep what is half typed."""
        self.draft.keep()

    def forget(self) -> None:
        """Drop every word."""
        self.open_matters.clear()
        self.decided.clear()
        self.note.clear()
        layouts.clear(self._tick_rows)
        self.present = {}

    def _on_decide(self) -> None:
        if self.open_matters.currentRow() >= 0:
            self.decide_asked.emit(self.open_matters.currentRow())
