"""Transcripts of the vault: begin, open, sign off, delete. Each asks the consent gate first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.consent import Purpose, agreed
from balint_desktop.domain.study.doors import Door, Passage
from balint_desktop.domain.study.retention import StartEvent
from balint_desktop.domain.study.withdrawal import Withdrawal
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.page_format import page_to_json
from balint_desktop.domain.transcript.plan import TranscriptionPlan
from balint_desktop.domain.transcript.sign_off import REASON_LIMIT, SignOffState
from balint_desktop.domain.transcript.transcript import Speaker, Transcript
from balint_desktop.domain.transcript.word_removal import RemovableTurns, count_removable
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed.recording import create_recording, read_key
from balint_desktop.vault import destruction
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transcripts import TranscriptRecord, TranscriptSource
from balint_desktop.vault.transcript_files import TranscriptFiles
from balint_desktop.vault.vault import OpenVault


@dataclass(frozen=True, slots=True)
class RemovableWords:
    """What a withdrawal finds in a transcript. `turns` is None where it is not finished, or cannot be read now.

    `is_removed` is whether this withdrawal has removed words before; turns may have been given to the person since.
    `is_by_machine` is whether the engine's own text is there too.
    """

    turns: RemovableTurns | None
    is_finished: bool
    is_removed: bool
    is_by_machine: bool


def may_be_transcribed(log: Log) -> bool:
    """Return whether transcripts are of use in a vault: a group is for research, somebody agreed, or there is one.

    Also in the vault of a reader, where a recording came in a sealed copy and its answers are elsewhere.
    """
    if log.transcripts.transcripts() or log.imported_copies.all():
        return True
    return any(
        group.for_research or agreed(log.consents.consents(group.id), Purpose.TRANSCRIPTION)
        for group in log.groups.groups()
    )


class TranscriptVault:
    """The transcripts of an open vault. Used on the log's thread; the files it returns on any."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._log = vault.log

    def pass_door(self, door: Door, recording: RecordingId) -> Passage:
        """Ask whether a recording may become text, or its text be read out.

        Raise Trouble: TRANSCRIPTION_NOT_AGREED, which names no person; GRADES_NOT_FINAL, ASSESSMENT_UNANSWERED,
        RECORDING_UNKNOWN.
        """
        try:
            return pass_recording(self._log, door, recording, Purpose.TRANSCRIPTION)
        except Trouble as trouble:
            if trouble.code is TroubleCode.PURPOSE_NOT_AGREED:
                raise Trouble(TroubleCode.TRANSCRIPTION_NOT_AGREED) from trouble
            raise

    def begin(self, recording: RecordingId, source: TranscriptSource, language: str = "") -> TranscriptFiles:
        """Begin a transcript: its own key, sealed to whoever may read the recording, and its row.

        Raise Trouble: TRANSCRIPT_EXISTS, as `pass_door` does, VAULT_LOCKED, WRONG_KEY where this vault may not read
        the recording, RECORDING_MISSING where it is destroyed.
        """
        self.pass_door(Door.TRANSCRIBE, recording)
        if recording in self._log.keys.destroyed():
            raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording)
        if self._row(recording) is not None:
            raise Trouble(TroubleCode.TRANSCRIPT_EXISTS)
        self._vault.recording_key(recording)
        folder = self._vault.places.transcript(recording)
        # Without a row nothing was ever in it but its key.
        destruction.destroy_recording(folder)
        key = create_recording(folder, self._readers(recording))
        try:
            self._log.transcripts.add(recording, key.recipient, source, language)
        except Trouble:
            destruction.discard_recording(folder)
            raise
        return TranscriptFiles(folder, key)

    def begin_or_resume(self, recording: RecordingId, language: str) -> TranscriptFiles:
        """Begin a transcript by the engine, or open one that was stopped on the way. Raise Trouble as `begin` does."""
        row = self._row(recording)
        if row is None or row.source is not TranscriptSource.MACHINE or row.text_wall is not None:
            return self.begin(recording, TranscriptSource.MACHINE, language)
        self.pass_door(Door.TRANSCRIBE, recording)
        return self.open(recording)

    def open(self, recording: RecordingId) -> TranscriptFiles:
        """Open a transcript's files. Raise Trouble: TRANSCRIPT_MISSING, WRONG_KEY, as `pass_door` does."""
        self.pass_door(Door.TRANSCRIPT, recording)
        return self._files(recording)

    def _files(self, recording: RecordingId) -> TranscriptFiles:
        """Open a transcript's files without asking the gate: to take words out of them."""
        if any(one.recording == recording for one in self._log.transcripts.pending_removals()):
            self._vault.word_remover().finish()
        row = self.row(recording)
        folder = self._vault.places.transcript(recording)
        key = read_key(folder, self._vault.secrets())
        if key.recipient != row.recipient:
            raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=recording)
        return TranscriptFiles(folder, key)

    def note_read_out(self, passage: Passage) -> None:
        """Record in the audit trail that a text was printed, not encrypted. Raise Trouble."""
        self._log.audit.add(AuditAct.TRANSCRIPT_READ_OUT, {"recording": passage.recording})

    def rows(self) -> tuple[TranscriptRecord, ...]:
        """Return every transcript, the latest first."""
        return self._log.transcripts.transcripts()

    def row(self, recording: RecordingId) -> TranscriptRecord:
        """Return one transcript. Raise Trouble TRANSCRIPT_MISSING."""
        row = self._row(recording)
        if row is None:
            raise Trouble(TroubleCode.TRANSCRIPT_MISSING)
        return row

    def stretches_waiting(self, recording: RecordingId) -> int | None:
        """Return how many stretches wait for a speaker of another language; None without a transcript."""
        row = self._row(recording)
        return None if row is None else row.state.open.get(Need.OTHER_LANGUAGE, 0)

    def note_plan(self, recording: RecordingId, plan: TranscriptionPlan) -> None:
        """Store what hears a recording."""
        choice = plan.choice
        self._log.transcripts.set_engine(recording, choice.engine, choice.model, choice.model_sha256, choice.language)

    def note_text(self, recording: RecordingId, state: SignOffState) -> None:
        """Record that the first text is complete. Raise Trouble."""
        with self._log.together():
            self._log.transcripts.note_text(recording)
            self._log.transcripts.set_state(recording, state)

    def sign_off(
        self, recording: RecordingId, transcript: Transcript, state: SignOffState, label: str, reason: str
    ) -> None:
        """Sign a text off; the retention clock *transcript verified* starts. Raise Trouble; ValueError.

        ValueError for an empty label, for a reason that is missing where one is needed, or for either too long.
        """
        by, why = one_line(label), one_line(reason)
        if not by or len(by) > REASON_LIMIT or len(why) > REASON_LIMIT or (state.needs_reason and not why):
            raise ValueError("a sign-off has a label, and a reason where something is left open")
        group = self._log.sessions.session(self._log.recordings.recording(recording).session).setting.group
        with self._log.together():
            self._log.transcripts.sign_off(recording, by, why, state, fingerprint(transcript))
            if group is not None and not self._is_verified(recording, group):
                verified = StartEvent.TRANSCRIPT_VERIFIED
                self._log.retention.note_event(group, verified, self._log.retention.today(), by, recording=recording)

    def reopen(self, recording: RecordingId) -> None:
        """Edit a text again that was signed off. Raise Trouble."""
        self._log.transcripts.reopen(recording)

    def removable(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableWords | None:
        """Return what there is to remove from a recording's transcript; None where there is none.

        No word is shown, so no one has to agree. Raise Trouble.
        """
        row = self._row(recording)
        if row is None:
            return None
        is_removed = withdrawal.place in self._log.transcripts.removals(recording)
        by_machine = row.source is TranscriptSource.MACHINE
        if row.text_wall is None:
            return RemovableWords(None, is_finished=False, is_removed=is_removed, is_by_machine=by_machine)
        try:
            turns = count_removable(self._files(recording).text(), Speaker(withdrawal.code))
        except Trouble as trouble:
            if trouble.code not in {TroubleCode.VAULT_LOCKED, TroubleCode.WRONG_KEY, TroubleCode.TRANSCRIPT_DAMAGED}:
                raise
            turns = None
        return RemovableWords(turns, is_finished=True, is_removed=is_removed, is_by_machine=by_machine)

    def remove_words(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableTurns:
        """Remove the words of a person who withdrew, as the approval's rule asks. The text may be opened again after.

        Return the turns that were theirs, and those without a single known speaker; that is done only without any.
        Crash-safe: all of the old transcript or all of the new one. Raise Trouble: TRANSCRIPT_MISSING,
        TRANSCRIPT_UNFINISHED, HELD, VAULT_LOCKED; ValueError where the rule is another.
        """
        if self.row(recording).text_wall is None:
            raise Trouble(TroubleCode.TRANSCRIPT_UNFINISHED)
        group = self._log.retained_recordings.group_of(recording)
        if group is None:
            raise Trouble(TroubleCode.RECORDING_UNKNOWN)
        with self._vault.files_still, self._vault.log_stays:
            return self._vault.word_remover().remove(
                group, withdrawal, recording, self._files(recording), self._readers(recording)
            )

    def note_speakers(self, recording: RecordingId, transcript: Transcript) -> None:
        """Compare who speaks in a text that was saved with the withdrawals. Raise Trouble.

        Once a turn is said to be a withdrawn person's, the text closes again until it is removed. Once every turn has
        a known speaker and none is theirs, that withdrawal is done.
        """
        for withdrawal, (code, _) in self._log.transcripts.removals(recording).items():
            turns = count_removable(transcript, Speaker(code))
            with self._log.together():
                if turns.theirs:
                    self._log.transcripts.note_words_again(recording, withdrawal)
                    self._log.withdrawals.mark_done(withdrawal, recording, settled=False)
                elif not turns.unknown:
                    self._log.withdrawals.mark_done(withdrawal, recording)

    def delete(self, recording: RecordingId) -> None:
        """Delete a transcript for good; the recording stays. Raise Trouble: TRANSCRIPT_MISSING, HELD."""
        self.row(recording)
        self._log.holds.require_free(recording)
        with self._vault.files_still, self._vault.log_stays:
            self._log.transcripts.intend_deleting(recording)
            destruction.finish_transcript_deletion(self._vault.places, self._log)

    def _readers(self, recording: RecordingId) -> list[str]:
        """Return the recipients of a recording, this vault among them: it was just opened here."""
        others = self._log.keys.sealed_to(recording) or ()
        return [self._vault.recipient, *dict.fromkeys(reader.recipient for reader in others)]

    def _row(self, recording: RecordingId) -> TranscriptRecord | None:
        try:
            return self._log.transcripts.transcript(recording)
        except KeyError:
            return None

    def _is_verified(self, recording: RecordingId, group: GroupId) -> bool:
        return any(
            event.recording == recording and event.event is StartEvent.TRANSCRIPT_VERIFIED
            for event in self._log.retention.events(group)
        )


def fingerprint(transcript: Transcript) -> str:
    """Return the SHA-256 of a working text."""
    return hashlib.sha256(page_to_json(transcript.turns)).hexdigest()
