"""Admit a recording from a sealed copy: its group and session, the key resealed, the terms it travelled with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.domain.study.shared_session import SharedSession
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId, new_id
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.recording import write_key
from balint_desktop.vault.destruction import discard_recording
from balint_desktop.vault.import_transcript import import_transcript
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.imported_copies import ImportedCopyRow
from balint_desktop.vault.log.recordings import PartRow
from balint_desktop.vault.shared_copy import FoundCopy, require_absent
from balint_desktop.vault.state import VaultState
from balint_desktop.vault.transcript_files import place_transcript
from balint_desktop.vault.vault import OpenVault


@dataclass(frozen=True, slots=True)
class CopyTarget:
    """Where a recording goes: a group here, or a new one of that name. The name stays in this vault."""

    group: GroupId | None = None
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class PendingCopy:
    """A recording being copied from a sealed copy into the staging folder, and the group that it will belong to."""

    found: FoundCopy
    shared: SharedSession
    group: Group
    folder: Path
    is_new_group: bool = False
    joining: tuple[ParticipantCode, ...] = ()

    @property
    def recording(self) -> RecordingId:
        """Return the recording's id."""
        return self.found.recording

    def part(self, number: int) -> Path:
        """Return the folder of one part."""
        return self.folder / names.part_name(number)


