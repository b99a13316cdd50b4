"""Add and remove readers, from now on or for earlier recordings too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed.keys import parse_recipient
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.recordings import RecordingRow
from balint_desktop.vault.reseal import ResealResult, Sealer


@dataclass(frozen=True, slots=True)
class ReaderService:
    """Operations on the readers of groups. Each is recorded in the audit trail; a restart finishes an interrupted one.

    `sealer` raises Trouble VAULT_LOCKED if the keys are not in memory.
    """

    log: Log
    sealer: Callable[[], Sealer]

    def save_group(self, group: Group) -> None:
        """Save a group, and record changes of its readers in the audit trail. Raise Trouble LAST_READER."""
        if not group.this_vault_reads and not group.readers:
            raise Trouble(TroubleCode.LAST_READER, name=group.name)
        before = next((g for g in self.log.groups.groups() if g.id == group.id), Group(group.id, ""))
        with self.log.together():
            self.log.groups.save_group(group)
            self._chain(before, group, earlier=False)

    def groups(self) -> tuple[Group, ...]:
        """Return every group."""
        return self.log.groups.groups()

    def count(self, groups: Sequence[GroupId]) -> int:
        """Return the number of recordings of these groups."""
        return sum(len(self.recordings_of(group)) for group in groups)

    def add(self, groups: Sequence[GroupId], reader: Reader, *, earlier: bool) -> ResealResult:
        """Let a reader open these groups' future recordings, and optionally earlier ones. Raise Trouble."""
        parse_recipient(reader.recipient)

        def with_reader(readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
            return (*(r for r in readers if r.recipient != reader.recipient), reader)

        return self._change(groups, with_reader, earlier=earlier)

    def remove_reader(self, groups: Sequence[GroupId], recipient: str, *, earlier: bool) -> ResealResult:
        """Stop sealing to a reader. Files already copied stay readable to them. Raise Trouble LAST_READER."""

        def without(readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
            return tuple(r for r in readers if r.recipient != recipient)

        return self._change(groups, without, earlier=earlier)

    def _change(
        self,
        groups: Sequence[GroupId],
        changed: Callable[[tuple[Reader, ...]], tuple[Reader, ...]],
        *,
        earlier: bool,
    ) -> ResealResult:
        sealer = self.sealer()
        begun = self.log.keys.resealings()
        closed: list[RecordingId] = []
        with self.log.together():
            for before in (self.log.groups.group(group) for group in groups):
                after = replace(before, readers=changed(before.readers))
                if not after.this_vault_reads and not after.readers:
                    raise Trouble(TroubleCode.LAST_READER, name=before.name)
                self.log.groups.save_group(after)
                self._chain(before, after, earlier=earlier)
                for row in self.recordings_of(before.id) if earlier else ():
                    readers = begun[row.id] if row.id in begun else _readers_of(sealer, row)
                    if readers is None:
                        closed.append(row.id)
                    elif changed(readers) != readers:
                        self.log.keys.intend_resealing(row.id, changed(readers))
        resealed = sealer.finish()
        return ResealResult(resealed.done, (*closed, *resealed.left))

    def recordings_of(self, group: GroupId) -> tuple[RecordingRow, ...]:
        """Return the existing recordings of a group; a destroyed one exists as long as its approved text does."""
        sessions = {row.id for row in self.log.sessions.sessions(group)}
        destroyed = set(self.log.keys.destroyed()) - {one.recording for one in self.log.approved.all()}
        return tuple(r for r in self.log.recordings.recordings() if r.session in sessions and r.id not in destroyed)

    def _chain(self, before: Group, after: Group, *, earlier: bool) -> None:
        def details(recipient: str) -> dict[str, str | float | None]:
            return {"group": after.id, "recipient": recipient, "earlier": earlier}

        old, new = ({reader.recipient for reader in group.readers} for group in (before, after))
        for recipient in sorted(new - old):
            self.log.audit.add(AuditAct.READER_ADDED, details(recipient))
        for recipient in sorted(old - new):
            self.log.audit.add(AuditAct.READER_TAKEN_OFF, details(recipient))
        if before.this_vault_reads != after.this_vault_reads:
            self.log.audit.add(AuditAct.VAULT_READS, {"group": after.id, "reads": after.this_vault_reads})


def _readers_of(sealer: Sealer, row: RecordingRow) -> tuple[Reader, ...] | None:
    """Return a recording's recipients besides this vault, None if this vault cannot reseal it."""
    if not row.this_vault_reads:
        return None
    try:
        return sealer.readers_of(row)
    except Trouble:
        # The folder is missing or unreadable: it is reported, and the others continue.
        return None
