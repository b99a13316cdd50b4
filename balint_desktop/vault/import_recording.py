"""Admit an imported recording: consent gate, own key, log rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group, recording_available
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionId, new_id
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.recording import create_recording
from balint_desktop.vault.consent_gate import note_purposes
from balint_desktop.vault.destruction import discard_recording
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.state import VaultState
from balint_desktop.vault.vault import OpenVault

_PART = 1


@dataclass(frozen=True, slots=True)
class PendingImport:
    """A recording being imported: sealed in a staging folder until it is complete."""

    recording: RecordingId
    session: SessionId
    group: Group
    folder: Path
    recipient: str
    offset_s: float

    @property
    def part(self) -> Path:
        """Return the path of its only part."""
        return self.folder / names.part_name(_PART)


@dataclass(frozen=True, slots=True)
class SealedImport:
    """The sealed audio: its length, its fingerprint, and the import's report on the file."""

    seconds: float
    sha256: str
    report: ImportReport


def require_importable(vault: OpenVault, session: SessionId) -> Group:
    """Return the group of a session that a recording may be imported into.

    Raise Trouble: SESSION_MISSING, SESSION_NOT_CLOSED, or RECORDING_NOT_AVAILABLE, which gives no reason. The gate is
    the room's: everyone who attended must have agreed, and by the group's rule every member of that day. People
    recorded as present at first and people added by a correction both count: a correction opens no gate.
    """
    try:
        row = vault.log.sessions.session(session)
    except KeyError as error:
        raise Trouble(TroubleCode.SESSION_MISSING, name=session) from error
    if not row.closed:
        raise Trouble(TroubleCode.SESSION_NOT_CLOSED)
    group = next((one for one in vault.log.groups.groups() if one.id == row.setting.group), None)
    facts = vault.log.sessions.facts(session)
    state = replay(parse_format(row.setting.format_text), facts)
    present = state.attended | set(row.corrected.over(Field.PRESENT, ()))
    leaders = vault.log.leaders.leaders(session)
    if group is not None:
        that_day = group.on(day_of(facts[0].at.wall), also=present)
        others_agree = leaders.allow_recording and not state.observer_refused
        if recording_available(that_day, present, others_agree=others_agree):
            return group
    raise Trouble(TroubleCode.RECORDING_NOT_AVAILABLE)


def begin_import(vault: OpenVault, session: SessionId, offset_s: float) -> PendingImport:
    """Pass the gate, and create a recording's key in staging, sealed to the group's readers. Raise Trouble."""
    if vault.state is VaultState.LOCKED:
        raise Trouble(TroubleCode.VAULT_LOCKED)
    group = require_importable(vault, session)
    recording = RecordingId(new_id())
    folder = vault.places.import_staging / recording
    disk.make_private_folder(vault.places.import_staging)
    try:
        key = create_recording(folder, vault.readers_of(group))
    except BaseException:
        discard_recording(folder)
        raise
    return PendingImport(recording, session, group, folder, key.recipient, offset_s)


def admit_import(vault: OpenVault, pending: PendingImport, sealed: SealedImport, original: str, clock: Clock) -> None:
    """Admit a recording that is sealed completely. Raise Trouble.

    Its rows are written first, in one transaction: opening the vault then finishes the move, even after a crash.
    """
    rows = vault.log.recordings
    details: dict[str, str | float | None] = {
        "recording": pending.recording,
        "part": _PART,
        "sha256": sealed.sha256,
        "offset_s": pending.offset_s,
        "complete": "yes" if sealed.report.is_complete else "no",
    }
    with vault.log.together():
        rows.add(pending.recording, pending.session, pending.recipient, this_vault_reads=pending.group.opens_here)
        rows.finish_part(pending.recording, rows.add_part(pending.recording), sealed.seconds, sealed.sha256)
        vault.log.keys.set_sealed_to(pending.recording, pending.group.readers)
        note_purposes(vault.log, pending.recording, pending.session, attended=True)
        vault.log.transfers.add_import(pending.recording, clock.now().wall, original, sealed.report)
        vault.log.audit.add(AuditAct.RECORDING_BROUGHT_IN, details)
    with disk.report_disk_errors(vault.folder):
        disk.make_private_folder(vault.places.recordings)
        disk.replace(pending.folder, vault.places.recording(pending.recording))
        disk.flush_folder(vault.places.recordings)


def discard_import(pending: PendingImport) -> None:
    """Delete the sealed files of a failed or cancelled import."""
    discard_recording(pending.folder)
