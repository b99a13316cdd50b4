"""Import the transcript of a sealed copy with its recording: verified, sealed to the readers here, then admitted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.retention import StartEvent
from balint_desktop.domain.transcript.sign_off import sign_off_state
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.keys import Identity, unseal
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.recording import write_key
from balint_desktop.vault.log.transcripts import TranscriptRecord
from balint_desktop.vault.shared_transcript import ABOUT, record_from_json
from balint_desktop.vault.transcript_files import STAGED, TranscriptFiles, read_transcript_key
from balint_desktop.vault.vault import OpenVault

TRANSCRIPT_FILE = re.compile(
    rf"{STAGED}/(?:key\.age|(?:about|plan|machine|listened)\.json\.age|text/(?:[0-9]{{3,5}}|pending)\.json\.age)"
)
"""The names that a transcript's files may have in a sealed copy."""


def import_transcript(
    vault: OpenVault, source: Path, listed: Manifest, staged: Path, *, group: GroupId, readers: Sequence[str]
) -> None:
    """Stage a sealed copy's transcript beside its recording, and add its rows; do nothing where there is none.

    `source` is the copy, `listed` its list, `staged` the folder where its recording is staged. Called within the
    transaction that admits the recording, so that both are here or neither; `place_transcript` moves it then. Raise
    Trouble: TRANSCRIPT_DAMAGED, WRONG_KEY for one that is not sealed to this vault, VAULT_NEWER.
    """
    found = [name for name in listed.files if name.startswith(f"{STAGED}/")]
    if not found:
        return
    folder = staged / STAGED
    disk.remove_folder(folder)
    for name in found:
        data, path = _read_listed(source, listed, name), staged / name
        disk.make_private_folder(path.parent)
        disk.write_durably(path, data)
    key = read_transcript_key(folder, vault.secrets())
    record = _verified(folder, key, RecordingId(listed.recording))
    disk.remove_file(folder / ABOUT)
    write_key(folder, key, readers)
    vault.log.transcripts.insert_imported(record)
    if record.signed is not None:
        # The period counts from the day on which it was verified, wherever that was.
        today = vault.log.retention.today()
        day, verified = min(day_of(record.signed.wall), today), StartEvent.TRANSCRIPT_VERIFIED
        vault.log.retention.note_event(group, verified, day, record.signed.label, recording=record.recording)


def _read_listed(source: Path, listed: Manifest, name: str) -> bytes:
    """Return a listed file's bytes as they are listed, by no link. Raise Trouble TRANSCRIPT_DAMAGED."""
    path = source / name
    steps = [source.joinpath(*path.relative_to(source).parts[:depth]) for depth in range(1, 4)]
    try:
        if TRANSCRIPT_FILE.fullmatch(name) and not any(disk.is_link(step) for step in steps):
            data = disk.read_small_file(path)
            if hashlib.sha256(data).hexdigest() == listed.files[name].sha256:
                return data
    except OSError as error:
        raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=name) from error
    raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=name)


def _verified(folder: Path, key: Identity, recording: RecordingId) -> TranscriptRecord:
    """Read every file of a staged transcript, and return its record. Raise Trouble TRANSCRIPT_DAMAGED, VAULT_NEWER."""
    try:
        record = record_from_json(unseal(disk.read_small_file(folder / ABOUT), [key.secret]))
    except OSError as error:
        raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=ABOUT) from error
    if (record.recording, record.recipient) != (recording, key.recipient):
        raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=names.KEY)
    files = TranscriptFiles(folder, key)
    files.plan()
    files.machine_text()
    # What is open is counted here: a list of another vault is not believed.
    state = sign_off_state(files.text(), files.listened(), ())
    files.retire()
    return record.with_open(state.open)
