"""Rosters of an open vault: read, write and destroy the names behind codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.names_in_text import names_in
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed import rewrite_file
from balint_desktop.sealed.keys import Identity, seal
from balint_desktop.vault import roster_files
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log


def _has_names_of(roster: Roster, before: Person) -> bool:
    """Return whether a roster still has a person's name, and what the person is called."""
    after = roster.person(before.code)
    return after is not None and after.name == before.name and set(before.short_names) <= set(after.short_names)


def _no_changes() -> None:
    """Do nothing in the log."""


@dataclass(frozen=True, slots=True)
class RosterService:
    """Operations on rosters. `identities` raises Trouble VAULT_LOCKED if the keys are not in memory."""

    places: VaultLayout
    log: Log
    clock: Clock
    identities: Callable[[], tuple[Identity, ...]]

    def has(self, group: GroupId) -> bool:
        """Return whether a group has a roster. Needs no key, and reveals none of its contents."""
        return self.places.roster(group).exists()

    def read(self, group: GroupId) -> Roster:
        """Return a group's roster, empty if it has none. Raise Trouble VAULT_LOCKED, SEALED_DAMAGED."""
        identities = self.identities()
        self.recover()
        return roster_files.read(self.places.roster(group), identities)

    def names_in(self, group: GroupId | None, text: str) -> tuple[str, ...]:
        """Return the words of a text that name somebody in a group's roster; none where it cannot be read now."""
        if group is None or not text or not self.has(group):
            return ()
        try:
            return names_in(text, self.read(group).people)
        except Trouble:
            # Locked or damaged: a note must not wait for that.
            return ()

    def save(self, rosters: Mapping[GroupId, Roster], beside: Callable[[], None] = _no_changes) -> None:
        """Save rosters, and run `beside` on the log, all or none. Raise Trouble, HELD among them.

        A legal hold on a group retains every name in its roster.
        The files are written to a staging folder first; they take effect with the log's transaction, even after a kill.
        """
        recipient = self.identities()[0].recipient
        changed: dict[GroupId, Roster] = {}
        for group, roster in rosters.items():
            before = self.read(group)
            if roster != before:
                changed[group] = roster
            if any(not _has_names_of(roster, person) for person in before.people):
                self.log.holds.require_free_group(group)
        changes: dict[GroupId, str] = {}
        try:
            for group, roster in changed.items():
                changes[group] = rewrite_file.write_aside(
                    self.places.roster(group), seal(roster.to_json(), [recipient])
                )
            with self.log.together():
                beside()
                for group, sha256 in changes.items():
                    self.log.rosters.intend(group, sha256)
                    self.log.audit.add(AuditAct.ROSTER_KEPT, {"group": group, "sha256": sha256})
        except BaseException:
            if not changes.items() <= self.log.rosters.changes().items():
                for group in changes:
                    rewrite_file.roll_back(self.places.roster(group))
            raise
        self.recover()

    def destroy(self, group: GroupId) -> None:
        """Destroy a roster for good, and what is beside it: codes stay in the log, with no link to a person.

        Raise Trouble HELD.
        """
        self.identities()
        self.log.holds.require_free_group(group)
        self.recover()
        if not any(path.exists() for path in roster_files.files_of(self.places, group)):
            return
        with self.log.together():
            self.log.rosters.intend_destroying(group, self.clock.now().wall)
            self.log.audit.add(AuditAct.ROSTER_DESTROYING_ASKED, {"group": group})
        self.recover()

    def note_export(self, group: GroupId, sha256: str) -> None:
        """Record in the audit trail that the names were exported unencrypted, with the file's SHA-256."""
        self.log.audit.add_export(AuditAct.ROSTER_TAKEN_OUT, {"group": group, "sha256": sha256})

    def recover(self) -> None:
        """Finish interrupted changes. Raise Trouble."""
        roster_files.recover(self.places, self.log, self.clock.now().wall)
