"""Transcripts in the log: where each comes from, how far it is, and who signed it off. No word of any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.stage import TextStage
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row


class TranscriptSource(StrEnum):
    """What wrote the first text."""

    MACHINE = "machine"
    HAND = "hand"
    IMPORT = "import"


_UNTOUCHED = {
    TranscriptSource.MACHINE: TextStage.DRAFT,
    TranscriptSource.HAND: TextStage.TO_TYPE,
    TranscriptSource.IMPORT: TextStage.IMPORTED,
}


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """A sign-off: when, by whom (a label), what it stood on, and the fingerprint of the text.

    `reopened_wall` is when the text was opened for editing again, None while the sign-off stands.
    """

    number: int
    wall: float
    label: str
    reason: str
    state: SignOffState
    sha256: str
    reopened_wall: float | None

    @property
    def stands(self) -> bool:
        """Return whether the text is still as it was signed off."""
        return self.reopened_wall is None


@dataclass(frozen=True, slots=True)
class TranscriptRecord:
    """A transcript. `text_wall` is when its first text was complete, None while it is being transcribed.

    `is_queued` is whether it is to go on by itself: nobody has stopped it. `state` is what was last stored of listening
    and open places, `is_edited` whether a person has changed the first text. Walls are seconds since 1970.
    """

    recording: RecordingId
    recipient: str
    source: TranscriptSource
    engine: str
    model: str
    model_sha256: str
    language: str
    begun_wall: float
    text_wall: float | None
    is_queued: bool
    state: SignOffState
    sign_offs: tuple[SignOffRow, ...] = ()
    is_edited: bool = False

    @property
    def signed(self) -> SignOffRow | None:
        """Return the sign-off that stands, None without one."""
        return self.sign_offs[-1] if self.sign_offs and self.sign_offs[-1].stands else None

    @property
    def stage(self) -> TextStage:
        """Return how far its text is."""
        if self.text_wall is None:
            return TextStage.UNFINISHED
        if self.signed is not None:
            return TextStage.SIGNED_OFF
        if not (self.is_edited or self.state.listened_ms or self.sign_offs):
            return _UNTOUCHED[self.source]
        # A text that is typed is there once all of it was listened to: then it is corrected, as any other.
        is_typing = self.source is TranscriptSource.HAND and not self.sign_offs and not self.state.is_all_listened
        return TextStage.TYPING if is_typing else TextStage.CORRECTING

    def with_open(self, places: Mapping[Need, int]) -> TranscriptRecord:
        """Return it with other places that need a person."""
        return replace(self, state=replace(self.state, open=dict(places)))


@dataclass(frozen=True, slots=True)
class RetainedTranscript:
    """A transcript that is in this vault, or was until `deleted_wall`.

    `waits_for_speaker` is whether a stretch of another language is open in one that is not signed off: a sign-off says
    why it is left so.
    """

    deleted_wall: float | None = None
    waits_for_speaker: bool = False


@dataclass(frozen=True, slots=True)
class StagedTranscript:
    """A transcript at a stage that needs a person. `wall` is when its first text was complete."""

    recording: RecordingId
    group: GroupId
    number: int
    wall: float


@dataclass(frozen=True, slots=True)
class WordRemoval:
    """A person's words being removed from a transcript: by which withdrawal, and the key that replaces its own."""

    recording: RecordingId
    withdrawal: int
    recipient: str


