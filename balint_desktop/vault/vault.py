"""The open vault: log, recordings, and what it can read in each state."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.recorder import PartPlace
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionId, new_id
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.fingerprint import compute_fingerprint
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.reading import has_sound, is_being_written
from balint_desktop.sealed.recording import create_recording, read_key
from balint_desktop.vault import consent_gate, destruction, recovery_proof, renewal_files
from balint_desktop.vault.analysis.store import StudyStore
from balint_desktop.vault.approved_files import ApprovedWriter
from balint_desktop.vault.layout import VaultLayout, is_unwritable, make_private
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.members import MemberService
from balint_desktop.vault.readers import ReaderService
from balint_desktop.vault.recovery import discard_begun_texts, end_replaced_secrets, recover
from balint_desktop.vault.renewal import Renewed, open_log
from balint_desktop.vault.reseal import Sealer
from balint_desktop.vault.rosters import RosterService
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.state import VaultState
from balint_desktop.vault.study_texts import StudyTextFollower
from balint_desktop.vault.word_removal import WordRemover


class OpenVault:
    """A vault whose secret is known. One process at a time has it open.

    *Open*: all operations. *In session*: the log can be written, and the keys that open recordings are removed from
    memory. *Locked*: as in session, and no new recording may start; one in progress continues.
    """

    def __init__(self, folder: Path, secret: VaultSecret, clock: Clock) -> None:
        """Take the vault's lock and open its log. Raise Trouble."""
        self.places = VaultLayout(folder)
        self._clock = clock
        self._lock = FileLock(self.places.lock)
        if not self._try_lock():
            raise Trouble(TroubleCode.VAULT_IN_USE, folder=str(folder))
        with contextlib.ExitStack() as undo:
            undo.callback(self._lock.release)
            make_private(folder)
            opened = open_log(self.places, secret, clock)
            undo.callback(opened.log.close)
            end_replaced_secrets(self.places)
            try:
                recover(self.places, opened.log)
            except Trouble:
                if not is_unwritable(folder):
                    raise
            undo.pop_all()
        self.log = opened.log
        self.renewed = opened.renewed
        self._recipient = opened.secret.recipient
        self._identities: tuple[Identity, ...] = opened.secret.identities
        self.state = VaultState.OPEN
        self.recovery_trouble: Trouble | None = None
        self.passphrase_trouble: Trouble | None = None
        # Held while a part's audio is replaced, and while a part is compared with its fingerprint.
        self.files_still = threading.RLock()
        # Held by a background thread while it needs the log; closing waits for it. Acquire after the other.
        self.log_stays = threading.RLock()
        self.readers = ReaderService(self.log, self._sealer)
        self.rosters = RosterService(self.places, self.log, clock, self._held_identities)
        self.members = MemberService(self.log, self.rosters)
        self.studies = StudyStore(
            *(self.places.studies, self.places.new_studies, self.log, self._recipient), self._held_identities
        )
        self._finish_interrupted()
        self.prove_keys()

    def prove_keys(self) -> tuple[Trouble, ...]:
        """Compare the two sealed key files with the log, mend one copy from the other; return what is wrong."""
        self.recovery_trouble = recovery_proof.prove_recovery(self.log, self.folder)
        self.passphrase_trouble = recovery_proof.prove_passphrase(self.log, self.folder)
        return self.key_troubles

    @property
    def key_troubles(self) -> tuple[Trouble, ...]:
        """What the last look at the sealed key files found."""
        found = (self.recovery_trouble, self.passphrase_trouble)
        return tuple(trouble for trouble in found if trouble is not None)

    def warnings(self) -> tuple[Trouble, ...]:
        """Return what to say of the vault once it is open: a key that may open nothing, a disk that is full."""
        return (*self.key_troubles, *((self.read_only,) if self.read_only is not None else ()))

    def _try_lock(self) -> bool:
        with disk.report_disk_errors(self.folder):
            try:
                return self._lock.try_acquire()
            except OSError:
                if not is_unwritable(self.folder):
                    raise
                return self._lock.try_acquire_without_writing()

    @property
    def read_only(self) -> Trouble | None:
        """Why the vault is open for reading only: OPEN_FOR_READING_FULL or OPEN_FOR_READING_ONLY; None if it is not.

        It ends when there is room again; but a log that was read into memory stays so until the vault is opened again.
        """
        if disk.is_read_only(self.folder):
            return Trouble(TroubleCode.OPEN_FOR_READING_ONLY, folder=str(self.folder))
        if self.log.read_only is not None or is_unwritable(self.folder):
            return Trouble(TroubleCode.OPEN_FOR_READING_FULL, folder=str(self.folder))
        return None

    def _finish_interrupted(self) -> None:
        """Finish what a kill interrupted. A disk error does not prevent opening; the next opening tries again."""
        with contextlib.suppress(Trouble):
            destruction.finish_marked(self.places, self.log, self._clock.now().wall, self._identities)
            destruction.finish_destruction(self.places, self.log, self._clock.now().wall)
        with contextlib.suppress(Trouble):
            destruction.finish_transcript_deletion(self.places, self.log)
        with contextlib.suppress(Trouble):
            self.word_remover().finish()
        with contextlib.suppress(Trouble):
            self.approved_writer().finish()
        with contextlib.suppress(Trouble):
            discard_begun_texts(self.log, self.recording_folders())
        with contextlib.suppress(Trouble):
            self.studies.recover()
        self.follow_texts()
        with contextlib.suppress(Trouble):
            self._sealer().finish()
        with contextlib.suppress(Trouble):
            self.rosters.recover()

    @property
    def folder(self) -> Path:
        """Return the vault's folder."""
        return self.places.folder

    @property
    def recipient(self) -> str:
        """Return this vault's own recipient (age1…): public, so it is there while the vault is locked too."""
        return self._recipient

    def secrets(self) -> tuple[str, ...]:
        """Return the secret keys of this vault. Raise Trouble VAULT_LOCKED if they are not in memory."""
        return tuple(identity.secret for identity in self._held_identities())

    def identities(self) -> tuple[Identity, ...]:
        """Return this vault's own identities, the current one first. Raise Trouble VAULT_LOCKED."""
        return self._held_identities()

    def _held_identities(self) -> tuple[Identity, ...]:
        if self.state is not VaultState.OPEN:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        return self._identities

    def _sealer(self) -> Sealer:
        self.secrets()
        return Sealer(self.places, self.log, self._identities)

    def word_remover(self) -> WordRemover:
        """Return what removes words from this vault's transcripts. Raise Trouble VAULT_LOCKED."""
        return WordRemover(self.places, self.log, self._held_identities())

    def approved_writer(self) -> ApprovedWriter:
        """Return what writes and destroys this vault's approved texts. Raise Trouble VAULT_LOCKED."""
        return ApprovedWriter(self.places, self.log, self._held_identities(), self.follow_texts)

    def follow_texts(self) -> None:
        """Take out of every study what was taken out of its texts. A study that does not open now follows later."""
        StudyTextFollower(self.places, self.log, self.studies, self.secrets()).follow()

    def begin_session(self) -> None:
        """Release the keys that open recordings while a session runs."""
        self._release_keys(VaultState.IN_SESSION)

    def lock(self) -> None:
        """Release the keys, and refuse new recordings."""
        self._release_keys(VaultState.LOCKED)

    def _release_keys(self, state: VaultState) -> None:
        self._identities = ()
        self.state = state
        self.studies.close()

    def unlock(self, secret: VaultSecret) -> None:
        """Load the keys again."""
        self._identities = secret.identities
        self.state = VaultState.OPEN

    def pop_renewed(self) -> Renewed | None:
        """Return, once, the result of a renewal finished while this vault was opened."""
        renewed, self.renewed = self.renewed, None
        return renewed

    def confirm_renewal(self) -> None:
        """Put prepared new keys into effect, and close: opening with the new passphrase finishes it. Raise Trouble.

        Every other path, a kill included, leads through opening, too.
        """
        self.secrets()
        recovery_proof.expect_renewed(self.log, self.folder)
        renewal_files.confirm(self.folder)
        self.close()

    def note_passphrase_changed(self) -> None:
        """Record in the audit trail that the passphrase was changed, and the file that was sealed with it."""
        self.log.audit.add(AuditAct.PASSPHRASE_CHANGED, {})
        self.passphrase_trouble = recovery_proof.prove_passphrase(self.log, self.folder)

    def close(self) -> None:
        """Close the log and release the vault, once no file is being moved."""
        self._release_keys(VaultState.LOCKED)
        with self.log_stays:
            with contextlib.suppress(Trouble):
                self.log.audit.add_waiting()
            self.log.close()
            self._lock.release()

    # --- recordings ---

    def new_recording(self, group: Group, session: SessionId) -> RecordingId:
        """Create a recording's key, sealed to the group's readers, before its first sample. Raise Trouble."""
        if self.state is VaultState.LOCKED:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        readers = self.readers_of(group)
        recording = RecordingId(new_id())
        folder = self.places.recording(recording)
        try:
            key = create_recording(folder, readers)
            with self.log.together():
                self.log.recordings.add(recording, session, key.recipient, this_vault_reads=group.opens_here)
                self.log.keys.set_sealed_to(recording, group.readers)
                consent_gate.note_purposes(self.log, recording, session)
        except Trouble:
            # A folder missing from the log raises an alarm; one that is still empty must not.
            destruction.discard_recording(folder)
            raise
        self.log.audit.add(AuditAct.RECORDING_MADE, {"recording": recording})
        return recording

    def readers_of(self, group: Group) -> list[str]:
        """Return the recipients that a group's recordings are sealed to. Raise Trouble LAST_READER.

        While an assessor awaits grades, this vault is none of them, not even entered under another label.
        """
        readers = [self._recipient] if group.opens_here else []
        readers += dict.fromkeys(reader.recipient for reader in group.readers)
        if group.awaits_grades:
            readers = [recipient for recipient in readers if recipient != self._recipient]
        if not readers:
            raise Trouble(TroubleCode.LAST_READER, name=group.name)
        return readers

    def next_part(self, recording: RecordingId, *, resuming: bool = False) -> PartPlace:
        """Return the path for a recording's next part. Raise Trouble, KeyError.

        Nothing starts while the vault is locked; but a recording in progress may be resumed after a device loss.
        A failed start leaves its number to the next one.
        """
        if self.state is VaultState.LOCKED and not resuming:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        if recording in self.log.keys.destroyed():
            raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording)
        row = self.log.recordings.recording(recording)
        last = row.parts[-1] if row.parts else None
        if last is not None and last.sha256 is None and not self.part_folder(recording, last.part).exists():
            number = last.part
        else:
            number = self.log.recordings.add_part(recording)
        return PartPlace(recording, number, self.part_folder(recording, number), row.recipient)

    def part_folder(self, recording: RecordingId, number: int) -> Path:
        """Return the folder of one part."""
        return self.places.recording(recording) / names.part_name(number)

    def finish_part(
        self, recording: RecordingId, number: int, seconds: float, sha256: str | None, *, at_recovery: bool = False
    ) -> None:
        """Store a finished part's length and fingerprint. Raise Trouble.

        If its recorder died without reporting the fingerprint, it is computed now, as first seen at recovery.
        """
        if sha256 is None:
            sha256 = self._fingerprint(recording, number)
            at_recovery = sha256 is not None
        self.log.recordings.finish_part(recording, number, seconds, sha256, at_recovery=at_recovery)
        details: dict[str, str | float | None] = {"recording": recording, "part": number, "sha256": sha256}
        self.log.audit.add(AuditAct.PART_FINISHED, {**details, "first_seen_at_recovery": at_recovery})

    def _fingerprint(self, recording: RecordingId, number: int) -> str | None:
        """Return the fingerprint of a part on the disk, None if it is missing or a recorder is writing it."""
        folder = self.part_folder(recording, number)
        if not has_sound(folder) or is_being_written(folder):
            return None
        with disk.report_disk_errors(folder):
            return compute_fingerprint(folder)

    def recording_key(self, recording: RecordingId) -> Identity:
        """Return the key that opens a recording. Raise Trouble: VAULT_LOCKED, WRONG_KEY if sealed to others only."""
        return read_key(self.places.recording(recording), self.secrets())

    def destroy(self, recording: RecordingId, reason: str, *, witness: str = "") -> None:
        """Destroy a recording and its transcript for good, on a full disk too.

        An approved text stays, unless somebody withdrew and the approval's rule asks for it to be destroyed.
        Raise Trouble PART_IN_USE, RECORDING_MISSING, VAULT_LOCKED, HELD, LINK_IN_VAULT, DISK_READ_ONLY.
        """
        self.secrets()
        with self.files_still, self.log_stays:
            with contextlib.suppress(Trouble):
                # A version on its way into its place is there before its recording goes.
                self.approved_writer().finish()
            wall = self._clock.now().wall
            request = destruction.DestructionRequest(recording, reason, wall, witness)
            try:
                destruction.record_intent(self.places, self.log, request)
            except Trouble as trouble:
                if trouble.code is not TroubleCode.DISK_FULL:
                    raise
                destruction.destroy_to_make_room(self.places, self.log, request, self._identities)
                with contextlib.suppress(Trouble):
                    # Where that room is not enough for it, the next opening finishes it.
                    self.approved_writer().finish()
                return
            destruction.finish_destruction(self.places, self.log, wall)
            self.approved_writer().finish()

    def recording_folders(self) -> dict[RecordingId, Path]:
        """Return every recording on the disk, known to the log or not. A link is none."""
        if not self.places.recordings.is_dir():
            return {}
        return {
            RecordingId(path.name): path
            for path in sorted(self.places.recordings.iterdir())
            if path.is_dir() and not disk.is_link(path)
        }
