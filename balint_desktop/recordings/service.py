"""RecordingService: sessions and recordings of an open vault, as values that any thread may use."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.domain.session.session_record import StoredSession
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door, Passage
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.recordings.decode import OpenPcm
from balint_desktop.recordings.export import Encode, write_sound
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.open_recording import open_recording, summarise_recording, verify_recording
from balint_desktop.recordings.summary import OpenRecording, RecordingSummary, Verification
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.recordings import RecordingRow
from balint_desktop.vault.log.sessions import SessionRow
from balint_desktop.vault.log.transfers import ImportRow
from balint_desktop.vault.name_gate import OutgoingFile, pass_names
from balint_desktop.vault.state import VaultState
from balint_desktop.vault.text_only import sessions_closed_to_text, sessions_for_text, text_recording
from balint_desktop.vault.vault import OpenVault

# In bytes: a recording's tags are in its first pages.
_TAGS_WITHIN = 256 * 1024


class RecordingService:
    """Recordings of the vault. Methods that read the log stay on the log's thread; the rest run on any."""

    def __init__(self, vault: OpenVault, open_pcm: OpenPcm, encode: Encode) -> None:
        self._vault = vault
        self._open_pcm = open_pcm
        self._encode = encode

    # --- on the log's thread ---

    def sessions(self, wanted: Collection[SessionId] | None = None) -> tuple[StoredSession, ...]:
        """Return sessions with their facts, newest first: those given, or all. Lists use summaries. Raise Trouble."""
        groups: dict[GroupId | None, str] = {group.id: group.name for group in self._vault.log.groups.groups()}
        destroyed = self._destroyed_by_session()
        rows = self._vault.log.sessions
        found = rows.sessions() if wanted is None else self._rows(wanted)
        return tuple(self._kept(row, groups, destroyed.get(row.id)) for row in found)

    def session(self, session: SessionId) -> StoredSession:
        """Return one session. Raise Trouble SESSION_MISSING."""
        found = self.sessions((session,))
        if not found:
            raise Trouble(TroubleCode.SESSION_MISSING, name=session)
        return found[0]

    def _rows(self, wanted: Collection[SessionId]) -> list[SessionRow]:
        found = []
        for session in wanted:
            with contextlib.suppress(KeyError):
                found.append(self._vault.log.sessions.session(session))
        return found

    def sources(self) -> tuple[RecordingInputs, ...]:
        """Return every recording: those in the log, and those only on disk. Raise Trouble."""
        every = {row.id: row for row in self._vault.log.recordings.recordings()}
        known = {recording: row for recording, row in every.items() if row.has_sound}
        sessions = {session.id: session for session in self.sessions({row.session for row in known.values()})}
        folders = self._vault.recording_folders()
        ids = (*known, *(recording for recording in folders if recording not in every))
        destroyed = self._vault.log.keys.destroyed()
        imports = {row.recording: row for row in self._vault.log.transfers.imports()}
        return tuple(self._sources(one, known.get(one), sessions, destroyed.get(one), imports.get(one)) for one in ids)

    def text_sources(self) -> tuple[RecordingInputs, ...]:
        """Return the sessions without a recording that have an imported text, or may or might have one.

        Raise Trouble.

        Each has the session's own id, and no sound.
        """
        known = {row.session: row for row in self._vault.log.recordings.recordings() if not row.has_sound}
        wanted = (*known, *sessions_for_text(self._vault.log), *sessions_closed_to_text(self._vault.log))
        destroyed, found = self._vault.log.keys.destroyed(), []
        for session in self.sessions(wanted):
            recording = text_recording(session.id)
            made = self._sources(
                recording, known.get(session.id), {session.id: session}, destroyed.get(recording), None
            )
            found.append(replace(made, session=session, has_sound=False))
        return tuple(found)

    def source(self, recording: RecordingId) -> RecordingInputs:
        """Return one recording, or what stands for one. Raise Trouble RECORDING_MISSING if there is none."""
        for listed in (self.sources, self.text_sources):
            for sources in listed():
                if sources.id == recording:
                    return sources
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording)

    def pass_door(self, door: Door, recording: RecordingId, purpose: Purpose | None = None) -> Passage:
        """Ask the consent gate whether a recording may be used so. Raise Trouble PURPOSE_NOT_AGREED among others."""
        return pass_recording(self._vault.log, door, recording, purpose)

    def pass_names(self, opened: OpenRecording, path: Path) -> None:
        """Ask the gate whether a sound file may leave under that name, and with those tags. Raise Trouble."""
        files = [OutgoingFile(path.name, b"")]
        files += [OutgoingFile("", sound[:_TAGS_WITHIN]) for sound in opened.sounds.values()]
        pass_names(self._vault, Door.SOUND_FILE, files)

    def note_exported(self, passage: Passage) -> None:
        """Record in the audit trail that a recording was exported unencrypted, and what for. Raise Trouble."""
        self._vault.log.audit.add_export(
            AuditAct.RECORDING_EXPORTED, {"recording": passage.recording, "purpose": passage.purpose}
        )

    def destroy(self, recording: RecordingId, reason: str, witness: str = "") -> None:
        """Destroy a recording permanently, in the presence of a witness (a label). Raise Trouble."""
        self._vault.destroy(recording, reason, witness=witness)

    # --- on any thread ---

    def current(self, sources: RecordingInputs) -> RecordingInputs:
        """Return a recording with the log's current fingerprints. Hold `files_still` while comparing them.

        Redaction runs in the background: fingerprints read with the list may be outdated.
        """
        with self._vault.log_stays:
            if self._vault.state is not VaultState.OPEN or sources.fingerprints is None:
                return sources
            row = self._vault.log.recordings.recording(sources.id)
            fingerprints = {part.part: part.sha256 for part in row.parts}
            lengths = {part.part: part.seconds for part in row.parts if part.seconds is not None}
            cutting = self._cutting(sources.id)
            return replace(sources, fingerprints=fingerprints, lengths=lengths, cutting=cutting)

    def read_summary(self, sources: RecordingInputs) -> RecordingSummary:
        """Return a recording's summary without reading sound."""
        return summarise_recording(sources)

    def open(self, sources: RecordingInputs) -> OpenRecording:
        """Open a recording in memory. Raise Trouble."""
        if not sources.has_sound:
            raise Trouble(TroubleCode.RECORDING_MISSING, recording=sources.id)
        with self._vault.files_still:
            return open_recording(self.current(sources))

    def verify(self, sources: RecordingInputs) -> Verification:
        """Verify every byte of a recording. Read-only."""
        with self._vault.files_still:
            return verify_recording(self.current(sources))

    def export(self, opened: OpenRecording, path: Path, passage: Passage) -> None:
        """Write an unencrypted sound file; it ends in .opus or .wav. Raise Trouble; ValueError for another passage."""
        if (passage.door, passage.recording) != (Door.SOUND_FILE, opened.listed.id):
            raise ValueError("this passage is for another door or recording")
        write_sound(path, opened.joined, opened.sounds, self._open_pcm, self._encode)

    def _sources(
        self,
        recording: RecordingId,
        row: RecordingRow | None,
        sessions: dict[SessionId, StoredSession],
        destroyed: Destroyed | None,
        imported: ImportRow | None,
    ) -> RecordingInputs:
        folder = self._vault.places.recording(recording)
        identities = self._vault.secrets()
        if row is None:
            return RecordingInputs(recording, folder, identities)
        readers = self._vault.log.keys.sealed_to(recording)
        lengths = {part.part: part.seconds for part in row.parts if part.seconds is not None}
        return RecordingInputs(
            id=recording,
            folder=folder,
            identities=identities,
            session=sessions.get(row.session),
            fingerprints={part.part: part.sha256 for part in row.parts},
            seconds=sum(lengths.values()) if lengths else None,
            recipient=row.recipient,
            lengths=lengths,
            this_vault_reads=row.this_vault_reads,
            readers=tuple(reader.label for reader in readers) if readers is not None else None,
            destroyed=destroyed,
            cutting=self._cutting(recording),
            imported=imported,
            shared_copy=self._vault.log.imported_copies.find(recording),
        )

    def _cutting(self, recording: RecordingId) -> dict[int, frozenset[str]]:
        """Return the fingerprints that parts may have during a redaction, before and after."""
        found = (intent for intent in self._vault.log.redactions.pending() if intent.recording == recording)
        return {i.part: frozenset(sha for sha in (i.before, i.after) if sha is not None) for i in found}

    def _destroyed_by_session(self) -> dict[SessionId, Destroyed]:
        destroyed = self._vault.log.keys.destroyed()
        rows = self._vault.log.recordings.recordings() if destroyed else ()
        return {row.session: destroyed[row.id] for row in rows if row.id in destroyed and row.has_sound}

    def _kept(self, row: SessionRow, groups: dict[GroupId | None, str], destroyed: Destroyed | None) -> StoredSession:
        return StoredSession(
            id=row.id,
            group=groups.get(row.setting.group, ""),
            setting=row.setting,
            facts=self._vault.log.sessions.facts(row.id),
            prompts_shown=row.prompts_shown,
            debrief=row.debrief,
            destroyed=destroyed,
            overlay=row.corrected,
            entered_wall=row.entered_wall,
            corrected=tuple(dict.fromkeys(one.field for one in self._vault.log.corrections.of_session(row.id))),
            revision=row.revision,
            closed=row.closed,
        )
