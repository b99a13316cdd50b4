"""MembersService: change members, with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.roster.plan_import import ImportPlan
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.vault.members import MemberService
from balint_desktop.vault.rosters import RosterService


class NamesAccess(Protocol):
    """Whether names are readable now, and the passphrase request if they are not."""

    def are_available(self) -> bool:
        """Return whether the vault is unlocked."""
        ...

    def ask(self) -> None:
        """Ask for the passphrase, then return to this page."""
        ...


@dataclass(frozen=True, slots=True)
class MembersService:
    """Change members and names. Each method returns whether it succeeded; errors are reported."""

    members: MemberService
    rosters: RosterService
    keys: NamesAccess
    messages: Messages
    undoing: UndoStack
    today: Callable[[], date]

    def names(self, group: GroupId) -> Roster | None:
        """Return a group's names; None if unreadable, which is reported."""
        with self.messages.attempt():
            return self.rosters.read(group)
        return None

    def join(self, group: Group, day: date, person: Person) -> bool:
        """Add a member under the next code."""

        def act() -> None:
            code = self.members.join(group.id, day, person)
            words = tr("{code} was added to {group} from {day}.").format(
                code=code, group=group.name, day=day_words(day)
            )
            self.undoing.push(words, lambda: self.members.undo_adding(group.id, [code]))

        return self.messages.attempted(act)

    def leave(self, group: Group, member: Participant, day: date) -> bool:
        """Record that a member left."""
        words = tr("{code} was marked as left on {day}.").format(code=member.code, day=day_words(day))
        return self._set_left(group, member, day, words)

    def mark_returned(self, group: Group, member: Participant) -> bool:
        """Record that a member returned."""
        return self._set_left(group, member, None, tr("{code} was marked as returned.").format(code=member.code))

    def _set_left(self, group: Group, member: Participant, day: date | None, words: str) -> bool:
        def act() -> None:
            self.members.set_left(group.id, member.code, day)
            self.undoing.push(words, lambda: self.members.set_left(group.id, member.code, member.left))

        return self.messages.attempted(act)

    def delete_unused(self, group: Group, member: Participant) -> bool:
        """Delete an unused code, which was never assigned."""

        def act() -> None:
            known = self.rosters.read(group.id).person(member.code) if self.rosters.has(group.id) else None
            named = [known] if known is not None else []
            self.members.undo_adding(group.id, [member.code])
            words = tr("{code} was deleted.").format(code=member.code)
            self.undoing.push(words, lambda: self.members.import_members(group.id, [member], named))

        return self.messages.attempted(act)

    def move(self, group: Group, member: Participant, to: Group, day: date) -> bool:
        """Move a member to another group."""

        def act() -> None:
            fresh = self.members.move(group.id, member.code, to.id, day)
            words = tr("{code} moved to {group} as {fresh} from {day}.").format(
                code=member.code, fresh=fresh, group=to.name, day=day_words(day)
            )
            self.undoing.push(words, lambda: self.members.undo_move(group.id, member, to.id, fresh))

        return self.messages.attempted(act)

    def change(self, group: Group, member: Participant, seat: int | None, person: Person | None) -> bool:
        """Save a member's seat and, if names are readable, name and contact."""

        def act() -> None:
            before = self.members.change(group.id, member.code, seat, person)
            words = tr("{code} was updated.").format(code=member.code)
            self.undoing.push(words, lambda: self._restore(group.id, member, before))

        return self.messages.attempted(act)

    def _restore(self, group: GroupId, member: Participant, before: Person | None) -> None:
        self.members.change(group, member.code, member.seat, before)

    def import_roster(self, group: Group, plan: ImportPlan, day: date | None) -> bool:
        """Import a previewed roster in full, or nothing."""

        def act() -> None:
            joining = [Participant(code, joined=day) for code in plan.joining]
            codes = [person.code for person in plan.named_rows if person.code not in plan.joining]
            roster = self.rosters.read(group.id)
            before = [person for person in roster.people if person.code in codes]
            self.members.import_members(group.id, joining, plan.named_rows)
            count = len(plan.named_rows)
            words = tr_n("{n} name was imported.", "{n} names were imported.", count).format(n=count)
            self.undoing.push(words, lambda: self.members.undo_adding(group.id, plan.joining, codes, before))

        return self.messages.attempted(act)

    def destroy_names(self, group: Group) -> bool:
        """Destroy a group's names permanently."""

        def act() -> None:
            self.rosters.destroy(group.id)
            self.messages.inform(
                tr("The names of {group} were destroyed. Its codes stay in the log.").format(group=group.name)
            )

        return self.messages.attempted(act)
