"""Values of the accreditation record: leaders, supervision, meetings elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from balint_desktop.domain.values import SessionId

ColleagueId = NewType("ColleagueId", str)
EntryId = NewType("EntryId", str)

# A supervision note is as short as a process note, for the same reason (domain/session/debrief.py).
PATH_NOTE_LIMIT = 500


class OwnRole(StrEnum):
    """Role of the facilitator in a session, as the accreditation record distinguishes them.

    UK Balint Society pathway, balint.co.uk/leadership-2: a record of groups attended and groups led.
    """

    LEAD = "lead"
    CO_LEAD = "co-lead"
    SOLO = "solo"


class ColleagueRole(StrEnum):
    """Role of a colleague in a session. COREQ item 15 asks who was present besides participants."""

    LEAD = "lead"
    CO_LEAD = "co-lead"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Colleague:
    """A co-leader, by a label the user chose; None where accreditation is not recorded."""

    id: ColleagueId
    label: str
    accredited: bool | None = None


@dataclass(frozen=True, slots=True)
class SessionColleague:
    """A colleague in one session, with the role."""

    colleague: Colleague
    role: ColleagueRole


@dataclass(frozen=True, slots=True)
class Leaders:
    """Leaders of a session: the facilitator's role (None where not recorded) and the colleagues.

    `observers_agree` is whether everyone who observes or visits has agreed to be recorded.
    """

    own: OwnRole | None = None
    colleagues: tuple[SessionColleague, ...] = ()
    observers_agree: bool = False

    @property
    def has_observer(self) -> bool:
        """Return whether anyone observes or visits."""
        return any(one.role is ColleagueRole.OBSERVER for one in self.colleagues)

    @property
    def has_co_leader(self) -> bool:
        """Return whether a colleague leads or co-leads."""
        return any(one.role is not ColleagueRole.OBSERVER for one in self.colleagues)

    @property
    def allow_recording(self) -> bool:
        """Return whether no observer stands against recording: they count like everyone in the room."""
        return self.observers_agree or not self.has_observer

    @property
    def is_contradictory(self) -> bool:
        """Return whether a colleague led or co-led a session that is recorded as led alone."""
        return self.own is OwnRole.SOLO and self.has_co_leader


class SupervisionForm(StrEnum):
    """How supervision was held."""

    ONE_TO_ONE = "one-to-one"
    GROUP = "group"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Supervision:
    """One supervision meeting: its day, its length in minutes, and the sessions discussed.

    Supervisor and supervisee keep date, time and notes of each (BSANZ agreement, 2017). The note contains no case.
    """

    id: EntryId
    day: date
    minutes: int
    supervisor: str
    form: SupervisionForm = SupervisionForm.ONE_TO_ONE
    recordings_used: bool = False
    sessions: tuple[SessionId, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.note) > PATH_NOTE_LIMIT:
            raise ValueError(f"a note on supervision has at most {PATH_NOTE_LIMIT} characters")


class MeetingKind(StrEnum):
    """Kind of an activity outside the groups led with this laptop."""

    MEMBER = "member"
    LED = "led"
    WEEKEND = "weekend"
    INTENSIVE = "intensive"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One activity elsewhere: a day or a span of days, with its length in minutes.

    `sessions` and `cases` count its group sessions and cases, where it had any; `role` is the facilitator's
    in a group that was led elsewhere.
    """

    id: EntryId
    day: date
    kind: MeetingKind
    minutes: int
    label: str = ""
    last_day: date | None = None
    sessions: int = 1
    cases: int = 0
    role: OwnRole | None = None
    online: bool = False

    @property
    def until(self) -> date:
        """Return its last day."""
        return self.last_day or self.day


@dataclass(frozen=True, slots=True)
class LedSession:
    """One session led with this laptop: its day, the number of cases presented, the facilitator's role."""

    id: SessionId
    day: date
    title: str = ""
    cases: int = 0
    role: OwnRole | None = None
    online: bool = False
    evaluation: bool = False


@dataclass(frozen=True, slots=True)
class AccreditationFacts:
    """All records that may count towards accreditation."""

    sessions: tuple[LedSession, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    meetings: tuple[Meeting, ...] = ()
