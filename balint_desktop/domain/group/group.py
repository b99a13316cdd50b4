"""A group and its participants, and whether everyone present has agreed to recording."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionKind, participant_code

EVALUATION_FORMAT = "evaluation"
ONLINE_EVALUATION_FORMAT = "evaluation-online"

MAX_MEMBERS = 30
"""More than any Balint group has: beyond that a typing error is likelier than a group."""


class Weekday(StrEnum):
    """The group's usual day."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class RoomLabels(StrEnum):
    """What stands for a person in the room, where the group can see the screen."""

    CODES = "codes"
    SEATS = "seats"
    INITIALS = "initials"


class RecordingRule(StrEnum):
    """Who decides on recording: every current member for the whole block, or only the people in the room."""

    ALL_MEMBERS = "all-members"
    THOSE_PRESENT = "those-present"


@dataclass(frozen=True, slots=True)
class Participant:
    """One member of a group, by code alone. Names are in the roster.

    `joined` and `left` are days; None means from the beginning, or still a member. A member is
    never removed from the list, so that a code always means the same person.

    `agreed_to_recording` is the latest answer, and `answered` whether there is any: then only the group's
    consent records change it.
    """

    code: ParticipantCode
    agreed_to_recording: bool = False
    seat: int | None = None
    joined: date | None = None
    left: date | None = None
    answered: bool = field(default=False, compare=False)

    def belongs_on(self, day: date) -> bool:
        """Return whether this is a member on that day: from the day of joining, and before the day of leaving."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day < self.left)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may open a group's recordings: a label for people, and an age recipient (age1…) for machines."""

    label: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Group:
    """A Balint group: its frame, its members by code, and who may open its recordings.

    `this_vault_reads` is False where this vault must not be able to open recordings; then only `readers` can.
    `room_labels` is what the room shows for a person, `opening_min` the length of *Open* in minutes; None where it is
    the format's. `leader_assesses` answers whether whoever leads also assesses these students, None while not
    answered; `grades_final` is the day on which their grades were final.
    """

    id: GroupId
    name: str
    sessions: int = 6
    participants: tuple[Participant, ...] = ()
    weekday: Weekday | None = None
    format_key: str = "student-hour"
    support: str = ""
    for_research: bool = False
    this_vault_reads: bool = True
    readers: tuple[Reader, ...] = ()
    room_labels: RoomLabels = RoomLabels.CODES
    opening_min: int | None = None
    recording_rule: RecordingRule = RecordingRule.ALL_MEMBERS
    leader_assesses: bool | None = None
    grades_final: date | None = None

    @property
    def awaits_grades(self) -> bool:
        """Whether recordings and questionnaires are closed to this vault: an assessor leads, and grades are open."""
        return self.leader_assesses is True and self.grades_final is None

    @property
    def lacks_assessment_answer(self) -> bool:
        """Whether it was not yet said whether whoever leads also assesses these students, which is no "no".

        Asked where a group is studied; until it is answered nothing is recorded, and no answers are taken.
        """
        return self.for_research and self.leader_assesses is None

    @property
    def opens_here(self) -> bool:
        """Whether what is recorded now is sealed to this vault, too."""
        return self.this_vault_reads and not self.awaits_grades

    def participant(self, code: ParticipantCode) -> Participant:
        """Return the member with that code, or raise KeyError."""
        for participant in self.participants:
            if participant.code == code:
                return participant
        raise KeyError(code)

    def format_for(self, kind: SessionKind, *, online: bool) -> str:
        """Return the key of the format used for a session of the group; `online` is whether its format is held so."""
        if kind is not SessionKind.EVALUATION:
            return self.format_key
        return ONLINE_EVALUATION_FORMAT if online else EVALUATION_FORMAT

    def require(self, codes: Iterable[ParticipantCode]) -> None:
        """Check that all these codes are members. Raise Trouble MEMBER_MISSING."""
        known = [participant.code for participant in self.participants]
        for code in codes:
            if code not in known:
                raise Trouble(TroubleCode.MEMBER_MISSING, name=self.name, member=code)

    def on(self, day: date, also: Collection[ParticipantCode] = ()) -> Group:
        """Return the group with only the members of that day, who can be in the room, and `also` those who were."""
        return replace(self, participants=tuple(p for p in self.participants if p.belongs_on(day) or p.code in also))

    def next_code(self) -> ParticipantCode:
        """Return the code for the next new member. A code is never reused. Raise ValueError."""
        return participant_code(1 + max((int(p.code[1:]) for p in self.participants), default=0))


def new_participants(count: int) -> tuple[Participant, ...]:
    """Return `count` new members, P1 onwards, without any consent."""
    return tuple(Participant(participant_code(number)) for number in range(1, count + 1))


def decides_on_recording(group: Group, present: Iterable[ParticipantCode]) -> frozenset[ParticipantCode]:
    """Return whose agreement recording needs: of a group on its day, all its members and everyone in the room.

    With the rule *those present*, attendance shows who has not agreed: recording is available on the days they miss.
    """
    members = group.participants if group.recording_rule is RecordingRule.ALL_MEMBERS else ()
    return frozenset(present) | {member.code for member in members}


def recording_available(group: Group, present: Iterable[ParticipantCode], *, others_agree: bool = True) -> bool:
    """Return whether recording is available: everyone who decides has agreed, and the recording has a reader.

    In a study it must also be answered whether whoever leads assesses these students.

    `group` holds the members of that day (`Group.on`). `others_agree` is the agreement of everyone in the room who has
    no code: co-leaders, observers, visitors. One answer for the room, without a code or a reason, to protect those who
    have not agreed (Ng, Seu & Cullum 2022: written consent of each before the first session).
    """
    in_room = frozenset(present)
    if not in_room or not others_agree or not (group.opens_here or group.readers) or group.lacks_assessment_answer:
        return False
    agreed = {member.code for member in group.participants if member.agreed_to_recording}
    return decides_on_recording(group, in_room) <= agreed
