"""Labels for people in the room: codes, seats, or initials. Held in memory alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from balint_desktop.domain.group.group import Participant, RoomLabels
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.values import ParticipantCode

NO_NAMES = Roster()


def initials(name: str) -> str:
    """Return the first letters of a name's words, at most three; empty for an empty name."""
    return "".join(word[0].upper() for word in name.replace("-", " ").split() if word[0].isalpha())[:3]


def labels_in_room(
    members: Iterable[Participant], chosen: RoomLabels, seat: Callable[[int], str], names: Roster = NO_NAMES
) -> Mapping[ParticipantCode, str]:
    """Return what stands for each member; `seat` words a seat's number.

    A member without a seat or a name keeps the code, and so do two who would be shown alike: nobody is taken for
    somebody else.
    """
    people = tuple(members)
    wanted = {member.code: _label(member, chosen, seat, names) or member.code for member in people}
    count = Counter(wanted.values())
    return {code: label if count[label] == 1 else f"{label} {code}" for code, label in wanted.items()}


def _label(member: Participant, chosen: RoomLabels, seat: Callable[[int], str], names: Roster) -> str:
    if chosen is RoomLabels.SEATS:
        return seat(member.seat) if member.seat is not None else ""
    return initials(names.name_of(member.code)) if chosen is RoomLabels.INITIALS else ""
