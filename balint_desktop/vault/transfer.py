"""Share a sealed copy of a recording, with a page on how to open it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk, keys, names
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import Packed
from balint_desktop.vault import parcel_files, parcels
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.parcels import ParcelPlan
from balint_desktop.vault.shared_session import read_shared_session
from balint_desktop.vault.shared_transcript import shared_transcript
from balint_desktop.vault.vault import OpenVault


@dataclass(frozen=True, slots=True)
class SharedCopy:
    """A recording copied elsewhere. Only if `is_as_sealed` may the one here be destroyed.

    `approved_stays` is whether there is an approved text, which does not go with it.
    """

    row: TransferRow
    is_as_sealed: bool
    approved_stays: bool = False


NAME_BEGINS = "recording-"
# No group, session or date: the folder reveals only an id, which the log of the vault it came from can resolve.
_README = """\
A sealed recording, {recording}.

Each numbered folder is one part of it, in order. Every file is a standard age file (https://age-encryption.org);
inside audio.opus.age is Ogg Opus, which most players play. It opens for its readers alone: whoever has the identity
file (AGE-SECRET-KEY-1...) of one of the keys it was sealed to. With age and ffplay installed, in this folder:

    age --decrypt --identity READER-IDENTITY.txt key.age > /dev/shm/recording.key
    age --decrypt --identity /dev/shm/recording.key 01/audio.opus.age | ffplay -
    rm /dev/shm/recording.key

/dev/shm is memory and not the disk. facts.json.age opens in the same way: it says where the part begins on the
session's clock, and which moments were struck and must not be played. A part that was cut short plays as far as it
goes. session.json.age, too: the session by codes, and what the recording may be used for.

If it was sealed to a reader key of Balint Desktop, that vault imports all of it: Import in Recordings, or the
command balint-desktop recordings import THIS-FOLDER.

If there is a folder transcript, it is the recording's transcript, sealed to the same readers by a key of its own:
transcript/key.age opens like key.age, and each file of transcript/text with it, as JSON.

manifest.json has the SHA-256 of every file.
"""


def plan_share(vault: OpenVault, recording: RecordingId, purpose: Purpose, into: Path, clock: Clock) -> ParcelPlan:
    """Collect a recording's sealed files, readable by this vault or not, and begin, behind the gate. Raise Trouble.

    Call on the log's thread; `parcels.copy` does the long work. Raise PART_IN_USE while it is being recorded, and
    PURPOSE_NOT_AGREED among others.
    """
    source = vault.places.recording(recording)
    if not (source / names.KEY).exists() or not _has_sound(vault, recording):
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording)
    pass_recording(vault.log, Door.SEALED_COPY, recording, purpose)
    with disk.report_disk_errors(source):
        files, held = parcel_files.recording_files(source)
    if held:
        raise Trouble(TroubleCode.PART_IN_USE)
    moment = parcels.new_parcel(TransferKind.HAND_OVER, clock)
    about = Manifest(moment.id, moment.kind, moment.made_wall, recording)
    session = read_shared_session(vault.log, recording, purpose)
    texts = {
        parcel_files.README: _README.format(recording=recording).encode(),
        names.SESSION: keys.seal(session.to_json(), [vault.log.recordings.recording(recording).recipient]),
        **shared_transcript(vault, recording, purpose),
    }
    plan = ParcelPlan(into / f"{NAME_BEGINS}{recording}", about, TransferKind.HAND_OVER, files, texts)
    if plan.folder.exists():
        raise Trouble(TroubleCode.COPY_EXISTS, folder=str(plan.folder))
    parcels.begin(vault, plan)
    return plan


def record_share(vault: OpenVault, plan: ParcelPlan, packed: Packed) -> SharedCopy:
    """Record in the log what was copied where, and return whether it matches what was sealed. Raise Trouble."""
    as_sealed = _is_as_sealed(vault, RecordingId(plan.about.recording), packed)
    stays = vault.log.approved.find(RecordingId(plan.about.recording)) is not None
    return SharedCopy(parcels.finish(vault, plan, packed), as_sealed, stays)


def share_recording(vault: OpenVault, recording: RecordingId, purpose: Purpose, into: Path, clock: Clock) -> SharedCopy:
    """Share a recording in one call. Raise Trouble; the destination is then left empty."""
    plan = plan_share(vault, recording, purpose, into, clock)
    return record_share(vault, plan, parcels.copy_or_abandon(vault, plan))


def _has_sound(vault: OpenVault, recording: RecordingId) -> bool:
    """Return whether there is a recording, and not a text alone; one that the log does not know is left to the gate."""
    try:
        return vault.log.recordings.recording(recording).has_sound
    except KeyError:
        return True


def _is_as_sealed(vault: OpenVault, recording: RecordingId, packed: Packed) -> bool:
    """Return whether every copied part matches its fingerprint in the log: only then may the one here be destroyed."""
    try:
        parts = vault.log.recordings.recording(recording).parts
    except KeyError:
        return False
    sent = packed.manifest.files
    known = {f"{names.part_name(part.part)}/{names.AUDIO}": part.sha256 for part in parts if part.sha256 is not None}
    return bool(known) and all(name in sent and sent[name].sha256 == sha256 for name, sha256 in known.items())
