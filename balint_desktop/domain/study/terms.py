"""The terms of a study: who invites, what was approved, what a withdrawal requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from balint_desktop.domain.hidden_signs import strip_hidden
from balint_desktop.domain.study.consent import Purpose

LINE_LIMIT = 200
TEXT_LIMIT = 4000
MAX_PEOPLE = 999


class Asks(StrEnum):
    """Action that the approval's rule requires for recordings made before a withdrawal."""

    REMOVE_WORDS = "remove-words"
    DESTROY = "destroy"
    KEEP = "keep"


class Until(StrEnum):
    """How long a withdrawal applies to earlier recordings: always, to a day, or until transcripts are de-identified."""

    ALWAYS = "always"
    DAY = "day"
    DEIDENTIFIED = "deidentified"


@dataclass(frozen=True, slots=True)
class Study:
    """The terms of a group's study, by its approval and documents. All may be empty; nothing is guessed.

    The terms follow the practice (section 2, recruitment and consent): a coordinator who does not teach the group
    sends invitation and information sheet, questions are answered at orientation, forms are signed before the first
    session. Counts are people; None where they are not known. Enter roles here, not names of people.

    `recorded_for`, `heard_by` and `heard_as` (in what form) are read out at the opening; `patients` is what is done for
    those who are talked about and did not consent; `governance` is who governs Māori and Pacific data, printed with the
    methods. `second_reader` is whether two people read each transcript before it is approved; None is one, too.
    """

    coordinator: str = ""
    coordinator_teaches: bool | None = None
    sheet_version: str = ""
    sheet_sent: date | None = None
    sheet_sent_by: str = ""
    invited: int | None = None
    agreed: int | None = None
    questions_answered: date | None = None
    forms_signed: date | None = None
    approval_reference: str = ""
    approval_committee: str = ""
    approval_day: date | None = None
    approval_terms: str = ""
    transcriber: str = ""
    recorded_for: str = ""
    heard_by: str = ""
    heard_as: str = ""
    patients: str = ""
    governance: str = ""
    second_reader: bool | None = None
    withdrawal_until: Until = Until.ALWAYS
    withdrawal_day: date | None = None
    withdrawal_asks: Asks | None = None
    deidentified: date | None = None
    form_version: str = ""
    form_opening: str = ""
    form_closing: str = ""
    form_purposes: Mapping[Purpose, str] = field(default_factory=dict)

    def problems(self) -> tuple[TermsProblem, ...]:
        """Return contradictions in the terms. An empty study has none."""
        found = []
        if self.invited is not None and self.agreed is not None and self.agreed > self.invited:
            found.append(TermsProblem.MORE_AGREED)
        if self.withdrawal_until is Until.DAY and self.withdrawal_day is None:
            found.append(TermsProblem.DAY_MISSING)
        if any(len(value) > TEXT_LIMIT for value in self._texts()):
            found.append(TermsProblem.TOO_LONG)
        return tuple(found)

    def _texts(self) -> list[str]:
        texts = [getattr(self, one.name) for one in fields(self)]
        return [value for value in (*texts, *self.form_purposes.values()) if isinstance(value, str)]

    def asks_on(self, day: date) -> Asks | None:
        """Return the required action on earlier recordings for a withdrawal on that day; None where no rule is entered.

        Past the approval's time limit, existing recordings are retained, and only later ones are excluded.
        """
        if self.withdrawal_asks is None:
            return None
        late = {
            Until.ALWAYS: False,
            Until.DAY: self.withdrawal_day is not None and day > self.withdrawal_day,
            Until.DEIDENTIFIED: self.deidentified is not None and day >= self.deidentified,
        }[self.withdrawal_until]
        return Asks.KEEP if late else self.withdrawal_asks


class TermsProblem(StrEnum):
    """Contradictions in a study's terms."""

    MORE_AGREED = "more-agreed"
    DAY_MISSING = "day-missing"
    TOO_LONG = "too-long"


def to_fields(study: Study) -> dict[str, Any]:
    """Return a study as plain JSON values, without empty fields."""
    stored = {}
    for one in fields(study):
        value = getattr(study, one.name)
        if isinstance(value, Mapping):
            value = {purpose.value: strip_hidden(words) for purpose, words in value.items() if words}
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, str):
            value = strip_hidden(value)
        if value not in (None, "", {}):
            stored[one.name] = value
    return stored


def from_fields(stored: Mapping[str, Any]) -> Study:
    """Return a study from the output of `to_fields`. Raise ValueError for unknown fields."""
    values = dict(stored)
    unknown = set(values) - {one.name for one in fields(Study)}
    if unknown:
        raise ValueError(f"a study has no {sorted(unknown)}")
    for name in ("sheet_sent", "questions_answered", "forms_signed", "approval_day", "withdrawal_day", "deidentified"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    if "withdrawal_until" in values:
        values["withdrawal_until"] = Until(values["withdrawal_until"])
    if "withdrawal_asks" in values:
        values["withdrawal_asks"] = Asks(values["withdrawal_asks"])
    if "form_purposes" in values:
        values["form_purposes"] = {Purpose(name): words for name, words in values["form_purposes"].items()}
    return Study(**values)


def changed_fields(before: Study, after: Study) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    return tuple(one.name for one in fields(Study) if getattr(before, one.name) != getattr(after, one.name))
