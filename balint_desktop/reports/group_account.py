"""Figures of a group for reports, computed from plan and records; nobody by name or code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.domain.study.retention import RetainedItem, RetentionPeriods
from balint_desktop.domain.values import ParticipantCode, SessionId, SessionKind
from balint_desktop.reports.tables import local_day


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A planned session in the group's calendar; a cancelled one has no number."""

    number: int | None
    day: date
    kind: SessionKind = SessionKind.CASE
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ConsentCount:
    """Count of each answer among a group's participants, for one purpose, with the versions of the form."""

    purpose: Purpose
    forms: str = ""
    given: int = 0
    declined: int = 0
    withdrawn: int = 0
    not_asked: int = 0


@dataclass(frozen=True, slots=True)
class WrittenAnswers:
    """What may be shown of one written part of an evaluation. Each part's counts are its own, never added up.

    `counts` are the numbers of answers 1 to 5 to each statement, None where they could identify somebody.
    """

    name: str
    version: int
    day: date
    sheets: int
    closed: bool
    statements: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...] | None, ...] = ()
    from_words: str = ""
    to_words: str = ""


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Head of the audit trail: number of rows, head in words, and the first row that does not verify."""

    rows: int = 0
    head: tuple[str, ...] = ()
    broken_at: int | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What the study's terms say that no log can count; None or empty where nothing was entered.

    `assesses` is whether whoever leads also assesses these students (COREQ, items 6 to 8), `grades_are_final` whether
    what was closed to them until then is open again, `patients` what was done
    for the patients spoken of, who did not consent, and `governance` who governs Māori and Pacific data.
    """

    assesses: bool | None = None
    grades_are_final: bool = False
    patients: str = ""
    governance: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, minimum, maximum and count of some numbers."""

    count: int
    middle: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class GroupAccount:
    """All figures a group's reports are built from. `records` are in the order they were held.

    Unknown values are None or empty; a report states so, and nothing is guessed. `approval` is the ethics
    approval's reference, `coordinator` who keeps the answers on consent instead of whoever leads (then `consents` is
    empty), `holds` the number of active legal holds, and `colleagues` the people per role besides
    participants and facilitator.
    """

    group: Group
    format_name: str
    today: date
    records: tuple[SessionRecord, ...] = ()
    planned: tuple[PlannedDay, ...] = ()
    consents: tuple[ConsentCount, ...] = ()
    coordinator: str = ""
    clocks: RetentionPeriods = field(default_factory=RetentionPeriods)
    retained: tuple[RetainedItem, ...] = ()
    holds: int = 0
    trail: AuditHead = field(default_factory=AuditHead)
    facilitator: Facilitator = field(default_factory=Facilitator)
    colleagues: Mapping[SessionId, Mapping[str, int]] = field(default_factory=dict)
    approval: str = ""
    committee: str = ""
    invited: int | None = None
    written: tuple[WrittenAnswers, ...] = ()
    declared: Declared = field(default_factory=Declared)

    # --- sessions ---

    @property
    def case_sessions(self) -> tuple[SessionRecord, ...]:
        """Return the sessions that were not evaluation."""
        return tuple(record for record in self.records if record.setting.kind is SessionKind.CASE)

    @property
    def evaluations(self) -> tuple[SessionRecord, ...]:
        """Return the evaluation sessions, which are analysed separately (Ng, Seu & Cullum 2022, limitations)."""
        return tuple(record for record in self.records if record.setting.kind is SessionKind.EVALUATION)

    @property
    def cases(self) -> int:
        """Return the number of cases presented; sessions and cases are counted separately."""
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
        """Return the planned day of a session, None where it was not planned."""
        return next((line.day for line in self.planned if line.number == record.setting.number), None)

    def not_held(self) -> tuple[PlannedDay, ...]:
        """Return planned sessions without a record: cancelled ones, and those whose number was not held."""
        held = {record.setting.number for record in self.records}
        return tuple(line for line in self.planned if line.number not in held)

    def lengths(self) -> Spread | None:
        """Return the lengths of sessions in minutes; None where none has ended."""
        return spread([record.ended_s / 60 for record in self.records if record.ended_s is not None])

    # --- people ---

    @property
    def members(self) -> tuple[ParticipantCode, ...]:
        """Return everyone who ever belonged to the group or attended a session, by number."""
        codes = {member.code for member in self.group.participants}
        codes |= {code for record in self.records for code in record.present}
        return tuple(sorted(codes, key=lambda code: int(code[1:])))

    def people_per_session(self) -> Spread | None:
        """Return the number of participants in each session."""
        return spread([len(record.present) for record in self.records])

    def attended(self, code: ParticipantCode) -> tuple[SessionRecord, ...]:
        """Return the sessions that a person attended for any time."""
        return tuple(record for record in self.records if code in record.present)

    def could_attend(self, code: ParticipantCode) -> tuple[SessionRecord, ...]:
        """Return the sessions held during a person's membership, and any others they attended."""
        member = next((one for one in self.group.participants if one.code == code), None)
        return tuple(
            record
            for record in self.records
            if code in record.present
            or (member is not None and (day := local_day(record.began_wall)) is not None and member.belongs_on(day))
        )

    def presented(self, code: ParticipantCode) -> int:
        """Return the number of cases a person presented. Only for that person's own certificate, at their request."""
        return sum(1 for record in self.records for _case, who in record.presenters if who == code)

    # --- recordings ---

    @property
    def recorded(self) -> tuple[SessionRecord, ...]:
        """Return the sessions with a recording, including destroyed ones."""
        return tuple(record for record in self.records if record.recording is not None)

    @property
    def destroyed(self) -> tuple[SessionRecord, ...]:
        """Return the sessions whose recording was destroyed."""
        return tuple(
            record
            for record in self.recorded
            if record.recording is not None
            and record.recording.destroyed is not None
            and record.recording.destroyed.completed_wall is not None
        )

    @property
    def recorded_minutes(self) -> float:
        """Return the total length of the recordings, silences included."""
        return sum(record.recording.seconds for record in self.records if record.recording is not None) / 60

    # --- prompts ---

    @property
    def decks(self) -> tuple[str, ...]:
        """Return the prompt decks used, in order; empty where none was recorded."""
        return tuple(dict.fromkeys(on.deck for record in self.records for on in record.prompts))

    @property
    def sessions_with_themes(self) -> int:
        """Return the number of sessions in which prompts based on the study's findings were enabled."""
        return sum(1 for record in self.records if any(on.themes for on in record.prompts))

    @property
    def sessions_without_deck(self) -> int:
        """Return the number of sessions whose deck is unknown."""
        return sum(1 for record in self.records if not record.prompts)

    @property
    def prompts_shown(self) -> int:
        """Return the number of prompts shown on screen."""
        return sum(record.prompts_shown for record in self.records)

    @property
    def count_notes(self) -> int:
        """Return the number of sessions with a process note by the facilitator."""
        return sum(1 for record in self.records if record.debrief.process_note.strip())

    def _days(self) -> list[date]:
        return [day for record in self.records if (day := local_day(record.began_wall)) is not None]


def spread(numbers: Sequence[float]) -> Spread | None:
    """Return median, minimum and maximum of numbers, None for an empty list."""
    return Spread(len(numbers), median(numbers), min(numbers), max(numbers)) if numbers else None
