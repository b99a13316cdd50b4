"""A part of the study's terms as a form: its fields, validation, saving with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.terms import LINE_LIMIT, MAX_PEOPLE, Study, TermsProblem
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section

_TEXT_LINES = 3
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class StudyField:
    """One form field: how it is filled and read. `read` raises Trouble for an invalid date."""

    widget: QWidget
    label: str
    show: Callable[[Any], None]
    read: Callable[[], Any]


class StudyPart(Section[Group]):
    """A form for some of the study's terms. Every term may stay empty; unknown ones are never given a default.

    Saving changes this part's terms alone: two parts that are open at once revert nothing of each other.
    """

    def __init__(self, deps: ConsentDeps, identifier: str) -> None:
        super().__init__()
        named(self, f"study-{identifier}")
        self.deps = deps
        self.group: Group | None = None
        self.form = Form(10)
        self.fields: dict[str, StudyField] = {}
        self._identifier = identifier
        self._draft = FormDraft(self.form, deps.drafts)
        self.problem = ProblemLabel(f"study-{identifier}-problem")
        self.save_button = button(
            tr("Save"), f"study-{identifier}-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S"
        )
        self.column = layouts.column(self, 14)
        self.column.addWidget(self.form)
        self.column.addWidget(self.problem)
        self.column.addWidget(flow(self.save_button))

    def show_subject(self, thing: Group) -> None:
        """Show a group's study, with what was typed and not saved. Raise Trouble."""
        is_same = self.group is not None and self.group.id == thing.id
        if not is_same:
            # Under the group it was typed for.
            self._draft.keep()
        self.group = thing
        was_typed = self._refill()
        if not (is_same and was_typed):
            self.problem.announce("")

    def leave_view(self) -> None:
        self._draft.keep()

    def _refill(self) -> bool:
        """Fill the form from the log, with unsaved input; return whether there is any. Raise Trouble."""
        if self.group is None:
            return False
        return self._draft.refill(f"study/{self.group.id}/{self._identifier}", lambda: self.fill(self.stored()))

    def first_focus(self) -> QWidget | None:
        return next((field.widget for field in self.fields.values()), None)

    def stored(self) -> Study:
        """Return the study as stored, empty where there is none. Raise Trouble."""
        study = self.deps.log.consents.study(self.group.id) if self.group is not None else None
        return study or Study()

    def fill(self, study: Study) -> None:
        """Fill the form."""
        for name, field in self.fields.items():
            field.show(getattr(study, name))

    def values(self) -> dict[str, Any]:
        """Return this part's terms by name. Raise ValueError with the message to show."""
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                values[name] = field.read()
            except Trouble as trouble:
                field.widget.setFocus()
                message = tr("{field}: “{typed}” is not a date. Write it like the example, or leave it empty.")
                raise ValueError(message.format(field=field.label, typed=trouble.details["name"])) from trouble
        return values

    def save(self) -> None:
        """Validate and save."""
        if self.group is None:
            return
        try:
            values = self.values()
        except ValueError as error:
            self.problem.announce(str(error))
            return
        study = replace(self.stored(), **values)
        if problems := study.problems():
            self.problem.announce(_problem_words(problems[0]))
            return
        self.problem.announce("")
        self.deps.messages.attempted(lambda: self._store(study))

    def _store(self, study: Study) -> None:
        self.store(study)
        self._draft.discard()
        self._refill()

    def store(self, study: Study) -> None:
        """Store a valid study, with undo. Raise Trouble."""
        if self.group is None:
            return
        group, consents = self.group.id, self.deps.log.consents
        before = consents.study(group)
        if study == (before or Study()):
            self.deps.messages.inform(tr("Nothing was changed."))
            return
        consents.save_study(group, study)
        self.deps.undoing.push(tr("The study was saved."), lambda: consents.save_study(group, before))

    # --- field types ---

    def add_line(self, name: str, label: str, help_text: str = "") -> QLineEdit:
        """Add a line of text."""
        field = QLineEdit()
        field.setMaxLength(LINE_LIMIT)
        show, read = field.setText, lambda: " ".join(field.text().split())
        self._add(name, help_text, StudyField(field, label, show, read))
        return field

    def add_day(self, name: str, label: str, help_text: str = "") -> DateField:
        """Add a day that may stay empty."""
        field = DateField(optional=True)
        self._add(name, help_text, StudyField(field, label, field.set_day, field.day_or_none))
        return field

    def add_text(self, name: str, label: str, proposal: str = "", help_text: str = "") -> QPlainTextEdit:
        """Add a text of some lines; a proposal shows faintly while it is empty."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setPlaceholderText(proposal)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * (_TEXT_LINES + 2))
        self._add(name, help_text, StudyField(field, label, field.setPlainText, lambda: field.toPlainText().strip()))
        return field

    def add_number(self, name: str, label: str) -> QSpinBox:
        """Add a number of people that may stay unknown."""
        field: QSpinBox = NumberField(_UNKNOWN, MAX_PEOPLE)
        field.setSpecialValueText(tr("not entered"))

        def show(value: int | None) -> None:
            field.setValue(_UNKNOWN if value is None else value)

        self._add(name, "", StudyField(field, label, show, lambda: _known(field.value())))
        return field

    def add_choice(self, name: str, label: str, choices: tuple[tuple[str, object], ...]) -> ChoiceField:
        """Add a choice of one value."""
        field, values = ChoiceField(), [value for _, value in choices]
        for words, _ in choices:
            field.addItem(words)

        def show(value: object) -> None:
            field.setCurrentIndex(values.index(value))

        self._add(name, "", StudyField(field, label, show, lambda: values[field.currentIndex()]))
        return field

    def _add(self, name: str, help_text: str, field: StudyField) -> None:
        self.fields[name] = field
        self.form.row(field.label, field.widget, f"study-{name.replace('_', '-')}", help_text)


def _known(value: int) -> int | None:
    return None if value == _UNKNOWN else value


def _problem_words(problem: TermsProblem) -> str:
    return {
        TermsProblem.MORE_AGREED: tr("More people agreed than were invited. Please check the two numbers."),
        TermsProblem.DAY_MISSING: tr("Enter the date until which the rule applies."),
        TermsProblem.TOO_LONG: tr("One of the texts is too long for a form. Please shorten it."),
    }[problem]
