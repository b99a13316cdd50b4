"""The evaluation section: written parts and bare scores."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.evaluation.written_part import FLOOR
from balint_desktop.domain.group.group import Group
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import translated_questionnaire
from balint_desktop.ui.group.evaluation import wording
from balint_desktop.ui.group.evaluation.deps import EvaluationDeps
from balint_desktop.ui.group.evaluation.part_card import ClosedPartCard, OpenPartCard
from balint_desktop.ui.group.evaluation.scores import ScoresBox
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, rule, subheading, text
from balint_desktop.vault.log.evaluation import WrittenPart

_MAX_SHEETS = 30


class EvaluationSection(Section[Group]):
    """Shows a group's evaluation."""

    def __init__(self, deps: EvaluationDeps, messages: Messages, undoing: UndoStack) -> None:
        super().__init__()
        self._deps = deps
        self._messages = messages
        self._group: Group | None = None
        self._open_card: OpenPartCard | None = None
        self.questionnaire = ChoiceField()
        self.least = NumberField(FLOOR, _MAX_SHEETS, FLOOR)
        self.begin_button = button(tr("Open a written part"), "written-begin", self._on_begin, ButtonKind.PRIMARY)
        self.print_button = button(tr("Print a sheet…"), "written-print-chosen", self._on_print_chosen)
        self.scores = ScoresBox(deps, messages, undoing)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        self._beginning = self._build_beginning()
        column = layouts.column(self, 14)
        self._parts = QWidget()
        parts = layouts.column(self._parts, 14)
        parts.addWidget(named(subheading(tr("Written part")), "written-heading"))
        parts.addLayout(self._cards)
        parts.addWidget(self._beginning)
        self._scores_rule = rule()
        parts.addWidget(self._scores_rule)
        parts.addWidget(self.scores)
        self._closed_until_grades = named(
            text(
                tr(
                    "You also assess these students, so no answers are taken or shown here until their grades are "
                    "final. Until then the study team collects them on paper."
                )
            ),
            "evaluation-closed",
        )
        self._unanswered = named(
            text(
                tr(
                    "Say first whether you also assess these students: under Consents, in The study. Until then no "
                    "answers are taken or shown here."
                )
            ),
            "evaluation-unanswered",
        )
        column.addWidget(self._closed_until_grades)
        column.addWidget(self._unanswered)
        column.addWidget(self._parts)
        column.addStretch(1)

    def show_subject(self, thing: Group) -> None:
        self._group = thing
        self._closed_until_grades.setVisible(thing.awaits_grades)
        self._unanswered.setVisible(thing.lacks_assessment_answer)
        is_closed = thing.awaits_grades or thing.lacks_assessment_answer
        self._parts.setVisible(not is_closed)
        if is_closed:
            return
        self._fill_questionnaires()
        self._show_parts()
        self.scores.show_group(thing)
        # Scores belong to a study; a teaching group sees what teaching needs.
        for widget in (self._scores_rule, self.scores):
            widget.setVisible(thing.for_research or self.scores.has_scores)
        follow_layout(self)

    def leave_view(self) -> None:
        self.scores.close_scores()

    def first_focus(self) -> QWidget | None:
        return self._open_card.handover_button if self._open_card is not None else self.begin_button

    def _build_beginning(self) -> QWidget:
        holder = QWidget()
        column = layouts.column(holder, 12)
        column.addWidget(
            named(
                quiet(
                    tr(
                        "Statements to rate from 1 to 5 and two free lines, without names, on paper or the "
                        "laptop. Only counts and free lines are saved."
                    )
                ),
                "written-about",
            )
        )
        form = Form()
        form.row(
            tr("Questionnaire"),
            self.questionnaire,
            "written-questionnaire",
            tr("Add your own in Settings."),
        )
        form.row(
            tr("Minimum answers before counts are shown"),
            self.least,
            "written-least",
            tr("At least five, so that no count shows who said what."),
        )
        column.addWidget(narrow(form))
        column.addWidget(flow(self.begin_button, self.print_button))
        column.addWidget(quiet(wording.collected_by_others()))
        return holder

    def _fill_questionnaires(self) -> None:
        chosen = self.questionnaire.currentData()
        self.questionnaire.clear()
        for line in self._deps.questionnaires.lines():
            if not line.problem:
                self.questionnaire.addItem(line.name, line.key)
        self.questionnaire.setCurrentIndex(max(0, self.questionnaire.findData(chosen)))

    def _show_parts(self) -> None:
        # Hiding the focused widget moves the focus on, and the page would scroll to wherever it goes.
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        layouts.clear(self._cards)
        if self._group is None:
            return
        parts = self._deps.store.parts(self._group.id)
        self._open_card = None
        for number, part in enumerate(parts, start=1):
            self._cards.addWidget(self._closed(number, part) if part.closed else self._open(part))
        # Only the first button is primary.
        set_kind(self.begin_button, ButtonKind.PLAIN if parts else ButtonKind.PRIMARY)
        self._beginning.setVisible(all(part.closed for part in parts))

    def _open(self, part: WrittenPart) -> OpenPartCard:
        card = OpenPartCard(part)
        group = part.group
        card.handover_asked.connect(lambda: self._messages.attempted(lambda: self._deps.begin_handover(group, part.id)))
        card.enter.connect(lambda: self._messages.attempted(lambda: self._deps.enter(group, part.id)))
        card.print_sheet.connect(lambda: self._deps.print_sheet(self, translated_questionnaire(part.questionnaire)))
        card.close_asked.connect(lambda: self._on_close(part))
        self._open_card = card
        return card

    def _closed(self, number: int, part: WrittenPart) -> ClosedPartCard:
        lines = tuple(self._deps.store.lines(part.id, line) for line in range(1, len(part.questionnaire.lines) + 1))
        return ClosedPartCard(number, part, lines)

    def _on_begin(self) -> None:
        group = self._group
        key = self.questionnaire.currentData()
        if group is None or key is None:
            return

        def begin() -> None:
            deps = self._deps
            # Read again: an editor may have changed the file since it was listed.
            deps.questionnaires.load(key)
            session = deps.session_of(group.id)
            deps.store.open_part(group.id, deps.today(), deps.questionnaires.text(key), self.least.value(), session)
            self.show_subject(group)
            self._focus_first()

        self._messages.attempted(begin)

    def _on_print_chosen(self) -> None:
        key = self.questionnaire.currentData()
        if key is not None:
            self._messages.attempted(lambda: self._deps.print_sheet(self, self._deps.questionnaires.load(key)))

    def _on_close(self, part: WrittenPart) -> None:
        def close() -> None:
            self._deps.store.close_part(part.id)
            if self._group is not None:
                self.show_subject(self._group)
            self._focus_first()

        self._messages.attempted(close)

    def _focus_first(self) -> None:
        first = self.first_focus()
        if first is not None:
            first.setFocus()
