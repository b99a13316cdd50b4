"""Rosters of an open vault: read, write and destroy the names behind codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed import rewrite_file
from balint_desktop.sealed.keys import Identity, seal
from balint_desktop.vault import roster_files
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log


def _nothing() -> None:
    """Do nothing beside."""


@dataclass(frozen=True, slots=True)
class RosterService:
    """What is done with rosters. `identities` raises Trouble VAULT_LOCKED where the keys are gone from memory."""

    places: VaultLayout
    log: Log
    clock: Clock
    identities: Callable[[], tuple[Identity, ...]]

    def has(self, group: GroupId) -> bool:
        """Tell whether a group has a roster. It needs no key, and says nothing of what is in it."""
        return self.places.roster(group).exists()

    def read(self, group: GroupId) -> Roster:
        """Return a group's roster, empty where it has none. Raise Trouble VAULT_LOCKED, SEALED_DAMAGED."""
        identities = self.identities()
        self.settle()
        return roster_files.read(self.places.roster(group), identities)

    def keep(self, rosters: Mapping[GroupId, Roster], beside: Callable[[], None] = _nothing) -> None:
        """Keep rosters, and in the log what `beside` does: all of it, or nothing. Raise Trouble, HELD among them.

        A legal hold on a group keeps every name that is there.
        The files are written aside first; they count as soon as the log's transaction does, a kill notwithstanding.
        """
        recipient = self.identities()[0].recipient
        changed: dict[GroupId, Roster] = {}
        for group, roster in rosters.items():
            before = self.read(group)
            if roster != before:
                changed[group] = roster
            if any(roster.name_of(person.code) != person.name for person in before.people):
                self.log.holds.require_free_group(group)
        aside: dict[GroupId, str] = {}
        try:
            for group, roster in changed.items():
                aside[group] = rewrite_file.write_aside(self.places.roster(group), seal(roster.to_json(), [recipient]))
            with self.log.together():
                beside()
                for group, sha256 in aside.items():
                    self.log.rosters.intend(group, sha256)
                    self.log.audit.add(AuditAct.ROSTER_KEPT, {"group": group, "sha256": sha256})
        except BaseException:
            if not aside.items() <= self.log.rosters.changes().items():
                for group in aside:
                    rewrite_file.roll_back(self.places.roster(group))
            raise
        self.settle()

    def destroy(self, group: GroupId) -> None:
        """Destroy a roster for good: codes stay in the log, and nothing says any more whose. Raise Trouble HELD."""
        self.identities()
        self.log.holds.require_free_group(group)
        self.settle()
        if not self.has(group):
            return
        with self.log.together():
            self.log.rosters.intend_destroying(group, self.clock.now().wall)
            self.log.audit.add(AuditAct.ROSTER_DESTROYING_ASKED, {"group": group})
        self.settle()

    def note_taken_out(self, group: GroupId, sha256: str) -> None:
        """Chain that the names were written into a file in the clear, by its SHA-256."""
        self.log.audit.add(AuditAct.ROSTER_TAKEN_OUT, {"group": group, "sha256": sha256})

    def settle(self) -> None:
        """Finish what was cut short. Raise Trouble."""
        roster_files.recover(self.places, self.log, self.clock.now().wall)
