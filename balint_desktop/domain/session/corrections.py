"""Corrections of a session record: which fields, which values are valid, and the overlay on the facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.session.debrief import NOTE_LIMIT
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode, SessionKind, parse_participant_code

WHO_LIMIT = 60
WHY_LIMIT = 200
# Longer than any session in the sources; a typing error turns hours into days.
LONGEST_S = 12 * 3600
MAX_NUMBER = 999


class Field(StrEnum):
    """A field of the record that may need correction."""

    NUMBER = "number"
    KIND = "kind"
    BEGAN = "began"
    LASTED = "lasted"
    PRESENT = "present"
    PRESENTERS = "presenters"
    ONLINE = "online"
    PROCESS_NOTE = "process-note"


# Fields overlaid on the facts; the others have columns of their own, and no other source.
OVERLAID = frozenset({Field.BEGAN, Field.LASTED, Field.PRESENT, Field.PRESENTERS, Field.ONLINE})
# Free text that a person may want deleted for good.
TEXTS = frozenset({Field.PROCESS_NOTE})


@dataclass(frozen=True, slots=True)
class Overlay:
    """Corrected values over a session's facts, by field; other fields are as in the facts."""

    values: Mapping[Field, Any] = field(default_factory=dict)

    def over(self, field: Field, seen: Any) -> Any:
        """Return the effective value of a field; `seen` is its value by the facts."""
        return self.values.get(field, seen)

    def to_text(self) -> str:
        """Serialise the overlay for storage."""
        return json.dumps({field.value: to_plain(field, value) for field, value in self.values.items()}, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Overlay:
        """Parse a stored overlay. Raise ValueError."""
        return cls({Field(field): from_plain(Field(field), value) for field, value in json.loads(text).items()})


def to_plain(field: Field, value: Any) -> Any:
    """Return a field's value as plain JSON values."""
    if field is Field.PRESENTERS:
        return {str(case): code for case, code in sorted(value.items())}
    if field is Field.PRESENT:
        return list(value)
    return value


def from_plain(field: Field, value: Any) -> Any:
    """Return a field's value from the output of `to_plain`."""
    if field is Field.PRESENTERS:
        return {int(case): ParticipantCode(code) for case, code in value.items()}
    if field is Field.PRESENT:
        return tuple(ParticipantCode(code) for code in value)
    return SessionKind(value) if field is Field.KIND else value


def validated(field: Field, value: Any, now_wall: float) -> Any:
    """Validate a value and return it in the stored form. Raise Trouble DAY_TO_COME, or VALUE_IMPOSSIBLE with the field.

    Raise ValueError for a value that no form can produce.
    """
    return _VALIDATORS[field](value, now_wall)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Author and reason of a change to a record. Raise Trouble CORRECTION_UNSAID where one is empty or too long."""

    who: str
    why: str

    def __post_init__(self) -> None:
        for name, limit in (("who", WHO_LIMIT), ("why", WHY_LIMIT)):
            line = one_line(getattr(self, name))
            if not 0 < len(line) <= limit:
                raise Trouble(TroubleCode.CORRECTION_UNSAID)
            object.__setattr__(self, name, line)


def _number(value: Any, _now: float) -> int:
    if not 1 <= int(value) <= MAX_NUMBER:
        raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=Field.NUMBER)
    return int(value)


def _kind(value: Any, _now: float) -> SessionKind:
    return SessionKind(value)


def _began(value: Any, now: float) -> float:
    if float(value) > now:
        raise Trouble(TroubleCode.DAY_TO_COME)
    return float(value)


def _lasted(value: Any, _now: float) -> float | None:
    if value is None:
        return None
    if not 0 < float(value) <= LONGEST_S:
        raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=Field.LASTED)
    return float(value)


def _present(value: Any, _now: float) -> tuple[ParticipantCode, ...]:
    return tuple(sorted({parse_participant_code(code) for code in value}, key=lambda code: int(code[1:])))


def _presenters(value: Any, _now: float) -> dict[int, ParticipantCode]:
    by_case = {int(case): parse_participant_code(code) for case, code in dict(value).items()}
    if any(case < 1 for case in by_case):
        raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=Field.PRESENTERS)
    return dict(sorted(by_case.items()))


def _flag(value: Any, _now: float) -> bool:
    return bool(value)


def _note(value: Any, _now: float) -> str:
    text = str(value).strip()
    if len(text) > NOTE_LIMIT:
        raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=Field.PROCESS_NOTE)
    return text


_VALIDATORS = {
    Field.NUMBER: _number,
    Field.KIND: _kind,
    Field.BEGAN: _began,
    Field.LASTED: _lasted,
    Field.PRESENT: _present,
    Field.PRESENTERS: _presenters,
    Field.ONLINE: _flag,
    Field.PROCESS_NOTE: _note,
}
