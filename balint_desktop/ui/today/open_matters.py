"""Wording of open matters on Today, a line per kind and group, and of the button that leads there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.today.cards import relative_day

_ERASED = (
    "Answers on follow-up and support were erased from all records and are no longer asked for. "
    "Open follow-ups are now reminders, one for each group."
)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line's text, its button's text, and the matter that the button opens: the first of those on the line."""

    words: str
    button: str
    matter: OpenMatter


def open_lines(matters: Iterable[OpenMatter], names: Mapping[GroupId, str], today: date) -> tuple[OpenLine, ...]:
    """Return one line for each kind and group, in the order gathered."""
    together: dict[tuple[OpenKind, GroupId | None], list[OpenMatter]] = {}
    for matter in matters:
        together.setdefault((matter.kind, matter.group), []).append(matter)
    return tuple(OpenLine(_line(found, names, today), _button(found), found[0]) for found in together.values())


def _line(found: list[OpenMatter], names: Mapping[GroupId, str], today: date) -> str:
    first = found[0]
    words = _words(first, sum(matter.count for matter in found), len(found), today)
    group = names.get(first.group) if first.group is not None else None
    return tr("{group} · {words}").format(group=group, words=words) if group else words


def _words(matter: OpenMatter, count: int, matters: int, today: date) -> str:
    one = matters == 1 and matter.number is not None
    day = relative_day(matter.day, today) if matter.day is not None else ""
    if matter.kind is OpenKind.SESSION_WITHOUT_RECORD and one:
        return tr("Session {n}, planned for {day}, has no record").format(n=matter.number, day=day)
    if matter.kind is OpenKind.DEBRIEF_UNWRITTEN and one:
        return tr("The debrief of session {n} is not written").format(n=matter.number)
    if matter.kind is OpenKind.FIRST_DRAFT and one:
        return tr("Session {n} has a first draft. It needs you.").format(n=matter.number)
    if matter.kind is OpenKind.BACKUP_DUE:
        return backup_words(matter.day, today)
    return _counted(matter.kind, count).format(n=count)


def backup_words(day: date | None, today: date) -> str:
    """Return how old the last backup is."""
    if day is None:
        return tr("No backup yet")
    n = max(0, (today - day).days)
    if n == 0:
        return tr("Last backup: today")
    return tr_n("Last backup: {n} day ago", "Last backup: {n} days ago", n).format(n=n)


def _button(found: list[OpenMatter]) -> str:
    kind, number = found[0].kind, found[0].number
    if found[0].reminder is not None:
        return tr("Done")
    if kind is OpenKind.SESSION_WITHOUT_RECORD:
        return tr("Enter its record…") if len(found) == 1 else tr("Enter session {n}").format(n=number)
    return {
        OpenKind.DISK_FULL: tr("Open Recordings"),
        OpenKind.DISK_READ_ONLY: tr("Open Recordings"),
        OpenKind.RECOVERY_KEY_UNPROVEN: tr("Renew keys…"),
        OpenKind.PASSPHRASE_FILE_UNPROVEN: tr("Change passphrase…"),
        OpenKind.REQUEST_TO_ANSWER: tr("Answer"),
        OpenKind.ASSESSMENT_UNANSWERED: tr("Answer"),
        OpenKind.CONSENTS_TO_ENTER: tr("Enter consents"),
        OpenKind.DEBRIEF_UNWRITTEN: tr("Open the session"),
        OpenKind.FIRST_DRAFT: tr("Open Transcripts"),
        OpenKind.TO_DEIDENTIFY: tr("Open Transcripts"),
        OpenKind.CODING_FILE_CAME: tr("Open Analysis"),
        OpenKind.ROUND_TO_CODE: tr("Open Analysis"),
        OpenKind.ROUND_TO_SEND: tr("Open Analysis"),
        OpenKind.RECORDING_TO_TRANSCRIBE: tr("Open the recording"),
        OpenKind.RECORDING_TO_DESTROY: tr("Open the recording"),
        OpenKind.TRANSCRIPT_TO_CHANGE: tr("Open Consents"),
        OpenKind.PERIOD_OVER: tr("Open Retention"),
        OpenKind.BACKUP_DUE: tr("Back up…"),
    }.get(kind, tr("Open"))


def _counted(kind: OpenKind, n: int) -> str:
    # Each pair is whole in its own call, so that a translator finds it.
    return {
        OpenKind.DISK_FULL: tr("The disk is full: the vault can only be read. Destroy a recording to make room."),
        OpenKind.DISK_READ_ONLY: tr("The disk cannot be written to: the vault can only be read."),
        OpenKind.RECOVERY_KEY_UNPROVEN: tr("Your recovery key may no longer work."),
        OpenKind.PASSPHRASE_FILE_UNPROVEN: tr("Your passphrase may no longer work."),
        OpenKind.FOLLOW_UP: tr_n("{n} thing to follow up", "{n} things to follow up", n),
        OpenKind.SUPPORT: tr_n("Offer someone support", "Offer support to {n} people", n),
        OpenKind.ANSWERS_ERASED: tr(
            "Answers on follow-up and support were erased from all records. Reminders here replace them."
        ),
        OpenKind.REQUEST_TO_ANSWER: tr_n("{n} request to answer", "{n} requests to answer", n),
        OpenKind.ASSESSMENT_UNANSWERED: tr("Do you also assess these students? Nothing is recorded until you say so."),
        OpenKind.CONSENTS_TO_ENTER: tr_n("{n} person’s consents to enter", "{n} people’s consents to enter", n),
        OpenKind.SESSION_WITHOUT_RECORD: tr_n("{n} session has no record", "{n} sessions have no record", n),
        OpenKind.DEBRIEF_UNWRITTEN: tr_n("{n} debrief is not written", "{n} debriefs are not written", n),
        OpenKind.FIRST_DRAFT: tr_n("{n} first draft needs you", "{n} first drafts need you", n),
        OpenKind.TO_DEIDENTIFY: tr_n("{n} transcript to de-identify", "{n} transcripts to de-identify", n),
        OpenKind.CODING_FILE_CAME: tr_n("{n} coding file to open", "{n} coding files to open", n),
        OpenKind.ROUND_TO_CODE: tr_n("{n} round to code", "{n} rounds to code", n),
        OpenKind.ROUND_TO_SEND: tr_n("{n} closed round to send back", "{n} closed rounds to send back", n),
        # Whether it is transcribed already or not.
        OpenKind.RECORDING_TO_TRANSCRIBE: tr_n(
            "{n} recording waits for its verified transcript", "{n} recordings wait for their verified transcripts", n
        ),
        OpenKind.RECORDING_TO_DESTROY: tr_n("{n} recording to destroy now", "{n} recordings to destroy now", n),
        OpenKind.TRANSCRIPT_TO_CHANGE: tr_n("{n} transcript needs a decision", "{n} transcripts need a decision", n),
        OpenKind.PERIOD_OVER: tr_n("{n} retention period has ended", "{n} retention periods have ended", n),
    }[kind]
