"""Crash recovery of one session's recording: finish parts whose recorder or app died, and report how much is sealed."""

from __future__ import annotations

from balint_desktop.domain.session.facts import RecordingStarted
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.recordings.playable import playable_audio
from balint_desktop.sealed.fingerprint import compute_fingerprint
from balint_desktop.sealed.reading import has_sound, is_being_written, last_written_wall, read_part
from balint_desktop.vault.vault import OpenVault


def finish_open_parts(vault: OpenVault, session: SessionId) -> RecordingId | None:
    """Record the fingerprints of unfinished parts, and return the session's recording, None without one.

    A part whose recorder still runs is left alone. Fingerprints taken now are marked as first seen at recovery.
    Raise Trouble.
    """
    row = next((r for r in vault.log.recordings.recordings() if r.session == session and r.has_sound), None)
    if row is None:
        return None
    with vault.files_still:
        _finish_parts(vault, row.id)
    return row.id


def _finish_parts(vault: OpenVault, recording: RecordingId) -> None:
    row = vault.log.recordings.recording(recording)
    for part in row.parts:
        folder = vault.part_folder(row.id, part.part)
        if part.sha256 is None and has_sound(folder) and not is_being_written(folder):
            seconds = _read_seconds(vault, row.id, part.part) or _written_seconds(vault, row.id, part.part) or 0.0
            vault.finish_part(row.id, part.part, seconds, compute_fingerprint(folder), at_recovery=True)


def last_part_sealed_s(vault: OpenVault, recording: RecordingId) -> float | None:
    """Return how many seconds of a recording's last part are sealed, None if unknown. Raise Trouble.

    For a part that this vault cannot open, or whose key was destroyed, the file's modification time is used.
    """
    row = vault.log.recordings.recording(recording)
    if not row.parts or recording in vault.log.keys.destroyed():
        return None
    part = row.parts[-1].part
    if row.this_vault_reads:
        return _read_seconds(vault, recording, part)
    return _written_seconds(vault, recording, part)


def _read_seconds(vault: OpenVault, recording: RecordingId, part: int) -> float | None:
    """Return how many seconds of a part are sealed, None if this vault cannot open it. Raise Trouble."""
    if not vault.log.recordings.recording(recording).this_vault_reads:
        return None
    key = vault.recording_key(recording)
    return playable_audio(read_part(vault.part_folder(recording, part), [key.secret])).seconds


def _written_seconds(vault: OpenVault, recording: RecordingId, part: int) -> float | None:
    """Return how long a part was written to, None if unknown.

    From its start in the session's facts to the last modification of its files.
    """
    facts = vault.log.sessions.facts(vault.log.recordings.recording(recording).session)
    begun = [f.at.wall for f in facts if isinstance(f, RecordingStarted) and (f.recording, f.part) == (recording, part)]
    last = last_written_wall(vault.part_folder(recording, part))
    return max(0.0, last - begun[-1]) if begun and last is not None else None
