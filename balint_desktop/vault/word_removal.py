"""Remove a person's words from a transcript: written anew under another key, and the old key destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.study.consent import Purpose, current_answers
from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.study.withdrawal import Withdrawal
from balint_desktop.domain.transcript.open_places import count_needs
from balint_desktop.domain.transcript.transcript import Speaker
from balint_desktop.domain.transcript.word_removal import RemovableTurns, count_removable, without_words_of
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import create_recording
from balint_desktop.vault.destruction import discard_recording
from balint_desktop.vault.folder_rewrite import FolderRewrite, Swap, roll_back_others
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transcripts import WordRemoval
from balint_desktop.vault.transcript_files import TranscriptFiles, retire_files


@dataclass(frozen=True, slots=True)
class WordRemover:
    """Removes words from the transcripts of a vault; `identities` are the vault's own. On the log's thread."""

    places: VaultLayout
    log: Log
    identities: Sequence[Identity]

    def remove(
        self, group: GroupId, withdrawal: Withdrawal, recording: RecordingId, files: TranscriptFiles, readers: list[str]
    ) -> RemovableTurns:
        """Remove the words of the person who withdrew. `files` are the transcript's, `readers` those of its new key.

        Return the turns that were theirs, and those that a person still has to look at: while there are any, the matter
        stays open. Where no turn was theirs nothing is written anew, and a hold does not stop it. Raise Trouble: HELD;
        ValueError where the withdrawal does not ask for this.
        """
        if not any(one.recording == recording and one.asks is Asks.REMOVE_WORDS for one in withdrawal.affected):
            raise ValueError("this withdrawal does not ask for words to be removed from this recording")
        self.finish()
        speaker = Speaker(withdrawal.code)
        turns = count_removable(files.text(), speaker)
        row = self.log.transcripts.transcript(recording)
        known = current_answers(self.log.consents.consents(group)).get((withdrawal.code, Purpose.TRANSCRIPTION))
        answer = known.place if known is not None else None
        if not turns.theirs:
            with self.log.together():
                self.log.transcripts.note_nothing_to_remove(
                    WordRemoval(recording, withdrawal.place, row.recipient), answer
                )
                self.log.withdrawals.mark_done(withdrawal.place, recording, settled=not turns.unknown)
            return turns
        self.log.holds.require_free(recording)
        rewritten = self._rewrite_of(recording).begin()
        # What is being saved elsewhere is saved, and nothing after: it would be lost with the old text.
        retire_files(files.folder, but=files)
        text, pieces = without_words_of(files.text(), files.machine_text() or (), speaker)
        try:
            key = create_recording(rewritten, readers)
            new = TranscriptFiles(rewritten, key)
            plan = files.plan()
            if plan is not None:
                new.begin(plan)
            if files.machine_text() is not None:
                new.write_machine_text(pieces)
            new.write_transcript(text)
            new.write_listened(files.listened())
            theirs = {turn.id for turn in files.text().turns if turn.speaker == speaker}
            new.write_decisions(files.decisions().without_turns(theirs))
        except Trouble:
            discard_recording(rewritten)
            raise
        files.retire()
        with self.log.together():
            self.log.holds.require_free(recording)
            self.log.transcripts.intend_removal(WordRemoval(recording, withdrawal.place, key.recipient), answer)
            self.log.withdrawals.mark_done(withdrawal.place, recording, settled=not turns.unknown)
            self.log.transcripts.set_state(recording, replace(row.state, open=dict(count_needs(text))))
        self.finish()
        return turns

    def finish(self) -> None:
        """Finish every removal that was begun, and delete what was written for one that was not. Raise Trouble."""
        for removal in self.log.transcripts.pending_removals():
            rewrite = self._rewrite_of(removal.recording)
            swapped = rewrite.swap_in(removal.recipient, self.identities)
            if swapped is Swap.DONE:
                self.log.transcripts.note_removed(removal)
                rewrite.end()
            elif swapped is Swap.LOST:
                self.log.transcripts.drop_removal(removal)
        left = {removal.recording for removal in self.log.transcripts.pending_removals()}
        roll_back_others(self.places.rewritten_transcripts, left, self._rewrite_of)

    def _rewrite_of(self, recording: RecordingId) -> FolderRewrite:
        return FolderRewrite(self.places.transcript(recording), self.places.rewritten_transcript(recording))
