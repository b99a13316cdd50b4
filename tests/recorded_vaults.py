"""Vaults with recordings in them, for tests of their keys: one is made, the others are copies of it."""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from vaults import make_vault

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind, participant_code
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.sealed.keys import Identity, new_identity, unseal
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import PartState, read_part
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault import renewal_files
from balint_desktop.vault.opening import secret_by_recovery_key
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.vault import OpenVault

STUDY = new_identity()
COORDINATOR = new_identity()
TRANSCRIBER = new_identity()
OURS = Group(GroupId("ours"), "Block B", readers=(Reader("Study", STUDY.recipient),))
THEIRS = Group(
    GroupId("theirs"),
    "Block C",
    this_vault_reads=False,
    readers=(Reader("Study", STUDY.recipient), Reader("Coordinator", COORDINATOR.recipient)),
)
NEW_PASSPHRASE = "other wide rivers beneath the orchard"
NAMES = Roster((Person(participant_code(1), "Somebody of Block B", "somebody@example.org"),))
SOUND = b"what was said" * 9000


@dataclass(frozen=True)
class Recorded:
    """A vault with two recordings of a group that it reads, and one of a group that excludes it."""

    folder: Path
    secret: VaultSecret
    ours: tuple[RecordingId, ...]
    theirs: RecordingId
    recovery_key: str

    def open(self, secret: VaultSecret | None = None) -> OpenVault:
        return OpenVault(self.folder, secret or self.secret, SystemClock())

    def message(self, **more: object) -> bytes:
        """Return the message to killed_child.py about this vault."""
        return json.dumps({"folder": str(self.folder), "secret": self.secret.to_text(), **more}).encode()

    def key_folder(self, recording: RecordingId) -> Path:
        return self.folder / "recordings" / recording

    def opens(self, recording: RecordingId, *identities: Identity) -> bool:
        """Return whether a recording's whole sound opens with these identities."""
        folder = self.key_folder(recording)
        key = read_key(folder, [one.secret for one in identities])
        sound = read_part(folder / "01", [key.secret])
        return sound.state is PartState.COMPLETE and sound.ogg == SOUND

    def is_gone(self, recording: RecordingId) -> bool:
        return not self.key_folder(recording).exists()


def opens_with(world: Recorded, recording: RecordingId, *identities: Identity) -> bool:
    """Return whether a recording opens with these identities, or is not sealed to any of them."""
    try:
        return world.opens(recording, *identities)
    except Trouble as trouble:
        if trouble.code is not TroubleCode.WRONG_KEY:
            raise
        return False


def record(vault: OpenVault, group: Group, number: int) -> RecordingId:
    """Record one part of a session of a group."""
    text = FormatLibrary(vault.folder / "none", shipped_bank()).text("student-hour")
    session = vault.log.sessions.start(SessionSetting(group.id, number, SessionKind.CASE, "student-hour", text))
    vault.log.sessions.add_fact(session, f.Began(at=SystemClock().now()))
    recording = vault.new_recording(group, session)
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(SOUND)
    result = writer.close(PartFacts(offset_s=0.0))
    vault.finish_part(recording, place.part, 60.0, result.sha256)
    return recording


@functools.cache
def _template() -> Recorded:
    aside = Path(tempfile.mkdtemp(prefix="recorded-template-"))
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    made = make_vault(aside / "vault")
    vault = made.open()
    for group in (OURS, THEIRS):
        vault.readers.save_group(group)
    ours = (record(vault, OURS, 1), record(vault, OURS, 2))
    theirs = record(vault, THEIRS, 1)
    vault.rosters.save({OURS.id: NAMES})
    vault.close()
    return Recorded(made.folder, made.secret, ours, theirs, made.recovery_key)


def recorded(folder: Path) -> Recorded:
    """Return a vault with recordings, in a folder that does not exist yet."""
    template = _template()
    shutil.copytree(template.folder, folder)
    return Recorded(folder, template.secret, template.ours, template.theirs, template.recovery_key)


@dataclass(frozen=True)
class Prepared:
    """A vault with recordings, and beside it new keys that a child prepared for it while it was open."""

    vault: Recorded
    recovery_key: str
    both: VaultSecret
    aside: Path

    @property
    def folder(self) -> Path:
        return self.vault.folder

    def put_in(self) -> None:
        """Copy the prepared keys into the open vault: opening it would discard them."""
        self.aside.rename(renewal_files.RenewalLayout(self.folder).prepared)

    def confirm(self) -> Prepared:
        """Confirm the new keys."""
        vault = self.vault.open()
        try:
            self.put_in()
            vault.confirm_renewal()
        finally:
            vault.close()
        return self

    def restart(self) -> tuple[OpenVault, VaultSecret]:
        """Open the vault as after a kill, with the valid recovery key; return it and the secret it gave."""
        holds = renewal_files.current_files(self.folder) != self.folder
        ways = (self.recovery_key,) if holds else (self.recovery_key, self.vault.recovery_key)
        secret = next(s for s in (_secret(self.folder, way) for way in ways) if s is not None)
        return self.vault.open(secret), secret


def _secret(folder: Path, recovery_key: str) -> VaultSecret | None:
    try:
        return secret_by_recovery_key(folder, recovery_key)
    except Trouble:
        return None


@functools.cache
def _prepared_template() -> tuple[Path, str, VaultSecret]:
    """Prepare once: scrypt costs seconds on purpose."""
    aside = Path(tempfile.mkdtemp(prefix="prepared-template-"))
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    vault = recorded(aside / "vault")
    recovery_key = renewal_files.prepare(vault.folder, vault.secret, NEW_PASSPHRASE)
    places = renewal_files.RenewalLayout(vault.folder)
    return places.prepared, recovery_key, secret_in(places.prepared / "both", recovery_key)


def secret_in(folder: Path, recovery_key: str) -> VaultSecret:
    """Return the secret in a folder's recovery file."""
    return VaultSecret.from_text(unseal((folder / "recovery.age").read_bytes(), [recovery_key]).decode())


def prepared(folder: Path) -> Prepared:
    """Return a vault whose new keys are prepared, in a folder that does not exist yet."""
    files, recovery_key, both = _prepared_template()
    aside = folder.with_name(f"{folder.name}-aside")
    shutil.copytree(files, aside)
    return Prepared(recorded(folder), recovery_key, both, aside)
