"""Open matters, as values that each part reports and Today lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from balint_desktop.domain.reminders import ReminderId
from balint_desktop.domain.values import GroupId, RecordingId, SessionId


class OpenKind(StrEnum):
    """Kinds of open matters, in the order of Today: the vault itself, sessions, people, then what is stored."""

    DISK_FULL = "disk-full"
    DISK_READ_ONLY = "disk-read-only"
    RECOVERY_KEY_UNPROVEN = "recovery-key-unproven"
    PASSPHRASE_FILE_UNPROVEN = "passphrase-file-unproven"
    SESSION_WITHOUT_RECORD = "session-without-record"
    FOLLOW_UP = "follow-up"  # the leader's own reminder, in no record
    SUPPORT = "support"  # as above
    ANSWERS_ERASED = "answers-erased"  # tells once that an earlier version's answers left the records
    REQUEST_TO_ANSWER = "request-to-answer"
    ASSESSMENT_UNANSWERED = "assessment-unanswered"  # whether whoever leads also assesses: nothing is recorded before
    CONSENTS_TO_ENTER = "consents-to-enter"  # count: the number of people without an answer
    DEBRIEF_UNWRITTEN = "debrief-unwritten"
    FIRST_DRAFT = "first-draft"  # of a transcript that no person has begun on
    TO_DEIDENTIFY = "to-deidentify"  # a transcript that is signed off and has no approved text
    CODING_FILE_CAME = "coding-file-came"  # and can be opened: one's own round is closed
    ROUND_TO_CODE = "round-to-code"  # of an analysis that somebody sent
    ROUND_TO_SEND = "round-to-send"  # closed, and not sent back
    RECORDING_TO_TRANSCRIBE = "recording-to-transcribe"
    RECORDING_TO_DESTROY = "recording-to-destroy"
    TRANSCRIPT_TO_CHANGE = "transcript-to-change"  # a withdrawal asks for words to be removed
    PERIOD_OVER = "period-over"  # other data past its retention period
    BACKUP_DUE = "backup-due"  # day: of the last backup, None where there is none


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One open matter, without a person or a reason; `count` is the number of items it covers.

    `day` is the day it has been open since, or is due. Fields that a kind does not need are None.
    """

    kind: OpenKind
    group: GroupId | None = None
    number: int | None = None
    day: date | None = None
    count: int = 1
    session: SessionId | None = None
    recording: RecordingId | None = None
    reminder: ReminderId | None = None
    study: str | None = None


class OpenMatters(Protocol):
    """A source of open matters."""

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return the open matters on that day, of groups that are not archived. Raise Trouble.

        Today waits for the result: use a query or two over few rows, whatever the vault's size; replay no facts.
        """
        ...


def gather(sources: Iterable[OpenMatters], today: date) -> tuple[OpenMatter, ...]:
    """Return the open matters of all sources, sorted by kind, the longest open first. Raise Trouble."""
    order = list(OpenKind)
    matters = [matter for source in sources for matter in source.open_matters(today)]
    return tuple(sorted(matters, key=lambda m: (order.index(m.kind), m.day or today)))
