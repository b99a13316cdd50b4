"""Add, remove, return and transfer members of groups, audited by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.group.roster import Person
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.rosters import RosterService


@dataclass(frozen=True, slots=True)
class MemberService:
    """Operations on members. If a name is involved, roster and log change together or not at all."""

    log: Log
    rosters: RosterService

    def group(self, group: GroupId) -> Group:
        """Return the current state of a group. Raise KeyError."""
        return self.log.groups.group(group)

    def groups(self) -> tuple[Group, ...]:
        """Return every group."""
        return self.log.groups.groups()

    def is_held(self, group: GroupId) -> bool:
        """Return whether a group has held a session."""
        return bool(self.log.dates.held(group))

    def join(self, group: GroupId, day: date | None, person: Person | None = None) -> ParticipantCode:
        """Add a member under the next code, whichever code `person` has.

        Raise Trouble GROUP_FULL, and VAULT_LOCKED if a name is given.
        """
        code = _next_code(self.group(group))
        named = [replace(person, code=code)] if person is not None and person.name.strip() else []
        self.import_members(group, [Participant(code, joined=day)], named)
        return code

    def import_members(self, group: GroupId, joining: Sequence[Participant], named: Sequence[Person]) -> None:
        """Add several members with their names, all or none. Raise Trouble."""

        def rows() -> None:
            for member in joining:
                self.log.groups.add_member(group, member)
                self.log.audit.add(AuditAct.MEMBER_JOINED, _member_details(group, member.code, member.joined))

        if named:
            self.rosters.save({group: self.rosters.read(group).with_people(named)}, rows)
        else:
            with self.log.together():
                rows()

    def undo_adding(
        self,
        group: GroupId,
        joined: Sequence[ParticipantCode],
        named: Sequence[ParticipantCode] = (),
        before: Sequence[Person] = (),
    ) -> None:
        """Undo adding those members and their names; `before` are those of them who had a name already.

        Raise Trouble MEMBER_IN_USE.
        """
        self._require_unused(group, joined)

        def rows() -> None:
            self._drop(group, joined)

        if self.rosters.has(group):
            self.rosters.save({group: self.rosters.read(group).without(*joined, *named).with_people(before)}, rows)
        else:
            with self.log.together():
                rows()

    def is_referred_to(self, group: GroupId, code: ParticipantCode) -> bool:
        """Return whether a session, a consent or any other row refers to a code."""
        return self.log.groups.is_referred_to(group, code)

    def set_left(self, group: GroupId, code: ParticipantCode, day: date | None) -> None:
        """Record the day a member left, or, with None, that they are back. No reason is stored. Raise Trouble."""
        member = self.group(group).participant(code)
        with self.log.together():
            self.log.groups.change_member(group, replace(member, left=day))
            act = AuditAct.MEMBER_LEFT if day is not None else AuditAct.MEMBER_CAME_BACK
            self.log.audit.add(act, _member_details(group, code, day))

    def change(self, group: GroupId, code: ParticipantCode, seat: int | None, person: Person | None) -> Person | None:
        """Save a member's seat and, unless None, the name behind the code. Return the previous name.

        Raise Trouble VAULT_LOCKED if a name is to be stored, or, with an empty one, deleted.
        """

        def rows() -> None:
            self.log.groups.change_member(group, replace(self.group(group).participant(code), seat=seat))

        if person is None:
            with self.log.together():
                rows()
            return None
        roster = self.rosters.read(group)
        self.rosters.save({group: roster.with_people([person])}, rows)
        return roster.person(code) or Person(code, "")

    def move(self, group: GroupId, code: ParticipantCode, to: GroupId, day: date) -> ParticipantCode:
        """Move a member to another group under a new code; the name moves along, consents do not.

        Raise Trouble GROUP_FULL, and VAULT_LOCKED if there is a name. Only the rosters link the two codes.
        """
        member = self.group(group).participant(code)
        fresh = _next_code(self.group(to))

        def rows() -> None:
            self.set_left(group, code, day)
            self.log.groups.add_member(to, Participant(fresh, joined=day))
            self.log.audit.add(AuditAct.MEMBER_JOINED, _member_details(to, fresh, day))

        if not self.rosters.has(group):
            with self.log.together():
                rows()
            return fresh
        person = self.rosters.read(group).person(member.code)
        there = {to: self.rosters.read(to).with_people([replace(person, code=fresh)])} if person is not None else {}
        self.rosters.save(there, rows)
        return fresh

    def undo_move(self, group: GroupId, before: Participant, to: GroupId, fresh: ParticipantCode) -> None:
        """Undo a member's move to another group. Raise Trouble MEMBER_IN_USE."""
        self._require_unused(to, [fresh])

        def rows() -> None:
            self._drop(to, [fresh])
            self.set_left(group, before.code, before.left)

        if self.rosters.has(to):
            self.rosters.save({to: self.rosters.read(to).without(fresh)}, rows)
        else:
            with self.log.together():
                rows()

    def _require_unused(self, group: GroupId, codes: Sequence[ParticipantCode]) -> None:
        for code in codes:
            if self.log.groups.is_referred_to(group, code):
                raise Trouble(TroubleCode.MEMBER_IN_USE, member=code)

    def _drop(self, group: GroupId, codes: Sequence[ParticipantCode]) -> None:
        for code in codes:
            self.log.groups.delete_member(group, code)
            self.log.audit.add(AuditAct.MEMBER_TAKEN_BACK, _member_details(group, code, None))


def _next_code(group: Group) -> ParticipantCode:
    try:
        return group.next_code()
    except ValueError as error:
        raise Trouble(TroubleCode.GROUP_FULL, name=group.name) from error


def _member_details(group: GroupId, code: ParticipantCode, day: date | None) -> dict[str, str | float | None]:
    return {"group": group, "code": code, "day": day.isoformat() if day is not None else None}
