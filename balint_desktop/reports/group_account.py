"""Figures of a group for reports, computed from plan and records; nobody by name or code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from balint_desktop.domain.group.people import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.domain.study.retention import RetainedItem, RetentionPeriods
from balint_desktop.domain.values import ParticipantCode, SessionId, SessionKind
from balint_desktop.reports.tables import local_day


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A line of the group's calendar; a cancelled one has no number."""

    number: int | None
    day: date
    kind: SessionKind = SessionKind.CASE
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ConsentCount:
    """How many of the group's participants answered what to one purpose, on one version of the form."""

    purpose: Purpose
    form: str
    given: int = 0
    declined: int = 0
    withdrawn: int = 0
    not_asked: int = 0


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where the audit trail stands: how many rows, its head in words, and the first place that does not follow."""

    rows: int = 0
    head: tuple[str, ...] = ()
    broken_at: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle, the least and the most of some numbers, and how many there are."""

    count: int
    middle: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class GroupAccount:
    """Everything that a report on a group is made of. `records` are in the order they were held.

    What is not known is None or empty; a report says so, and nothing is guessed. `approval` is the ethics approval's
    reference, `holds` how many legal holds stand, and `beside` how many people of which role were in a session besides
    participants and facilitator.
    """

    group: Group
    format_name: str
    today: date
    records: tuple[SessionRecord, ...] = ()
    planned: tuple[PlannedDay, ...] = ()
    consents: tuple[ConsentCount, ...] = ()
    clocks: RetentionPeriods = field(default_factory=RetentionPeriods)
    kept: tuple[RetainedItem, ...] = ()
    holds: int = 0
    trail: AuditHead = field(default_factory=AuditHead)
    facilitator: Facilitator = field(default_factory=Facilitator)
    beside: Mapping[SessionId, Mapping[str, int]] = field(default_factory=dict)
    approval: str = ""
    committee: str = ""
    invited: int | None = None

    # --- sessions ---

    @property
    def case_sessions(self) -> tuple[SessionRecord, ...]:
        """Return the sessions that were not evaluation."""
        return tuple(record for record in self.records if record.setting.kind is SessionKind.CASE)

    @property
    def evaluations(self) -> tuple[SessionRecord, ...]:
        """Return the evaluation sessions, which are analysed apart (Ng, Seu & Cullum 2022, limitations)."""
        return tuple(record for record in self.records if record.setting.kind is SessionKind.EVALUATION)

    @property
    def cases(self) -> int:
        """Return how many cases were presented; sessions and cases are counted apart."""
        return sum(record.cases for record in self.records)

    @property
    def first_day(self) -> date | None:
        """Return the day of the first session held."""
        return min(self._days(), default=None)

    @property
    def last_day(self) -> date | None:
        """Return the day of the last session held."""
        return max(self._days(), default=None)

    def planned_day(self, record: SessionRecord) -> date | None:
        """Return the day a session was planned for, None where it was not."""
        return next((line.day for line in self.planned if line.number == record.setting.number), None)

    def not_held(self) -> tuple[PlannedDay, ...]:
        """Return the planned lines that have no record: cancelled ones, and those whose number was not held."""
        held = {record.setting.number for record in self.records}
        return tuple(line for line in self.planned if line.number not in held)

    def lengths(self) -> Spread | None:
        """Return how long sessions were held, in minutes; None where none was ended."""
        return spread([record.ended_s / 60 for record in self.records if record.ended_s is not None])

    # --- people ---

    @property
    def members(self) -> tuple[ParticipantCode, ...]:
        """Return everyone who ever belonged to the group or was in one of its sessions, by number."""
        codes = {member.code for member in self.group.participants}
        codes |= {code for record in self.records for code in record.present}
        return tuple(sorted(codes, key=lambda code: int(code[1:])))

    def people_a_session(self) -> Spread | None:
        """Return how many participants were in a session."""
        return spread([len(record.present) for record in self.records])

    def attended(self, code: ParticipantCode) -> tuple[SessionRecord, ...]:
        """Return the sessions in which somebody was in the room at any time."""
        return tuple(record for record in self.records if code in record.present)

    def could_attend(self, code: ParticipantCode) -> tuple[SessionRecord, ...]:
        """Return the sessions held while somebody belonged to the group, and any other they were in."""
        member = next((one for one in self.group.participants if one.code == code), None)
        return tuple(
            record
            for record in self.records
            if code in record.present
            or (member is not None and (day := local_day(record.began_wall)) is not None and member.belongs_on(day))
        )

    def presented(self, code: ParticipantCode) -> int:
        """Return how many cases somebody presented. For that person's own certificate alone, when they ask for it."""
        return sum(1 for record in self.records for _case, who in record.presenters if who == code)

    # --- recordings ---

    @property
    def recorded(self) -> tuple[SessionRecord, ...]:
        """Return the sessions with a recording, destroyed since or not."""
        return tuple(record for record in self.records if record.recording is not None)

    @property
    def destroyed(self) -> tuple[SessionRecord, ...]:
        """Return the sessions whose recording is gone for good."""
        return tuple(
            record
            for record in self.recorded
            if record.recording is not None
            and record.recording.destroyed is not None
            and record.recording.destroyed.done_wall is not None
        )

    @property
    def recorded_minutes(self) -> float:
        """Return how long the recordings are in all, silences included."""
        return sum(record.recording.seconds for record in self.records if record.recording is not None) / 60

    # --- prompts ---

    @property
    def decks(self) -> tuple[str, ...]:
        """Return the prompt decks that were on, in the order they were used; empty where none was noted."""
        return tuple(dict.fromkeys(on.deck for record in self.records for on in record.prompts))

    @property
    def sessions_with_themes(self) -> int:
        """Return in how many sessions prompts that rest on the study's findings could come."""
        return sum(1 for record in self.records if any(on.themes for on in record.prompts))

    @property
    def sessions_without_deck(self) -> int:
        """Return for how many sessions it is not known which deck was on."""
        return sum(1 for record in self.records if not record.prompts)

    @property
    def prompts_shown(self) -> int:
        """Return how many prompts the screen showed."""
        return sum(record.prompts_shown for record in self.records)

    @property
    def notes_written(self) -> int:
        """Return after how many sessions the facilitator wrote a process note."""
        return sum(1 for record in self.records if record.debrief.process_note.strip())

    def _days(self) -> list[date]:
        return [day for record in self.records if (day := local_day(record.began_wall)) is not None]


def spread(numbers: Sequence[float]) -> Spread | None:
    """Return the middle, the least and the most of numbers, None where there are none."""
    return Spread(len(numbers), median(numbers), min(numbers), max(numbers)) if numbers else None
