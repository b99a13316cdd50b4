"""Remove a person's words from a transcript: written anew under another key, and the old key destroyed.

    transcripts-rewritten/<recording>/
      new/      the whole transcript without the words, sealed to a new identity; then renamed into its place
      old/      the one from its place, its key overwritten first

The intent in the log comes once `new` is complete. Before it nothing has changed; after it opening the vault goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from balint_desktop.domain.study.consent import Purpose, current_answers
from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.study.withdrawal import Withdrawal
from balint_desktop.domain.transcript.open_places import count_needs
from balint_desktop.domain.transcript.transcript import Speaker
from balint_desktop.domain.transcript.word_removal import RemovableTurns, count_removable, without_words_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import create_recording, read_key
from balint_desktop.vault.destruction import NEW, OLD, destroy_recording, discard_recording
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
        rewritten = self.places.rewritten_transcript(recording) / NEW
        discard_recording(rewritten)
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
        pending = self.log.transcripts.pending_removals()
        for removal in pending:
            self._finish(removal)
        left = {removal.recording for removal in self.log.transcripts.pending_removals()}
        staging = self.places.rewritten_transcripts
        if staging.is_dir():
            with disk.report_disk_errors(staging):
                folders = [folder for folder in sorted(staging.iterdir()) if folder.name not in left]
            for folder in folders:
                self._clear(folder)

    def _finish(self, removal: WordRemoval) -> None:
        place, folder = self.places.transcript(removal.recording), self.places.rewritten_transcript(removal.recording)
        for one in (place, folder):
            disk.require_no_links(one)
        if (folder / NEW).exists():
            self._replace(place, folder)
        elif not self._is_in_place(place, removal):
            return
        destroy_recording(folder / OLD)
        self.log.transcripts.note_removed(removal)
        disk.remove_folder(folder)

    def _replace(self, place: Path, folder: Path) -> None:
        with disk.report_disk_errors(place):
            if place.exists():
                destroy_recording(folder / OLD)
                disk.replace(place, folder / OLD)
                disk.flush_folder(folder)
                disk.flush_folder(place.parent)
            disk.replace(folder / NEW, place)
            disk.flush_folder(place.parent)
            disk.flush_folder(folder)

    def _is_in_place(self, place: Path, removal: WordRemoval) -> bool:
        """Return whether the new transcript is in its place already. The intent of one that is nowhere is dropped.

        That is so after a restore: a backup holds what is in its place alone.
        """
        try:
            recipient = read_key(place, [one.secret for one in self.identities]).recipient
        except Trouble as trouble:
            if trouble.code is TroubleCode.WRONG_KEY:
                return False
            raise
        if recipient == removal.recipient:
            return True
        self.log.transcripts.drop_removal(removal)
        return False

    def _clear(self, folder: Path) -> None:
        place = self.places.transcript(RecordingId(folder.name))
        if (folder / OLD).exists() and not place.exists():
            # The log knows of no removal: nothing is lost for one.
            with disk.report_disk_errors(place):
                disk.replace(folder / OLD, place)
        for one in (folder / NEW, folder / OLD):
            destroy_recording(one)
        disk.remove_folder(folder)
