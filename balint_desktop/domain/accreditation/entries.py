"""Validate accreditation entries: no future day, no end before its beginning, no duplicate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from balint_desktop.domain.accreditation.values import Colleague, EntryId, Meeting, Supervision
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.trouble import Trouble, TroubleCode


def checked_supervision(entry: Supervision, others: Iterable[Supervision], today: date) -> Supervision:
    """Validate an entry and normalise its text. Raise Trouble: LABEL_MISSING, DAY_TO_COME, NOTED_ALREADY."""
    tidy = replace(entry, supervisor=_tidy(entry.supervisor), note=entry.note.strip())
    if not tidy.supervisor:
        raise Trouble(TroubleCode.LABEL_MISSING)
    if tidy.day > today:
        raise Trouble(TroubleCode.DAY_TO_COME)
    if any(_same_supervision(tidy, other) for other in others if other.id != tidy.id):
        raise Trouble(TroubleCode.NOTED_ALREADY)
    return tidy


def checked_meeting(entry: Meeting, others: Iterable[Meeting], today: date) -> Meeting:
    """Validate an entry and normalise its text. Raise Trouble: ENDS_BEFORE_IT_BEGINS, DAY_TO_COME, NOTED_ALREADY."""
    tidy = replace(entry, label=_tidy(entry.label), last_day=None if entry.last_day == entry.day else entry.last_day)
    if tidy.until < tidy.day:
        raise Trouble(TroubleCode.ENDS_BEFORE_IT_BEGINS)
    if tidy.until > today:
        raise Trouble(TroubleCode.DAY_TO_COME)
    if any(_same_meeting(tidy, other) for other in others if other.id != tidy.id):
        raise Trouble(TroubleCode.NOTED_ALREADY)
    return tidy


def checked_colleague(colleague: Colleague, others: Iterable[Colleague]) -> Colleague:
    """Validate a colleague and normalise the label. Raise Trouble: LABEL_MISSING, LABEL_TAKEN."""
    tidy = replace(colleague, label=_tidy(colleague.label))
    if not tidy.label:
        raise Trouble(TroubleCode.LABEL_MISSING)
    if any(other.label.casefold() == tidy.label.casefold() for other in others if other.id != tidy.id):
        raise Trouble(TroubleCode.LABEL_TAKEN, name=tidy.label)
    return tidy


def _same_supervision(one: Supervision, other: Supervision) -> bool:
    """Return whether two entries duplicate one meeting; two meetings on one day differ in some field."""
    return _key(one) == _key(other)


def _key(of: Supervision) -> tuple[date, str, int, str]:
    return of.day, of.supervisor.casefold(), of.minutes, of.form


def _same_meeting(one: Meeting, other: Meeting) -> bool:
    nobody = EntryId("")
    return replace(one, id=nobody, label=one.label.casefold()) == replace(
        other, id=nobody, label=other.label.casefold()
    )


def _tidy(text: str) -> str:
    return one_line(text)
