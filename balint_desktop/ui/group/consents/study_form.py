"""Form for the study's terms and the wording of the consent form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.terms import LINE_LIMIT, MAX_PEOPLE, Asks, Study, TermsProblem, Until
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.reports.consent_form import proposed_closing, proposed_line, proposed_opening
from balint_desktop.text.consents import purpose_name
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import quiet, subheading

_TEXT_LINES = 4
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class _Field:
    """One form field: how it is filled and read. `read` raises Trouble for an invalid date."""

    widget: QWidget
    label: str
    show: Callable[[Any], None]
    read: Callable[[], Any]


class StudyPage(Section[Group]):
    """Form for the study's terms. Every term may stay empty; unknown ones are never given a default."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "study-page")
        self._deps = deps
        self._group: Group | None = None
        self._filled: tuple[object, ...] = ()
        self.fields: dict[str, _Field] = {}
        self.lines: dict[Purpose, QLineEdit] = {}
        self.problem = ProblemLabel("study-problem")
        self.save_button = button(tr("Save"), "study-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        column = layouts.column(self, 14)
        for card in (self._invitation(), self._approval(), self._withdrawal(), self._form()):
            column.addWidget(card)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button))

    def show_subject(self, thing: Group) -> None:
        """Show a group's study. Raise Trouble."""
        if self._group is not None and self._group.id == thing.id and self._raw_values() != self._filled:
            # Retain unsaved input.
            return
        self._group = thing
        self._fill(self._deps.log.consents.study(thing.id) or Study())
        self.problem.announce("")

    def first_focus(self) -> QWidget:
        return self.fields["coordinator"].widget

    def study(self) -> Study:
        """Return the study from the form's values. Raise ValueError with the message to show."""
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                values[name] = field.read()
            except Trouble as trouble:
                field.widget.setFocus()
                message = tr("{field}: {typed} is not a day there is. Write it like the example, or leave it empty.")
                raise ValueError(message.format(field=field.label, typed=trouble.details["name"])) from trouble
        values["form_purposes"] = {p: line.text().strip() for p, line in self.lines.items() if line.text().strip()}
        return replace(Study(), **values)

    def save(self) -> None:
        """Validate and save."""
        group = self._group
        if group is None:
            return
        try:
            study = self.study()
        except ValueError as error:
            self.problem.announce(str(error))
            return
        problems = study.problems()
        if problems:
            self.problem.announce(_problem_words(problems[0]))
            return
        self.problem.announce("")
        self._deps.messages.attempted(lambda: self._save_study(group, study))

    def _save_study(self, group: Group, study: Study) -> None:
        before = self._deps.log.consents.study(group.id)
        if study == (before or Study()):
            self._deps.messages.inform(tr("Nothing was changed."))
            return
        self._deps.log.consents.save_study(group.id, study)
        self._filled = self._raw_values()
        consents = self._deps.log.consents
        self._deps.undoing.push(tr("The study’s terms are kept."), lambda: consents.save_study(group.id, before))

    def _fill(self, study: Study) -> None:
        for name, field in self.fields.items():
            field.show(getattr(study, name))
        for purpose, line in self.lines.items():
            line.setText(study.form_purposes.get(purpose, ""))
            line.setPlaceholderText(proposed_line(purpose, study.transcriber))

        self._filled = self._raw_values()

    def _raw_values(self) -> tuple[object, ...]:
        """Return every value from the form, dates as typed."""
        fields = [field.widget for field in self.fields.values()]
        days = [widget.text() for widget in fields if isinstance(widget, DateField)]
        others = [field.read() for field in self.fields.values() if not isinstance(field.widget, DateField)]
        return (*days, *others, *(line.text() for line in self.lines.values()))

    # --- sections of the form ---

    def _invitation(self) -> QWidget:
        form = _part(tr("Invitation"), tr("Who invites should not teach the group: students depend on their teachers."))
        self._line(form, "coordinator", tr("Coordinator"), tr("A role rather than a name."))
        self._choice(
            form,
            "coordinator_teaches",
            tr("Does the coordinator teach the group?"),
            ((tr("not entered"), None), (tr("no"), False), (tr("yes"), True)),
        )
        self._line(form, "sheet_version", tr("Invitation and information sheet, version"))
        self._day(form, "sheet_sent", tr("Sent on"))
        self._line(form, "sheet_sent_by", tr("Sent by"))
        self._number(form, "invited", tr("How many were invited"))
        self._number(form, "agreed", tr("How many agreed to take part"))
        self._day(form, "questions_answered", tr("Questions answered at orientation, on"))
        self._day(form, "forms_signed", tr("All forms signed by"), tr("Before the first session."))
        return form

    def _approval(self) -> QWidget:
        form = _part(tr("Ethics approval"))
        self._line(form, "approval_reference", tr("Reference"))
        self._line(form, "approval_committee", tr("Committee"))
        self._day(form, "approval_day", tr("Approved on"))
        self._text(form, "approval_terms", tr("Its terms, as far as they matter here"))
        self._line(form, "transcriber", tr("Who transcribes"), tr("A role rather than a name."))
        self._day(form, "deidentified", tr("Transcripts de-identified on"))
        return form

    def _withdrawal(self) -> QWidget:
        form = _part(tr("The rule for leaving the study"), tr("As the approval has it. Nobody is asked for a reason."))
        self._choice(
            form,
            "withdrawal_asks",
            tr("What happens to what was recorded before"),
            (
                (tr("not entered"), None),
                (tr("the person’s own words are left out at transcription"), Asks.REMOVE_WORDS),
                (tr("recordings with the person in the room are destroyed"), Asks.DESTROY),
                (tr("past data are kept"), Asks.KEEP),
            ),
        )
        self._choice(
            form,
            "withdrawal_until",
            tr("Until when that holds"),
            (
                (tr("at any time"), Until.ALWAYS),
                (tr("until a day"), Until.DAY),
                (tr("until the transcripts are de-identified"), Until.DEIDENTIFIED),
            ),
        )
        self._day(form, "withdrawal_day", tr("That day"))
        return form

    def _form(self) -> QWidget:
        form = _part(
            tr("The consent form’s wording"),
            tr("What stands faintly in a field is a proposal, printed until the approved wording takes its place."),
        )
        self._line(form, "form_version", tr("Version of the form"))
        self._text(form, "form_opening", tr("Opening"), proposed_opening())
        for purpose in Purpose:
            self.lines[purpose] = QLineEdit()
            form.row(purpose_name(purpose), self.lines[purpose], f"study-form-{purpose.value}")
        self._text(form, "form_closing", tr("Closing"), proposed_closing())
        return form

    # --- field types ---

    def _line(self, form: Form, name: str, label: str, help_text: str = "") -> None:
        field = QLineEdit()
        field.setMaxLength(LINE_LIMIT)
        self._add(form, name, help_text, _Field(field, label, field.setText, lambda: " ".join(field.text().split())))

    def _day(self, form: Form, name: str, label: str, help_text: str = "") -> None:
        field = DateField(optional=True)
        self._add(form, name, help_text, _Field(field, label, field.set_day, field.day_or_none))

    def _text(self, form: Form, name: str, label: str, proposal: str = "") -> None:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setPlaceholderText(proposal)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * (_TEXT_LINES + 2))
        self._add(form, name, "", _Field(field, label, field.setPlainText, lambda: field.toPlainText().strip()))

    def _number(self, form: Form, name: str, label: str) -> None:
        field: QSpinBox = NumberField(_UNKNOWN, MAX_PEOPLE)
        field.setSpecialValueText(tr("not entered"))
        show = lambda value: field.setValue(_UNKNOWN if value is None else value)  # noqa: E731
        self._add(form, name, "", _Field(field, label, show, lambda: _known(field.value())))

    def _choice(self, form: Form, name: str, label: str, choices: tuple[tuple[str, object], ...]) -> None:
        field = ChoiceField()
        for words, _ in choices:
            field.addItem(words)
        values = [value for _, value in choices]
        show = lambda value: field.setCurrentIndex(values.index(value))  # noqa: E731
        self._add(form, name, "", _Field(field, label, show, lambda: values[field.currentIndex()]))

    def _add(self, form: Form, name: str, help_text: str, field: _Field) -> None:
        self.fields[name] = field
        form.row(field.label, field.widget, f"study-{name.replace('_', '-')}", help_text)


def _part(title: str, remark: str = "") -> Form:
    form = Form(10)
    form.add(subheading(title))
    if remark:
        form.add(quiet(remark))
    return form


def _known(value: int) -> int | None:
    return None if value == _UNKNOWN else value


def _problem_words(problem: TermsProblem) -> str:
    return {
        TermsProblem.MORE_AGREED: tr("More people agreed than were invited. One of the two numbers is not right."),
        TermsProblem.DAY_MISSING: tr("The rule holds until a day, and that day is not entered."),
        TermsProblem.TOO_LONG: tr("One of the texts is longer than fits on a form. Shorten it."),
    }[problem]
