"""The page of one study: its texts, what is open, and the ways into it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Author,
    AuthorRole,
    CodingRound,
    current_memos,
    may_see_others,
)
from balint_desktop.i18n import tr, tr_in, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.files_forms import WhoseFileForm
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import day_and_time_at, short_day
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import heading, quiet, subheading, text

_MOST_MEMOS = 4


class StudyPage(QWidget):
    """What a person can do next in a study. Rounds and comparing are offered where the approach has them.

    In a coder's own vault neither is, and no report: one codes, and sends one's closed round back.
    """

    back = Signal()
    read_asked = Signal(str)
    code_asked = Signal()
    themes_asked = Signal()
    compare_asked = Signal()
    report_asked = Signal()
    files_asked = Signal()
    comments_asked = Signal()
    set_up_asked = Signal()
    round_asked = Signal()
    discard_asked = Signal()

    def __init__(self, *, has_reports: bool = True, has_comments: bool = True) -> None:
        super().__init__()
        named(self, "study-page")
        self._has_reports, self._has_comments = has_reports, has_comments
        self.back_button = button(
            tr("Back to studies"), "study-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self._last = 0
        self.name = named(heading(""), "study-heading")
        self.question = named(text("", "medium"), "study-question-words")
        self.round_line = named(quiet(""), "study-round")
        self.withdrawn = named(quiet(""), "study-withdrawn")
        self.texts = Table(
            "study-texts",
            tr("Texts of the study"),
            (
                ColumnSpec("name", tr("Text"), room=Room.SHRINKS),
                ColumnSpec("version", tr("Version"), is_number=True, room=Room.LEAVES),
                ColumnSpec("memos", tr("Memos"), is_number=True),
            ),
        )
        self.texts.opened.connect(self.read_asked)
        self.memos_heading = named(subheading(tr("Comments on the whole study")), "study-memos-heading")
        self.memos = named(UncopiedList(), "study-memos", spoken=tr("Comments on the whole study"))
        self.memos.setWordWrap(True)
        self.read_button = button(tr("Read and reflect"), "study-read", self._on_read)
        self.code_button = button(tr_in("act", "Code"), "study-code", self.code_asked.emit, ButtonKind.PRIMARY)
        self.round_button = button("", "study-round-open", self.round_asked.emit)
        self.discard_button = button(tr("Discard round…"), "study-round-discard", self._on_discard, ButtonKind.QUIET)
        self.confirm = Confirm("study-round-discard")
        self.compare_button = button(tr("Compare"), "study-compare", self.compare_asked.emit)
        self.themes_button = button(tr("Themes"), "study-themes", self.themes_asked.emit)
        self.report_button = button(tr("Report"), "study-report", self.report_asked.emit)
        self.files_button = button(tr("Coding files"), "study-files", self.files_asked.emit)
        self.comments_button = button(tr("Add comments from Word…"), "study-comments", self.comments_asked.emit)
        self.whose = WhoseFileForm("comments", tr("Choose a person"))
        self.whose.closed.connect(self.comments_button.setFocus)
        self.set_up_button = button(tr("Set up"), "study-set-up", self.set_up_asked.emit)
        column = layouts.column(self, 14)
        column.addWidget(flow(self.back_button))
        for widget in (self.name, self.question, self.round_line, self.withdrawn, self.texts):
            column.addWidget(widget)
        column.addWidget(
            flow(
                self.code_button,
                self.read_button,
                self.themes_button,
                self.compare_button,
                self.files_button,
                self.comments_button,
                self.round_button,
                self.report_button,
                self.set_up_button,
                self.discard_button,
            )
        )
        column.addWidget(self.confirm)
        column.addWidget(self.whose)
        column.addWidget(self.memos_heading)
        column.addWidget(self.memos)
        column.addStretch(1)

    def show_study(self, opened: OpenStudy) -> None:
        """Show a study."""
        study = opened.study
        self.name.setText(study.name)
        self.question.setText(study.question)
        self.question.setVisible(bool(study.question))
        memos = current_memos(opened.memos)
        counts = {one.recording: sum(memo.text == one.recording for memo in memos) for one in study.analysed}
        self.texts.show_rows(
            [
                row(
                    one.recording,
                    (
                        wording.name_alone(one),
                        Cell(str(one.version), one.version),
                        Cell(str(counts[one.recording]), counts[one.recording]),
                    ),
                )
                for one in study.analysed
            ]
        )
        words = tr("Passages were withdrawn in {texts}. What was coded on them is removed.")
        self.withdrawn.setText(words.format(texts=", ".join(opened.withdrawn)))
        self.withdrawn.setVisible(bool(opened.withdrawn))
        self._show_memos(opened)
        self._show_rounds(opened)
        # Where people code in rounds, comments come with the coding files.
        is_open = not study.approach.has_rounds and not opened.is_guest and len(study.authors) > 1
        self.comments_button.setVisible(self._has_comments and is_open)
        self.whose.hide()

    def _show_memos(self, opened: OpenStudy) -> None:
        """Show what was written on no text and no theme, as comments on the report are: whose, when, and all words."""
        memos = [one for one in current_memos(opened.memos) if one.text is None and one.theme is None]
        self.memos.clear()
        for one in memos:
            who = wording.label_of(opened.study, one.author)
            self.memos.addItem(f"{who} · {day_and_time_at(one.wall)}\n{one.words}")
        for widget in (self.memos_heading, self.memos):
            widget.setVisible(bool(memos))
        heights = [self.memos.sizeHintForRow(row) for row in range(min(_MOST_MEMOS, len(memos)))]
        self.memos.setFixedHeight(sum(heights) + 2 * self.memos.frameWidth() + 4)

    def _show_rounds(self, opened: OpenStudy) -> None:
        has_rounds, leads = opened.study.approach.has_rounds, not opened.is_guest
        last = opened.rounds[-1] if opened.rounds else None
        self.round_line.setText(round_line(opened, last) if has_rounds else "")
        self.round_line.setVisible(has_rounds)
        self.code_button.setEnabled(not has_rounds or opened.own_round is not None)
        self.files_button.setVisible(has_rounds and last is not None)
        self.discard_button.setVisible(leads and has_rounds and last is not None and not last.closings)
        self._last = last.number if last is not None else 0
        self.confirm.dismiss()
        self.report_button.setVisible(leads and self._has_reports)
        self.compare_button.setVisible(leads and has_rounds and bool(opened.comparable_rounds))
        is_done = last is None or may_see_others(last, opened.me)
        self.round_button.setVisible(leads and has_rounds and is_done)
        self.round_button.setText(tr("Open round {n}…").format(n=last.number + 1 if last is not None else 1))

    def first_focus(self) -> QWidget:
        """Return what is next in the study: code, or open a round to code in."""
        if self.code_button.isEnabled():
            return self.code_button
        return self.set_up_button if self.round_button.isHidden() else self.round_button

    def _on_discard(self) -> None:
        words = tr(
            "Discard round {n}? That is possible while nobody has used it. The audit trail keeps that it was opened."
        )
        act = tr("Discard round {n}").format(n=self._last)
        self.confirm.ask(words.format(n=self._last), act, self.discard_asked.emit, self.discard_button)

    def _on_read(self) -> None:
        key = self.texts.chosen_key()
        if key:
            self.read_asked.emit(key)


def round_line(opened: OpenStudy, last: CodingRound | None) -> str:
    """Return where the rounds are, in a line."""
    if last is None:
        return tr("No round is open yet.")
    words = _round_words(opened, last)
    if last.wanted_by and len(last.closings) < len(last.authors):
        day = short_day(date.fromisoformat(last.wanted_by))
        return f"{words} {tr('Wanted by {day}.').format(day=day)}"
    return words


def _round_words(opened: OpenStudy, last: CodingRound) -> str:
    if may_see_others(last, opened.me):
        closed = len(last.closings)
        words = tr_n("Round {round}: {n} of {all} closed.", "Round {round}: {n} of {all} closed.", closed)
        return words.format(round=last.number, n=closed, all=len(last.authors))
    who = wording.label_of(opened.study, opened.me)
    return tr("Round {round} is open. You are {who}; only your coding is shown.").format(round=last.number, who=who)


def coders(study: AnalysisStudy) -> tuple[Author, ...]:
    """Return the authors who code: a supervisor comments only."""
    return tuple(one for one in study.authors if one.role is not AuthorRole.SUPERVISOR)
