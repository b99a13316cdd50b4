"""One session's side of an open vault: its facts go into the log, its recording's parts get their folders and keys."""

from __future__ import annotations

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.recorder import BYTES_PER_HOUR, DISK_LOW_S, PartPlace
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.sealed.disk import free_bytes
from balint_desktop.vault.vault import OpenVault


class VaultSessionLog:
    """Writes one session to the vault's log. Each call returns once the data is on disk, and raises Trouble."""

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
        """Write the debrief, and mark the session as closed."""
        self._sessions.close(self._session, debrief)


class VaultRecordingStore:
    """Creates one session's recording in the vault, and the folders of its parts."""

    def __init__(self, vault: OpenVault, group: Group, session: SessionId) -> None:
        self._vault = vault
        self._group = group
        self._session = session

    def create(self) -> RecordingId:
        """Create a recording's keys, and drop the keys that could open it: the session needs none. Raise Trouble."""
        recording = self._vault.new_recording(self._group, self._session)
        self._vault.begin_session()
        return recording

    def next_part(self, recording: RecordingId, *, resuming: bool) -> PartPlace:
        """Return the path of the next part. While locked, only a resumed part may be created. Raise Trouble."""
        return self._vault.next_part(recording, resuming=resuming)

    def has_space(self) -> bool:
        """Return whether the disk has at least the free space below which a recorder warns."""
        return free_bytes(self._vault.folder) >= BYTES_PER_HOUR * DISK_LOW_S / 3600

    def finish_part(self, place: PartPlace, seconds: float, sha256: str | None) -> None:
        """Write a finished part's length and fingerprint to the log. Raise Trouble."""
        self._vault.finish_part(place.recording, place.part, seconds, sha256)
