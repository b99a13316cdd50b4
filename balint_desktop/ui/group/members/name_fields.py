"""The fields for who a member is: name, what they are called besides, how it is heard, and contact."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLineEdit

from balint_desktop.domain.group.roster import CONTACT_LIMIT, NAME_LIMIT, Person, several
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.form_state import NAMES
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small

_SEVERAL_LIMIT = 400
_BETWEEN = ", "


class NameFields:
    """Rows of a form. No draft takes what is in them: only the sealed roster may hold it."""

    def __init__(self, form: Form, identifier: str, *, needs_name: bool) -> None:
        self.name = _line(NAME_LIMIT)
        self.short_names = _line(_SEVERAL_LIMIT)
        self.heard_as = _line(_SEVERAL_LIMIT)
        self.contact = _line(CONTACT_LIMIT)
        self._hint = named(
            small(
                tr(
                    "Short names are nicknames and initials. “Heard as” is how a transcription spells the name. "
                    "Both help to find this person in transcripts. Separate several with commas."
                )
            ),
            f"{identifier}-names-hint",
        )
        labels = [
            form.row(tr("Name") if needs_name else tr("Name (optional)"), self.name, f"{identifier}-name"),
            form.row(tr("Short names (optional)"), self.short_names, f"{identifier}-short-names"),
            form.row(tr("Heard as (optional)"), self.heard_as, f"{identifier}-heard-as"),
        ]
        form.add(self._hint)
        labels.append(form.row(tr("Contact (optional)"), self.contact, f"{identifier}-contact"))
        self._labels = tuple(labels)
        for field in (self.short_names, self.heard_as):
            field.setAccessibleDescription(self._hint.text())

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return (self.name, self.short_names, self.heard_as, self.contact)

    def set_shown(self, shown: bool) -> None:
        """Show or hide the rows."""
        for widget in (*self._fields, *self._labels, self._hint):
            widget.setVisible(shown)

    def person(self, code: ParticipantCode) -> Person:
        """Return what was entered, under a code."""
        return Person(
            code, self.name.text(), self.contact.text(), several(self.short_names.text()), several(self.heard_as.text())
        )

    def show_person(self, person: Person) -> None:
        """Enter a person's names and contact."""
        self.show_texts((person.name, *map(_joined, (person.short_names, person.heard_as)), person.contact))

    def texts(self) -> tuple[str, ...]:
        """Return the text of each field."""
        return tuple(field.text() for field in self._fields)

    def show_texts(self, texts: Iterable[str]) -> None:
        """Enter the text of each field."""
        for field, text in zip(self._fields, texts, strict=True):
            field.setText(text)

    def clear(self) -> None:
        """Empty the fields."""
        for field in self._fields:
            field.clear()


def _joined(names: Iterable[str]) -> str:
    return _BETWEEN.join(names)


def _line(longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(longest)
    field.setProperty(NAMES, True)
    return field
