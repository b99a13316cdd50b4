"""How the vault and the recorder fit the shapes that leading a session asks for."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.group.people import Group, Reader
from balint_desktop.domain.recorder import PartPlace
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact, RecordingStarted
from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.machine import hours_free
from balint_desktop.recordings.playable import playable_audio
from balint_desktop.sealed.fingerprint import fingerprint_of
from balint_desktop.sealed.last_written import last_written_wall
from balint_desktop.sealed.reading import has_sound, is_being_written, read_part
from balint_desktop.vault.readers import ReaderService
from balint_desktop.vault.reseal import ResealResult
from balint_desktop.vault.vault import OpenVault

# Ten minutes: with less the recorder warns at once that the disk is nearly full.
_ROOM_HOURS = 1 / 6


class LogKeeper:
    """Keeps one session in the vault's log."""

    def __init__(self, vault: OpenVault, session: SessionId) -> None:
        self._sessions = vault.log.sessions
        self._session = session

    def add_fact(self, fact: Fact) -> None:
        """Commit one fact."""
        self._sessions.add_fact(self._session, fact)

    def count_prompt(self) -> None:
        """Count one prompt shown."""
        self._sessions.count_prompt(self._session)

    def close(self, debrief: Debrief) -> None:
        """Keep what the debrief adds."""
        self._sessions.close(self._session, debrief)


class VaultRecordings:
    """Makes places for one session's recording in the vault."""

    def __init__(self, vault: OpenVault, group: Group, session: SessionId) -> None:
        self._vault = vault
        self._group = group
        self._session = session

    def new(self) -> RecordingId:
        """Make a recording's keys, and let go of the keys that could open it: the session needs none of them."""
        recording = self._vault.new_recording(self._group, self._session)
        self._vault.begin_session()
        return recording

    def next_part(self, recording: RecordingId, *, going_on: bool) -> PartPlace:
        """Return the place of the next part."""
        number, folder, recipient = self._vault.next_part(recording, going_on=going_on)
        return PartPlace(recording, number, folder, recipient)

    def has_room(self) -> bool:
        """Tell whether there is room on the disk for as long as the recorder warns of."""
        return hours_free(self._vault.folder) >= _ROOM_HOURS

    def finished(self, place: PartPlace, seconds: float, sha256: str | None) -> None:
        """Keep what a finished part is."""
        self._vault.finish_part(place.recording, place.part, seconds, sha256)


class ReaderDesk:
    """Readers as their page wants them: what came of a change, told as two numbers."""

    def __init__(self, acts: ReaderService) -> None:
        self._acts = acts
        self.groups = acts.groups
        self.count = acts.count

    def add(self, groups: Sequence[GroupId], reader: Reader, *, earlier: bool) -> tuple[int, int]:
        """Seal to a reader from now on, or what was recorded earlier, too. Raise Trouble."""
        return _told(self._acts.add(groups, reader, earlier=earlier))

    def take_off(self, groups: Sequence[GroupId], recipient: str, *, earlier: bool) -> tuple[int, int]:
        """Seal to a reader no longer. Raise Trouble."""
        return _told(self._acts.take_off(groups, recipient, earlier=earlier))


def _told(resealed: ResealResult) -> tuple[int, int]:
    return resealed.done, len(resealed.left)


def finish_parts_left_open(vault: OpenVault, session: SessionId) -> RecordingId | None:
    """Keep the fingerprints of parts whose recorder or app died, and return the session's recording, if any.

    A part whose recorder still runs is left alone. Fingerprints taken now are marked as first seen at recovery.
    """
    row = next((r for r in vault.log.recordings.recordings() if r.session == session), None)
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
            seconds = part_seconds(vault, row.id, part.part) or written_seconds(vault, row.id, part.part) or 0.0
            vault.finish_part(row.id, part.part, seconds, fingerprint_of(folder), at_recovery=True)


def part_seconds(vault: OpenVault, recording: RecordingId, part: int) -> float | None:
    """Return how much sound of a part is sealed, None where this vault may not open it. Raise Trouble."""
    if not vault.log.recordings.recording(recording).this_vault_reads:
        return None
    key = vault.recording_key(recording)
    return playable_audio(read_part(vault.part_folder(recording, part), [key.secret])).seconds


def written_seconds(vault: OpenVault, recording: RecordingId, part: int) -> float | None:
    """Return how long a part was written to, for one that this vault may not open; None where that is not known.

    From the moment its session's facts say that it began to the last time its files changed.
    """
    facts = vault.log.sessions.facts(vault.log.recordings.recording(recording).session)
    begun = [f.at.wall for f in facts if isinstance(f, RecordingStarted) and (f.recording, f.part) == (recording, part)]
    last = last_written_wall(vault.part_folder(recording, part))
    return max(0.0, last - begun[-1]) if begun and last is not None else None


def sealed_seconds(vault: OpenVault, recording: RecordingId) -> float | None:
    """Return how much of a recording's last part is sealed, None where that cannot be known. Raise Trouble.

    A part that this vault may not open, or whose key is gone, is told by when it was last written to.
    """
    row = vault.log.recordings.recording(recording)
    if not row.parts or recording in vault.log.keys.destroyed():
        return None
    part = row.parts[-1].part
    if row.this_vault_reads:
        return part_seconds(vault, recording, part)
    return written_seconds(vault, recording, part)