@dataclass(frozen=True, slots=True)
class ImportedCopy:
    """The result: which recording, in which group, and the kinds whose period here differs from the one it came with.

    Where they differ, the group's own counts.
    """

    recording: RecordingId
    shared: SharedSession
    group: Group
    is_new_group: bool
    differing: tuple[RetainedKind, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyGroups:
    """The groups that a recording may go to, those made by an earlier import first.

    `suggested` is the one that its session belongs to, None where there is none; `is_only` whether no other will do,
    since another recording of the session is in it.
    """

    offered: tuple[Group, ...] = ()
    suggested: GroupId | None = None
    is_only: bool = False


def copy_groups(vault: OpenVault, shared: SharedSession | None) -> CopyGroups:
    """Return the groups for a session from elsewhere; None for a copy of an earlier version, which does not say."""
    imported = vault.log.imported_copies.groups()
    groups = tuple(sorted(vault.log.groups.groups(), key=lambda group: group.id not in imported))
    if shared is None:
        return CopyGroups(groups)
    held = _held_by(vault, shared)
    if held is not None:
        return CopyGroups(tuple(group for group in groups if group.id == held), held, is_only=True)
    return CopyGroups(groups, shared.group if any(group.id == shared.group for group in groups) else None)


def _held_by(vault: OpenVault, shared: SharedSession) -> GroupId | None:
    """Return the group here that has the session already, None where it is not here."""
    try:
        return vault.log.sessions.session(shared.session).setting.group
    except KeyError:
        return None


def begin_copy(vault: OpenVault, found: FoundCopy, shared: SharedSession, target: CopyTarget) -> PendingCopy:
    """Choose the group, and seal the recording's key to its readers in the staging folder. Raise Trouble.

    SHARED_COPY_IS_HERE and _DESTROYED_HERE, GROUP_MISSING, GROUP_UNNAMED, MEMBER_MISSING, LAST_READER,
    SHARED_COPY_OTHER_GROUP.
    """
    if vault.state is not VaultState.OPEN:
        raise Trouble(TroubleCode.VAULT_LOCKED)
    require_absent(vault, found.recording)
    folder = vault.places.import_staging / found.recording
    pending = _for_group(vault, found, shared, target, folder)
    readers = vault.readers_of(pending.group)
    # What an earlier try left is nobody's: it has no row.
    discard_recording(folder)
    disk.make_private_folder(vault.places.import_staging)
    try:
        disk.make_private_folder(folder)
        write_key(folder, found.key, readers)
    except BaseException:
        discard_recording(folder)
        raise
    return pending


def admit_copy(vault: OpenVault, pending: PendingCopy, parts: Sequence[PartRow], clock: Clock) -> ImportedCopy:
    """Admit a recording that is copied and verified: all rows in one transaction, then the move. Raise Trouble.

    After a crash in between, opening the vault finishes the move.
    """
    wall, shared, log = clock.now().wall, pending.shared, vault.log
    with log.together():
        differing = _save_group(vault, pending, wall)
        _save_session(vault, pending, wall)
        log.recordings.add(
            pending.recording, shared.session, pending.found.key.recipient, this_vault_reads=pending.group.opens_here
        )
        for part in parts:
            log.recordings.insert_part(pending.recording, part)
        log.keys.set_sealed_to(pending.recording, pending.group.readers)
        log.consents.note_purposes(pending.recording, shared.purposes)
        row = ImportedCopyRow(pending.recording, wall, pending.found.manifest_sha256, shared.shared_for)
        log.imported_copies.add(row)
        log.audit.add(AuditAct.SHARED_COPY_IMPORTED, _details(pending, parts))
        found, group = pending.found, pending.group
        readers = vault.readers_of(group)
        import_transcript(vault, found.folder, found.manifest, pending.folder, group=group.id, readers=readers)
    place_transcript(pending.folder, vault.places.transcript(pending.recording))
    with disk.report_disk_errors(vault.folder):
        disk.make_private_folder(vault.places.recordings)
        disk.replace(pending.folder, vault.places.recording(pending.recording))
        disk.flush_folder(vault.places.recordings)
    return ImportedCopy(pending.recording, shared, pending.group, pending.is_new_group, differing)


def discard_copy(vault: OpenVault, pending: PendingCopy) -> None:
    """Delete the sealed files of a failed or cancelled import, unless its rows are committed: the move is then due."""
    if vault.log.imported_copies.find(pending.recording) is None:
        discard_recording(pending.folder)


def _for_group(
    vault: OpenVault, found: FoundCopy, shared: SharedSession, target: CopyTarget, folder: Path
) -> PendingCopy:
    groups = {group.id: group for group in vault.log.groups.groups()}
    held = _held_by(vault, shared)
    if held is not None and held in groups and target.group != held:
        raise Trouble(TroubleCode.SHARED_COPY_OTHER_GROUP, name=groups[held].name)
    codes = shared.codes
    if target.group is None:
        name = one_line(target.new_name)
        if not name:
            raise Trouble(TroubleCode.GROUP_UNNAMED)
        new = _new_group(shared, name, is_taken=shared.group in groups)
        return PendingCopy(found, shared, new, folder, is_new_group=True)
    if target.group not in groups:
        raise Trouble(TroubleCode.GROUP_MISSING, name=target.group)
    group = groups[target.group]
    if group.id not in vault.log.imported_copies.groups():
        # Codes must mean the same people: a group that is led here has its own.
        group.require(codes)
        return PendingCopy(found, shared, group, folder)
    known = {member.code for member in group.participants}
    return PendingCopy(found, shared, group, folder, joining=tuple(code for code in codes if code not in known))


def _new_group(shared: SharedSession, name: str, *, is_taken: bool) -> Group:
    return Group(
        GroupId(new_id()) if is_taken else shared.group,
        name,
        sessions=shared.group_sessions,
        participants=tuple(Participant(code) for code in shared.codes),
        format_key=shared.format_key,
        for_research=shared.for_research,
        # Asked of whoever leads, where it was led. Readers are chosen there so that an assessor is none of them.
        leader_assesses=False if shared.for_research else None,
    )


def _save_group(vault: OpenVault, pending: PendingCopy, wall: float) -> tuple[RetainedKind, ...]:
    """Save a new group, or complete one that is here; return the kinds whose period here differs. Raise Trouble."""
    log, group, shared = vault.log, pending.group, pending.shared
    if pending.is_new_group:
        vault.readers.save_group(group)
        log.imported_copies.mark_group(group.id, wall)
    for code in pending.joining:
        log.groups.add_member(group.id, Participant(code))
    if log.consents.study(group.id) is None and shared.study != Study():
        log.consents.save_study(group.id, shared.study)
    here = log.retention.clocks(group.id).clocks
    for kind, period in shared.periods.items():
        if kind not in here:
            log.retention.set_clock(group.id, kind, period)
    return tuple(kind for kind, period in shared.periods.items() if kind in here and here[kind] != period)


def _save_session(vault: OpenVault, pending: PendingCopy, wall: float) -> None:
    """Save the session, unless another recording of it came before, or it was led here. Raise Trouble."""
    shared, sessions = pending.shared, vault.log.sessions
    try:
        sessions.session(shared.session)
    except KeyError:
        setting = SessionSetting(pending.group.id, shared.number, shared.kind, shared.format_key, shared.format_text)
        sessions.insert_imported(
            shared.session, setting, shared.facts, overlay=shared.overlay, entered_wall=shared.entered_wall
        )
        vault.log.imported_copies.mark_session(shared.session, wall)


def _details(pending: PendingCopy, parts: Sequence[PartRow]) -> dict[str, str | float | None]:
    """Return what the audit trail says: ids and fingerprints, and nobody who was there."""
    details: dict[str, str | float | None] = {
        "recording": pending.recording,
        "session": pending.shared.session,
        "group": pending.group.id,
        "manifest": pending.found.manifest_sha256,
    }
    return details | {f"sha256 of part {part.part}": part.sha256 for part in parts}