class TranscriptRows:
    """The tables of transcripts and sign-offs."""

    def __init__(self, database: Database, audit: AuditTrail, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    def add(self, recording: RecordingId, recipient: str, source: TranscriptSource, language: str) -> None:
        """Insert a transcript that begins now. Raise Trouble."""
        with self._database.together():
            self._database.run(
                "INSERT INTO transcripts (recording_id, recipient, source, engine, model, model_sha256, language,"
                " begun_wall) VALUES (?, ?, ?, '', '', '', ?, ?)",
                (recording, recipient, source, language, self._clock.now().wall),
            )
            self._audit.add(AuditAct.TRANSCRIPT_BEGUN, {"recording": recording, "source": source})

    def insert_imported(self, record: TranscriptRecord) -> None:
        """Insert a transcript from another vault, with its sign-offs. Raise Trouble."""
        with self._database.together():
            state = record.state
            self._database.run(
                "INSERT INTO transcripts (recording_id, recipient, source, engine, model, model_sha256, language,"
                " begun_wall, text_wall, listened_ms, audible_ms, open_places, edited)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(record.recording, record.recipient, record.source, record.engine, record.model),
                    *(record.model_sha256, record.language, record.begun_wall, record.text_wall),
                    *(state.listened_ms, state.audible_ms, _open_to_json(state.open), record.is_edited),
                ),
            )
            for one in record.sign_offs:
                self._insert_sign_off(record.recording, one)
            self._audit.add(AuditAct.TRANSCRIPT_IMPORTED, {"recording": record.recording, "source": record.source})

    def _insert_sign_off(self, recording: RecordingId, signed: SignOffRow) -> None:
        state = signed.state
        self._database.run(
            "INSERT INTO transcript_sign_offs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(recording, signed.number, signed.wall, signed.label, signed.reason),
                *(state.listened_ms, state.audible_ms, _open_to_json(state.open), signed.sha256, signed.reopened_wall),
            ),
        )

    def set_engine(self, recording: RecordingId, engine: str, model: str, model_sha256: str, language: str) -> None:
        """Store what hears it."""
        self._database.run(
            "UPDATE transcripts SET engine = ?, model = ?, model_sha256 = ?, language = ? WHERE recording_id = ?",
            (engine, model, model_sha256, language, recording),
        )

    def queue(self, recording: RecordingId, model: str, language: str) -> None:
        """Record that the engine is to hear it with this model, after those that were queued before."""
        self._database.run(
            "UPDATE transcripts SET queue_place = (SELECT COALESCE(MAX(queue_place), 0) + 1 FROM transcripts),"
            " model = ?, language = ? WHERE recording_id = ?",
            (model, language, recording),
        )

    def unqueue(self, recording: RecordingId) -> None:
        """Record that it does not go on by itself."""
        self._database.run("UPDATE transcripts SET queue_place = NULL WHERE recording_id = ?", (recording,))

    def note_text(self, recording: RecordingId) -> None:
        """Record that the first text is complete. Raise Trouble."""
        with self._database.together():
            self._database.run(
                "UPDATE transcripts SET text_wall = ?, queue_place = NULL WHERE recording_id = ?",
                (self._clock.now().wall, recording),
            )
            row = self.transcript(recording)
            details: dict[str, str | float | None] = {"recording": recording, "source": row.source}
            if row.model_sha256:
                details |= {"engine": row.engine, "model": row.model_sha256, "language": row.language}
            self._audit.add(AuditAct.TRANSCRIPT_WRITTEN, details)

    def set_state(self, recording: RecordingId, state: SignOffState) -> None:
        """Store how much was listened to, and what is open."""
        self._database.run(
            "UPDATE transcripts SET listened_ms = ?, audible_ms = ?, open_places = ? WHERE recording_id = ?",
            (state.listened_ms, state.audible_ms, _open_to_json(state.open), recording),
        )

    def note_edited(self, recording: RecordingId) -> None:
        """Record that a person has changed the first text."""
        self._database.run("UPDATE transcripts SET edited = 1 WHERE recording_id = ? AND NOT edited", (recording,))

    def sign_off(self, recording: RecordingId, label: str, reason: str, state: SignOffState, sha256: str) -> None:
        """Record a sign-off, and chain its fingerprint. Raise Trouble."""
        with self._database.together():
            number = len(self.transcript(recording).sign_offs) + 1
            signed = SignOffRow(number, self._clock.now().wall, label, reason, state, sha256, None)
            self._insert_sign_off(recording, signed)
            self._audit.add(
                AuditAct.TRANSCRIPT_SIGNED_OFF, {"recording": recording, "number": number, "sha256": sha256}
            )

    def reopen(self, recording: RecordingId) -> None:
        """Record that a text that was signed off is edited again. Raise Trouble."""
        with self._database.together():
            rows = self._database.run(
                "UPDATE transcript_sign_offs SET reopened_wall = ? WHERE recording_id = ? AND reopened_wall IS NULL"
                " RETURNING number",
                (self._clock.now().wall, recording),
            )
            for (number,) in rows:
                self._audit.add(AuditAct.TRANSCRIPT_REOPENED, {"recording": recording, "number": int(number)})

    def intend_deleting(self, recording: RecordingId) -> None:
        """Record the intent to delete a transcript: a restart finishes it. Raise Trouble."""
        with self._database.together():
            self._database.run(
                "UPDATE transcripts SET deleting_wall = ? WHERE recording_id = ? AND deleting_wall IS NULL",
                (self._clock.now().wall, recording),
            )
            self._audit.add(AuditAct.TRANSCRIPT_DELETING_ASKED, {"recording": recording})

    def deleting(self) -> tuple[RecordingId, ...]:
        """Return the transcripts with an unfinished intent to delete them."""
        rows = self._database.run("SELECT recording_id FROM transcripts WHERE deleting_wall IS NOT NULL")
        return tuple(RecordingId(recording) for (recording,) in rows)

    def note_deleted(self, recording: RecordingId) -> None:
        """Record that a transcript is deleted: nothing of it is left but the audit trail. Raise Trouble."""
        with self._database.together():
            rows = self._database.run("DELETE FROM transcripts WHERE recording_id = ? RETURNING 1", (recording,))
            if rows:
                self._database.run(
                    "INSERT OR REPLACE INTO transcript_deletions VALUES (?, ?)", (recording, self._clock.now().wall)
                )
                self._audit.add(AuditAct.TRANSCRIPT_DELETED, {"recording": recording})

    def retained(self, group: GroupId) -> dict[RecordingId, RetainedTranscript]:
        """Return the transcripts of a group's recordings that are in this vault, and those that were deleted here."""
        of_group = "recording_id IN (SELECT r.id FROM recordings r JOIN sessions s ON s.id = r.session_id"
        of_group += " WHERE s.group_id = ?)"
        deleted = self._database.run(f"SELECT recording_id, wall FROM transcript_deletions WHERE {of_group}", (group,))
        found = {RecordingId(recording): RetainedTranscript(wall) for recording, wall in deleted}
        here = self._database.run(
            "SELECT recording_id, open_places, EXISTS (SELECT 1 FROM transcript_sign_offs o"
            " WHERE o.recording_id = t.recording_id AND o.reopened_wall IS NULL) FROM transcripts t"
            f" WHERE deleting_wall IS NULL AND {of_group}",
            (group,),
        )
        for recording, left, is_signed in here:
            waits = not is_signed and _open_from_json(left).get(Need.OTHER_LANGUAGE, 0) > 0
            found[RecordingId(recording)] = RetainedTranscript(waits_for_speaker=waits)
        return found

    # --- a person's words removed: the transcript is written anew under another key ---

    def intend_removal(self, removal: WordRemoval, answer: int | None) -> None:
        """Record that a transcript written anew is to replace the old one: a restart finishes it.

        `answer` is the row of consents by which the person is out now.
        """
        self._database.run(
            "INSERT OR REPLACE INTO transcript_removals VALUES (?, ?, ?, ?, ?, NULL)",
            (removal.recording, removal.withdrawal, removal.recipient, answer, self._clock.now().wall),
        )

    def note_nothing_to_remove(self, removal: WordRemoval, answer: int | None) -> None:
        """Record that no turn of a transcript is the person's: it stays as it is, under its own key. Raise Trouble."""
        wall = self._clock.now().wall
        with self._database.together():
            self._database.run(
                "INSERT OR REPLACE INTO transcript_removals VALUES (?, ?, ?, ?, ?, ?)",
                (removal.recording, removal.withdrawal, removal.recipient, answer, wall, wall),
            )
            self._audit.add(AuditAct.TRANSCRIPT_NO_WORDS_TO_REMOVE, {"recording": removal.recording})

    def note_words_again(self, recording: RecordingId, withdrawal: int) -> None:
        """Record that a transcript has words of a person again: what was removed before does not count any more."""
        self._database.run(
            "DELETE FROM transcript_removals WHERE recording_id = ? AND withdrawal = ?", (recording, withdrawal)
        )

    def pending_removals(self) -> tuple[WordRemoval, ...]:
        """Return the removals that were begun and not finished."""
        rows = self._database.run(
            "SELECT recording_id, withdrawal, recipient FROM transcript_removals WHERE done_wall IS NULL"
        )
        return tuple(WordRemoval(RecordingId(recording), place, key) for recording, place, key in rows)

    def note_removed(self, removal: WordRemoval) -> None:
        """Record that a transcript is without the words: its new key counts, and it has to be signed off again.

        The audit row names the recording alone. Raise Trouble.
        """
        with self._database.together():
            self._database.run(
                "UPDATE transcript_removals SET done_wall = ? WHERE recording_id = ? AND withdrawal = ?",
                (self._clock.now().wall, removal.recording, removal.withdrawal),
            )
            self._database.run(
                "UPDATE transcripts SET recipient = ? WHERE recording_id = ?", (removal.recipient, removal.recording)
            )
            self._audit.add(AuditAct.TRANSCRIPT_WORDS_REMOVED, {"recording": removal.recording})
            self.reopen(removal.recording)

    def drop_removal(self, removal: WordRemoval) -> None:
        """Delete the intent of a removal whose new files are not there."""
        self.note_words_again(removal.recording, removal.withdrawal)

    def removals(self, recording: RecordingId) -> dict[int, tuple[ParticipantCode, int | None]]:
        """Return whose words are removed from a recording's transcript, and the answer by which each was out.

        By withdrawal.
        A withdrawal that was undone, or whose rule is another by now, does not count.
        """
        rows = self._database.run(
            "SELECT w.place, w.code, r.answer FROM transcript_removals r JOIN withdrawals w ON w.place = r.withdrawal"
            " JOIN withdrawal_recordings c ON c.withdrawal = w.place AND c.recording_id = r.recording_id"
            " JOIN transcripts t ON t.recording_id = r.recording_id"
            " WHERE r.recording_id = ? AND r.done_wall IS NOT NULL AND NOT w.taken_back AND c.asks = 'remove-words'"
            " AND t.deleting_wall IS NULL ORDER BY w.place",
            (recording,),
        )
        return {int(place): (ParticipantCode(code), answer) for place, code, answer in rows}

    def transcript(self, recording: RecordingId) -> TranscriptRecord:
        """Return one transcript. Raise KeyError."""
        rows = self._database.run(f"{_SELECT} AND recording_id = ?", (recording,))
        if not rows:
            raise KeyError(recording)
        return self._row(rows[0])

    def transcripts(self) -> tuple[TranscriptRecord, ...]:
        """Return every transcript that is not being deleted, the latest first."""
        return tuple(self._row(row) for row in self._database.run(f"{_SELECT} ORDER BY begun_wall DESC"))

    def queued(self) -> tuple[TranscriptRecord, ...]:
        """Return the transcripts that the engine is to go on with, in the order in which they were asked for."""
        rows = self._database.run(f"{_SELECT} AND queue_place IS NOT NULL ORDER BY queue_place")
        return tuple(self._row(row) for row in rows)

    def first_drafts(self) -> tuple[StagedTranscript, ...]:
        """Return the first drafts that no person has begun on, oldest first, of groups that are not archived."""
        return self._at_stage(TextStage.DRAFT)

    def signed_off(self) -> tuple[StagedTranscript, ...]:
        """Return the transcripts whose sign-off stands, oldest first, of groups that are not archived."""
        return self._at_stage(TextStage.SIGNED_OFF)

    def _at_stage(self, stage: TextStage) -> tuple[StagedTranscript, ...]:
        wanted = {one.recording for one in self.transcripts() if one.stage is stage}
        rows = self._database.run(
            "SELECT t.recording_id, s.group_id, s.number, t.text_wall FROM transcripts t"
            " JOIN recordings r ON r.id = t.recording_id JOIN sessions s ON s.id = r.session_id"
            " JOIN groups g ON g.id = s.group_id WHERE t.text_wall IS NOT NULL AND NOT g.archived ORDER BY t.text_wall"
        )
        return tuple(
            StagedTranscript(RecordingId(one), GroupId(group), number, wall)
            for one, group, number, wall in rows
            if one in wanted
        )

    def _row(self, row: Row) -> TranscriptRecord:
        recording, recipient, source, engine, model, sha256, language, begun, text, queued, *state = row
        listened, audible, left, edited = state
        signed = self._database.run(
            "SELECT number, wall, by_whom, why, listened_ms, audible_ms, open_places, sha256, reopened_wall"
            " FROM transcript_sign_offs WHERE recording_id = ? ORDER BY number",
            (recording,),
        )
        return TranscriptRecord(
            RecordingId(recording),
            recipient,
            TranscriptSource(source),
            engine,
            model,
            sha256,
            language,
            begun,
            text,
            bool(queued),
            SignOffState(listened, audible, _open_from_json(left)),
            tuple(_sign_off(one) for one in signed),
            bool(edited),
        )


_SELECT = (
    "SELECT recording_id, recipient, source, engine, model, model_sha256, language, begun_wall, text_wall,"
    " queue_place IS NOT NULL, listened_ms, audible_ms, open_places, edited FROM transcripts"
    " WHERE deleting_wall IS NULL"
)


def _sign_off(row: Row) -> SignOffRow:
    number, wall, label, reason, listened, audible, left, sha256, reopened = row
    state = SignOffState(listened, audible, _open_from_json(left))
    return SignOffRow(number, wall, label, reason, state, sha256, reopened)


def _open_to_json(found: Mapping[Need, int]) -> str:
    return json.dumps({need: count for need, count in sorted(found.items()) if count})


def _open_from_json(text: str) -> dict[Need, int]:
    return {Need(need): int(count) for need, count in json.loads(text).items()}
