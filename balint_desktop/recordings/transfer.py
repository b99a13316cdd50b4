"""TransferService: back up, share and import for an open vault, in steps for the log's thread or any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.session.session_record import StoredSession
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.shared_session import SharedSession
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.recordings import import_sound
from balint_desktop.recordings.import_copy import copy_in, register_copy
from balint_desktop.recordings.import_sound import Converted
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed.parcel import Packed
from balint_desktop.sealed.verified_copy import ProgressCallback
from balint_desktop.vault import parcels
from balint_desktop.vault.backup import backups_holding, plan_backup
from balint_desktop.vault.destination_warnings import DestinationWarning, read_warnings
from balint_desktop.vault.import_copy import (
    CopyGroups,
    CopyTarget,
    ImportedCopy,
    PendingCopy,
    begin_copy,
    copy_groups,
)
from balint_desktop.vault.import_recording import PendingImport, SealedImport, begin_import, require_importable
from balint_desktop.vault.log.recordings import PartRow
from balint_desktop.vault.log.summaries import SessionQuery
from balint_desktop.vault.log.transfers import ImportRow, TransferKind, TransferRow
from balint_desktop.vault.older_copy import TypedSession, typed_session
from balint_desktop.vault.parcels import ParcelPlan
from balint_desktop.vault.shared_copy import FoundCopy, read_copy, require_absent
from balint_desktop.vault.transfer import SharedCopy, plan_share, record_share
from balint_desktop.vault.vault import OpenVault


class Convert(Protocol):
    """Start converting another recorder's sound file."""

    def __call__(self, path: Path) -> Converted:
        """Return the converted sound."""
        ...


@dataclass(frozen=True, slots=True)
class TransferService:
    """Backups, shared copies and imports of one open vault. Every method raises Trouble."""

    vault: OpenVault
    recordings: RecordingService
    convert: Convert
    clock: Clock

    # --- on the log's thread ---

    def backups(self) -> tuple[TransferRow, ...]:
        """Return the backups in the log, newest first."""
        return self.vault.log.transfers.parcels(TransferKind.BACKUP)

    def backups_holding(self, recording: RecordingId) -> tuple[TransferRow, ...]:
        """Return the backups that hold a recording, or may hold it: shown when it is destroyed here."""
        return backups_holding(self.vault, recording)

    def begin_backup(self, into: Path) -> ParcelPlan:
        """Start a backup."""
        return plan_backup(self.vault, into, self.clock)

    def backed_up(self, plan: ParcelPlan, packed: Packed) -> TransferRow:
        """Record a finished backup."""
        return parcels.finish(self.vault, plan, packed)

    def begin_share(self, recording: RecordingId, purpose: Purpose, into: Path) -> ParcelPlan:
        """Start sharing a sealed copy of a recording, behind the consent gate."""
        return plan_share(self.vault, recording, purpose, into, self.clock)

    def note_shared(self, plan: ParcelPlan, packed: Packed) -> SharedCopy:
        """Record a finished shared copy."""
        return record_share(self.vault, plan, packed)

    def shares(self, recording: RecordingId) -> tuple[TransferRow, ...]:
        """Return the destinations of a recording's shared copies, newest first."""
        rows = self.vault.log.transfers.holding(recording, TransferKind.HAND_OVER)
        return tuple(row for row in rows if recording in row.files)

    def give_up(self, plan: ParcelPlan) -> None:
        """Record that an unfinished copy failed."""
        parcels.abandon(self.vault, plan)

    def sessions(self) -> tuple[StoredSession, ...]:
        """Return the sessions that a file may be imported into."""
        rows = self.vault.log.summaries.rows(self.vault.log.summaries.ids(SessionQuery()))
        accepting = [
            row.session for row in rows if row.closed and row.group is not None and self._accepts_import(row.session)
        ]
        return self.recordings.sessions(accepting)

    def begin_import(self, session: SessionId, offset_s: float) -> PendingImport:
        """Check the import gate, and create a recording's key."""
        return begin_import(self.vault, session, offset_s)

    def finish_import(self, pending: PendingImport, sealed: SealedImport, original: str) -> None:
        """Register an imported recording in the log."""
        import_sound.register_import(self.vault, pending, sealed, original, self.clock)

    def check_copy(self, found: FoundCopy) -> None:
        """Check that the recording of a sealed copy is not here, and was not destroyed here."""
        require_absent(self.vault, found.recording)

    def typed_session(self, number: int, day: date) -> TypedSession:
        """Check the number and day typed for a copy of an earlier version."""
        return typed_session(number, day, self.vault.log.retention.today())

    def copy_groups(self, shared: SharedSession | None) -> CopyGroups:
        """Return the groups that a session from elsewhere may go to, and the one it belongs to."""
        return copy_groups(self.vault, shared)

    def begin_copy(self, found: FoundCopy, shared: SharedSession, target: CopyTarget) -> PendingCopy:
        """Choose the group of a sealed copy, and reseal its key."""
        return begin_copy(self.vault, found, shared, target)

    def finish_copy(self, pending: PendingCopy, parts: tuple[PartRow, ...]) -> ImportedCopy:
        """Register a recording that was copied in."""
        return register_copy(self.vault, pending, parts, self.clock)

    def originals_to_wipe(self) -> tuple[ImportRow, ...]:
        """Return the original files that may still be on a recorder, unencrypted."""
        return self.vault.log.transfers.to_wipe()

    def note_wiped(self, recording: RecordingId) -> None:
        """Record that the original was wiped."""
        self.vault.log.transfers.note_wiped(recording)

    def _accepts_import(self, session: SessionId) -> bool:
        try:
            require_importable(self.vault, session)
        except Trouble:
            return False
        return True

    # --- on any thread ---

    def copy(self, plan: ParcelPlan, on_progress: ProgressCallback) -> Packed:
        """Make and verify the copy that was begun."""
        return parcels.copy(plan, on_progress)

    def seal_import(self, pending: PendingImport, file: Path, on_progress: ProgressCallback) -> SealedImport:
        """Convert a file and seal it aside."""
        return import_sound.seal_converted(pending, self.convert(file), on_progress)

    def read_copy(self, folder: Path) -> FoundCopy:
        """Read the sealed copy in a folder."""
        return read_copy(folder, self.vault.secrets())

    def copy_in(self, pending: PendingCopy, on_progress: ProgressCallback) -> tuple[PartRow, ...]:
        """Copy the files of a sealed copy aside and verify them."""
        return copy_in(pending, on_progress)

    def remarks(self, into: Path) -> tuple[DestinationWarning, ...]:
        """Return warnings about a destination folder."""
        return read_warnings(into)
