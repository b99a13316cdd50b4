"""Transcripts of the vault: begin, open, sign off, delete. Each asks the consent gate first."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.consent import Purpose, agreed
from balint_desktop.domain.study.doors import Door, Passage
from balint_desktop.domain.study.retention import StartEvent
from balint_desktop.domain.study.withdrawal import Withdrawal
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.page_format import page_to_json
from balint_desktop.domain.transcript.plan import TranscriptionPlan
from balint_desktop.domain.transcript.sign_off import REASON_LIMIT, SignOffState
from balint_desktop.domain.transcript.transcript import Speaker, Transcript, WordKind
from balint_desktop.domain.transcript.word_removal import RemovableTurns, count_removable, without_words_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed.recording import create_recording
from balint_desktop.vault import destruction
from balint_desktop.vault.approved_files import read_approved
from balint_desktop.vault.approved_removal import removable_in_approved, remove_from_approved
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.group_decisions import read_group_decisions, write_group_decisions
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transcripts import TranscriptRecord, TranscriptSource
from balint_desktop.vault.transcript_files import TranscriptFiles, read_transcript_key
from balint_desktop.vault.vault import OpenVault

_UNREADABLE = frozenset(
    {
        TroubleCode.VAULT_LOCKED,
        TroubleCode.WRONG_KEY,
        # The study numbers, by which an approved text tells whose turns are whose.
        TroubleCode.SEALED_DAMAGED,
        TroubleCode.TRANSCRIPT_DAMAGED,
        TroubleCode.APPROVED_DAMAGED,
    }
)


@dataclass(frozen=True, slots=True)
class RemovableWords:
    """What a withdrawal finds in a transcript. `turns` is None where it is not finished, or cannot be read now.

    `is_removed` is whether this withdrawal has removed words before; turns may have been given to the person since.
    `is_by_machine` is whether the engine's own text is there too, `is_approved` whether an approved text is;
    `has_transcript` is false where that alone is left.
    """

    turns: RemovableTurns | None
    is_finished: bool
    is_removed: bool
    is_by_machine: bool
    is_approved: bool = False
    has_transcript: bool = True


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
        """Open a transcript's files. Raise Trouble: TRANSCRIPT_MISSING, _DAMAGED, WRONG_KEY, as `pass_door` does."""
        self.pass_door(Door.TRANSCRIPT, recording)
        return self._files(recording)

    def _files(self, recording: RecordingId) -> TranscriptFiles:
        """Open a transcript's files without asking the gate: to take words out of them."""
        if any(one.recording == recording for one in self._log.transcripts.pending_removals()):
            self._vault.word_remover().finish()
        row = self.row(recording)
        folder = self._vault.places.transcript(recording)
        key = read_transcript_key(folder, self._vault.secrets())
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
        """Open a signed-off text for editing again. Raise Trouble ALREADY_APPROVED.

        Positions in the analysis count on the approved text, and a changed transcript could not follow it silently:
        what is to come out of an approved text is redacted there.
        """
        if self._log.approved.find(recording) is not None:
            raise Trouble(TroubleCode.ALREADY_APPROVED)
        self._log.transcripts.reopen(recording)

    def removable(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableWords | None:
        """Return what there is to remove from a recording's transcript and approved text; None where there is none.

        No word is shown, so no one has to agree. Raise Trouble.
        """
        row, approved = self._row(recording), self._removable_in_approved(withdrawal, recording)
        if row is None:
            return approved
        is_finished = row.text_wall is not None
        turns = None
        with _unreadable_as_none():
            if is_finished:
                turns = count_removable(self._files(recording).text(), Speaker(withdrawal.code))
        # After the files: opening them finishes a removal that was begun.
        is_removed = withdrawal.place in self._log.transcripts.removals(recording)
        if approved is not None:
            is_removed = is_removed and approved.is_removed
            if turns is not None and approved.turns is not None:
                turns = replace(turns, theirs=max(turns.theirs, approved.turns.theirs))
        return RemovableWords(
            turns,
            is_finished=is_finished,
            is_removed=is_removed,
            is_by_machine=row.source is TranscriptSource.MACHINE,
            is_approved=approved is not None,
        )

    def _removable_in_approved(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableWords | None:
        is_removed, turns = withdrawal.place in self._log.approved.removals(recording), None
        with _unreadable_as_none():
            turns = removable_in_approved(self._vault, withdrawal, recording)
            if turns is None:
                return None
        return RemovableWords(
            turns,
            is_finished=True,
            is_removed=is_removed,
            is_by_machine=False,
            is_approved=True,
            has_transcript=False,
        )

    def remove_words(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableTurns:
        """Remove the words of a person who withdrew, as the approval's rule asks. The text may be opened again after.

        From the approved text first, then from the transcript, and what was decided about either.
        Return the turns that were theirs, and those without a single known speaker; that is done only without any.
        Crash-safe: all of the old text or all of the new one. Raise Trouble: TRANSCRIPT_MISSING,
        TRANSCRIPT_UNFINISHED, HELD, VAULT_LOCKED, NUMBERS_DESTROYED; ValueError where the rule is another.
        """
        group = self._log.retained_recordings.group_of(recording)
        if group is None:
            raise Trouble(TroubleCode.RECORDING_UNKNOWN)
        with self._vault.files_still, self._vault.log_stays:
            if self._row(recording) is None and self._log.approved.find(recording) is not None:
                return self._remove_from_approved_alone(withdrawal, recording)
            if self.row(recording).text_wall is None:
                raise Trouble(TroubleCode.TRANSCRIPT_UNFINISHED)
            files = self._files(recording)
            text, code = files.text(), Speaker(withdrawal.code)
            spans = [
                (turn.from_ms, max(turn.until_ms, turn.from_ms + 1)) for turn in text.turns if turn.speaker == code
            ]
            remove_from_approved(self._vault, withdrawal, recording, spans)
            self._forget_decisions(group, recording, without_words_of(text, (), code)[0])
            return self._vault.word_remover().remove(group, withdrawal, recording, files, self._readers(recording))

    def _remove_from_approved_alone(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableTurns:
        """Remove a person's words where there is no transcript any more: nobody can say more of who speaks."""
        turns = removable_in_approved(self._vault, withdrawal, recording)
        remove_from_approved(self._vault, withdrawal, recording, settles=True)
        return turns or RemovableTurns(0, 0)

    def _forget_decisions(self, group: GroupId, recording: RecordingId, without: Transcript) -> None:
        """Forget what was decided in a group about terms that will be in none of its texts. Raise Trouble.

        Before the words go: killed in between, a term is asked about once more, and none is remembered too long.
        """
        identities = self._vault.identities()
        known = read_group_decisions(self._vault.places, group, identities)
        if not known:
            return
        texts = [spoken_text(without)]
        group_of = self._log.retained_recordings.group_of
        others = [row.recording for row in self.rows() if row.recording != recording]
        texts += [spoken_text(self._files(one).text()) for one in others if group_of(one) == group]
        for record in self._log.approved.all():
            if group_of(record.recording) == group:
                folder = self._vault.places.approved_text(record.recording)
                texts.append(read_approved(folder, record, self._vault.secrets()).text.casefold())
        still = {key: one for key, one in known.items() if any(one.term.casefold() in text for text in texts)}
        write_group_decisions(self._vault.places, group, identities, still)

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
        """Delete a transcript for good; the recording stays. Raise Trouble: TRANSCRIPT_MISSING, HELD, LINK_IN_VAULT."""
        self.row(recording)
        destruction.require_deletable(self._vault.places, self._log, recording)
        with self._vault.files_still, self._vault.log_stays:
            self._log.transcripts.intend_deleting(recording)
            destruction.finish_transcript_deletion(self._vault.places, self._log)

    def has_only_text(self, recording: RecordingId) -> bool:
        """Return whether texts are all there is of a recording: it was destroyed, or there was never any sound."""
        return recording in self._log.keys.destroyed() or not self._log.recordings.recording(recording).has_sound

    def destroy_texts(self, recording: RecordingId, reason: str) -> None:
        """Destroy all texts of a recording without sound for good. Raise Trouble HELD, VAULT_LOCKED."""
        if recording not in self._log.keys.destroyed():
            self._vault.destroy(recording, reason)
        if self._log.approved.find(recording) is not None:
            self.destroy_approved(recording)

    def destroy_approved(self, recording: RecordingId, by: str = "") -> None:
        """Destroy an approved text for good, with who was there to see it (a label). Raise Trouble.

        APPROVED_MISSING, HELD, VAULT_LOCKED.
        """
        if self._log.approved.find(recording) is None:
            raise Trouble(TroubleCode.APPROVED_MISSING)
        self._log.holds.require_free(recording)
        with self._vault.files_still, self._vault.log_stays:
            self._vault.approved_writer().destroy(recording, one_line(by))

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


@contextlib.contextmanager
def _unreadable_as_none() -> Iterator[None]:
    """Go on after the block where a text cannot be read now."""
    try:
        yield
    except Trouble as trouble:
        if trouble.code not in _UNREADABLE:
            raise


def spoken_text(transcript: Transcript) -> str:
    """Return all that is said in a transcript, without case, to look a term up in it."""
    spoken = (word.text for turn in transcript.turns for word in turn.words if word.kind is WordKind.SPOKEN)
    return " ".join(spoken).casefold()


def fingerprint(transcript: Transcript) -> str:
    """Return the SHA-256 of a working text."""
    return hashlib.sha256(page_to_json(transcript.turns)).hexdigest()
