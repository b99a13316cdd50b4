"""Finish a key renewal: reseal every recording, drop the old identity, rekey the log.

It is done while the vault is opened, after a kill as at the first time, and nothing else is written meanwhile.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import SealedKey, read_key, reader_count, sealed_key, write_keys
from balint_desktop.vault import renewal_files, roster_files
from balint_desktop.vault.analysis.store import resealed_keys
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.database import rekey
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.recordings import RecordingRow
from balint_desktop.vault.renewal_files import RenewalLayout
from balint_desktop.vault.reseal import Sealer
from balint_desktop.vault.secret import VaultSecret, final_secret


@dataclass(frozen=True, slots=True)
class Renewed:
    """A renewal's result, reported once: recordings, rosters and studies that need the old key, which is retained."""

    left: tuple[RecordingId, ...] = ()
    rosters_left: tuple[GroupId, ...] = ()
    studies_left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedLog:
    """An open log, the current secret, and a renewal's result if one was finished."""

    log: Log
    secret: VaultSecret
    renewed: Renewed | None = None


def open_log(places: VaultLayout, secret: VaultSecret, clock: Clock) -> OpenedLog:
    """Open the log, and finish a renewal in progress, under the vault's lock. Raise Trouble.

    A disk error while finishing does not prevent opening: the next opening tries again.
    """
    _roll_forward(places)
    log = Log(places.log, secret.log_key, clock)
    if not renewal_files.can_be_finished(places.folder) or not secret.next_log_key:
        return OpenedLog(log, secret)
    try:
        rosters_left = roster_files.reseal_all(places, log, secret.identities, clock.now().wall)
        studies = [one.id for one in log.studies.all()]
        study_keys, studies_left = resealed_keys(studies, (places.studies, places.new_studies), secret.identities)
        left = _reseal_all(places, log, secret, study_keys)
        _chain(log, secret, len(left) + len(rosters_left) + len(studies_left))
        if left or rosters_left or studies_left:
            renewal_files.abandon_renewal(places.folder)
            return OpenedLog(log, secret, Renewed(left, rosters_left, tuple(studies_left)))
    except Trouble:
        return OpenedLog(log, secret)
    try:
        # Copies of earlier versions are sealed with the key being removed.
        earlier_copies.delete_copies(places.log)
    except Trouble:
        return OpenedLog(log, secret)
    log.close()
    try:
        _rekeyed_copy(places, secret)
        renewal_files.recover(places.folder)
    except Trouble:
        if renewal_files.has_later_log(places.folder):
            raise
        return _open_current_log(places, secret, clock)
    return OpenedLog(Log(places.log, secret.next_log_key, clock), final_secret(secret), Renewed())


def _roll_forward(places: VaultLayout) -> None:
    with contextlib.suppress(Trouble):
        renewal_files.delete_prepared(places.folder)
    try:
        renewal_files.roll_forward(places.folder)
    except Trouble:
        if renewal_files.has_later_log(places.folder):
            raise


def _open_current_log(places: VaultLayout, secret: VaultSecret, clock: Clock) -> OpenedLog:
    """Return the log under whichever key it currently has, after a disk error between the two."""
    try:
        return OpenedLog(Log(places.log, secret.log_key, clock), secret)
    except Trouble as trouble:
        if trouble.code is not TroubleCode.LOG_DAMAGED:
            raise
        return OpenedLog(Log(places.log, secret.next_log_key, clock), final_secret(secret), Renewed())


def _chain(log: Log, secret: VaultSecret, left: int) -> None:
    details: dict[str, str | float | None] = {"recipient": secret.recipient, "left": left}
    if not log.audit.has(AuditAct.KEYS_RENEWED, details):
        log.audit.add(AuditAct.KEYS_RENEWED, details)


def _rekeyed_copy(places: VaultLayout, secret: VaultSecret) -> None:
    """Write a copy of the log under its new key next to the final files. Raise Trouble."""
    journal = places.log.with_name(f"{places.log.name}-wal")
    with disk.report_disk_errors(places.folder):
        if journal.exists() and journal.stat().st_size:
            # The log is still open elsewhere: a copy of the file alone would lack its latest rows.
            raise Trouble(TroubleCode.VAULT_IN_USE, folder=str(places.folder))
        data = places.log.read_bytes()
    copy = RenewalLayout(places.folder).new / places.log.name
    for stale in copy.parent.glob(f"{copy.name}*"):
        disk.remove_file(stale)
    disk.write_durably(copy, data)
    rekey(copy, secret.log_key, secret.next_log_key)


def _reseal_all(
    places: VaultLayout, log: Log, secret: VaultSecret, study_keys: Sequence[SealedKey]
) -> tuple[RecordingId, ...]:
    """Seal every recording's key to the new identity; return those that still need the old one. Raise Trouble.

    `study_keys` are sealed to it already, and written with them. Readers are unchanged. Keys sealed to other recipients
    only are skipped.
    """
    sealer = Sealer(places, log, secret.identities)
    destroyed = log.keys.destroyed()
    rows = {row.id: row for row in log.recordings.recordings()}
    folders = {RecordingId(path.name): path for path in sorted(places.recordings.glob("*")) if path.is_dir()}
    left = [
        recording for recording, row in rows.items() if recording not in {*folders, *destroyed} and row.this_vault_reads
    ]
    sealed: list[SealedKey] = []
    # Approved texts outlast their recordings.
    folders |= {one.recording: places.recording(one.recording) for one in log.approved.all()}
    for recording, folder in folders.items():
        is_destroyed = recording in destroyed
        for one in (*(() if is_destroyed else (folder,)), *sealer.texts_of(recording)):
            if _opens(one, sealer.identities[:1]):
                continue
            try:
                sealed += _sealed(sealer, one, rows.get(recording))
            except _OldKeyNeeded:
                left.append(recording)
    write_keys([*sealed, *study_keys])
    return tuple(dict.fromkeys(left))


class _OldKeyNeeded(Exception):  # noqa: N818  an outcome rather than an error
    """A recording's key opens with the old identity only, or may once its copy is restored."""


def _sealed(sealer: Sealer, folder: Path, row: RecordingRow | None) -> list[SealedKey]:
    """Return one recording's key sealed to the new identity, empty if never this vault's. Raise _OldKeyNeeded."""
    try:
        key = read_key(folder, sealer.secrets)
        others = _other_recipients(sealer, folder, row)
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY:
            return []
        raise _OldKeyNeeded from trouble
    if others is None:
        raise _OldKeyNeeded
    return [SealedKey(folder, sealed_key(key, [sealer.identities[0].recipient, *others]))]


def _opens(folder: Path, identities: Sequence[Identity]) -> bool:
    try:
        read_key(folder, [one.secret for one in identities])
    except Trouble:
        return False
    return True


def _other_recipients(sealer: Sealer, folder: Path, row: RecordingRow | None) -> tuple[str, ...] | None:
    """Return the recipients besides this vault, None if unknown: they must not be dropped unasked."""
    if row is None:
        return () if reader_count(folder) == 1 else None
    readers = sealer.readers_of(row)
    return None if readers is None else tuple(reader.recipient for reader in readers)
