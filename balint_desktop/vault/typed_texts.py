"""Read what people typed into a vault, each with its place: the gate says where a name is, and can lead there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from enum import Enum
from typing import Any

from balint_desktop.domain.deidentify.typed_text import TypedPlace, TypedText
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.log import Log


def typed_texts(log: Log, groups: Iterable[GroupId]) -> Iterator[TypedText]:
    """Yield what was typed about these groups, and then what belongs to none of them. Raise Trouble."""
    wanted = frozenset(groups)
    for group in log.groups.groups():
        if group.id in wanted:
            yield TypedText(TypedPlace.GROUP_TITLE, group.name, group.id)
            yield TypedText(TypedPlace.GROUP_SUPPORT, group.support, group.id)
            yield from (TypedText(TypedPlace.READER, reader.label, group.id) for reader in group.readers)
            yield from _of_study(log, group.id)
    for row in log.sessions.sessions():
        if row.setting.group is None or row.setting.group in wanted:
            note, number = row.debrief.process_note, row.setting.number
            yield TypedText(TypedPlace.PROCESS_NOTE, note, row.setting.group, row.id, number)
            review = log.accreditation.review(row.id)
            if review is not None:
                texts = _strings(astuple(review))
                yield TypedText(TypedPlace.REVIEW, "\n".join(texts), row.setting.group, row.id, number)
    record = log.accreditation
    entries: tuple[Any, ...] = (*record.supervisions(), *record.meetings(), record.aims())
    yield from (TypedText(TypedPlace.ACCREDITATION, text) for entry in entries for text in _strings(astuple(entry)))
    yield from (TypedText(TypedPlace.SETTING, log.setting(key)) for key in ("facilitator", "institution"))


def _of_study(log: Log, group: GroupId) -> Iterator[TypedText]:
    study = log.consents.study(group)
    if study is not None:
        yield from (TypedText(TypedPlace.STUDY, text, group) for text in _strings(astuple(study)))
    for request in log.access.requests(group):
        for text in _strings(astuple(request)):
            yield TypedText(TypedPlace.ACCESS_REQUEST, text, group)


def _strings(values: Iterable[object]) -> Iterator[str]:
    """Yield the texts among some values, at any depth; what was chosen from a list was not typed."""
    for value in values:
        if isinstance(value, str) and not isinstance(value, Enum):
            yield value
        elif isinstance(value, dict):
            yield from _strings(value.values())
        elif isinstance(value, (tuple, list)):
            yield from _strings(value)
