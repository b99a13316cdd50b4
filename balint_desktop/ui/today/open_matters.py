"""Wording of open matters on Today, a line per kind and group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.today.cards import relative_day

_ERASED = (
    "Whether a follow-up was needed and support was offered is no longer kept: the answers were erased from all "
    "records. Where a follow-up was needed, the group has one reminder here."
)

OpenLine = tuple[str, OpenMatter]
"""A line's text, and the matter that its button opens."""


def open_lines(matters: Iterable[OpenMatter], names: Mapping[GroupId, str], today: date) -> tuple[OpenLine, ...]:
    """Return one line for each kind and group, in the order gathered."""
    together: dict[tuple[OpenKind, GroupId | None], list[OpenMatter]] = {}
    for matter in matters:
        together.setdefault((matter.kind, matter.group), []).append(matter)
    return tuple((_line(found, names, today), found[0]) for found in together.values())


def _line(found: list[OpenMatter], names: Mapping[GroupId, str], today: date) -> str:
    first = found[0]
    words = _words(first, sum(matter.count for matter in found), len(found), today)
    group = names.get(first.group) if first.group is not None else None
    return tr("{group}: {words}").format(group=group, words=words) if group else words[:1].upper() + words[1:]


def _words(matter: OpenMatter, count: int, matters: int, today: date) -> str:
    one = matters == 1 and matter.number is not None
    day = relative_day(matter.day, today) if matter.day is not None else ""
    if matter.kind is OpenKind.SESSION_WITHOUT_RECORD and one:
        return tr("session {n}, planned for {day}, has no record").format(n=matter.number, day=day)
    if matter.kind is OpenKind.DEBRIEF_UNWRITTEN and one:
        return tr("the debrief of session {n} is not written").format(n=matter.number)
    return _counted(matter.kind, count).format(n=count)


def _counted(kind: OpenKind, n: int) -> str:
    one, many = {
        OpenKind.FOLLOW_UP: ("{n} thing to follow up", "{n} things to follow up"),
        OpenKind.SUPPORT: ("offer support to {n} person", "offer support to {n} people"),
        OpenKind.ANSWERS_ERASED: (_ERASED, _ERASED),
        OpenKind.CONSENTS_TO_ENTER: ("{n} person’s consents to be entered", "{n} people’s consents to be entered"),
        OpenKind.SESSION_WITHOUT_RECORD: ("{n} session has no record", "{n} sessions have no record"),
        OpenKind.DEBRIEF_UNWRITTEN: ("{n} debrief is not written", "{n} debriefs are not written"),
        OpenKind.RECORDING_TO_TRANSCRIBE: ("{n} recording to transcribe", "{n} recordings to transcribe"),
        OpenKind.RECORDING_TO_DESTROY: ("{n} recording due to be destroyed", "{n} recordings due to be destroyed"),
        OpenKind.PERIOD_OVER: ("{n} thing kept past its time", "{n} things kept past their time"),
    }[kind]
    return tr_n(one, many, n)
