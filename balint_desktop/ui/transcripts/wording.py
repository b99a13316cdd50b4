"""Wording of a transcript: places without words, speakers, what is left to do."""

from __future__ import annotations

from functools import lru_cache

from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.rendering import Bracket, BracketKind, bracket_of
from balint_desktop.domain.transcript.stage import TextStage
from balint_desktop.domain.transcript.transcript import (
    CO_LEADER,
    LEADER,
    SEVERAL,
    UNKNOWN,
    Speaker,
    Word,
    WordKind,
)
from balint_desktop.i18n import language, tr, tr_n
from balint_desktop.text import durations
from balint_desktop.text.transcribing import place_words, session_title, stage_words, waiting_words
from balint_desktop.text.transcripts import bracket_words
from balint_desktop.ui.transcripts.deps import ClosedBy, TranscriptRow, TranscriptState

TO_CORRECT = frozenset(
    {TranscriptState.DRAFT, TranscriptState.TYPING, TranscriptState.IMPORTED, TranscriptState.CORRECTING}
)
"""States of a text that has words and is not signed off."""


def place(word: Word) -> str:
    """Return what the text shows for a stretch without words, and a word as it is."""
    return word.text if word.kind is WordKind.SPOKEN else _bracket(bracket_of(word), language())


def not_available() -> str:
    """Return what the text shows for sound that is off the record, removed, lost, damaged or withdrawn."""
    return _bracket(Bracket(BracketKind.NOT_AVAILABLE), language())


def silence(length_ms: int) -> str:
    """Return what the text shows where nobody speaks."""
    return _bracket(Bracket(BracketKind.SILENCE, max(1, round(length_ms / 1000))), language())


@lru_cache(maxsize=512)
def _bracket(bracket: Bracket, _language: str) -> str:
    """Return the words in brackets. Remembered: an hour has hundreds of silences, of a few lengths."""
    return bracket_words(bracket)


def speaker_name(of: Speaker) -> str:
    """Return a speaker in words; a participant's code stays."""
    return {
        LEADER: tr("facilitator"),
        CO_LEADER: tr("co-facilitator"),
        SEVERAL: tr("several"),
        UNKNOWN: tr("not known"),
    }.get(of, str(of))


def need(of: Need, text: str, length_ms: int) -> str:
    """Return why a place is to be looked at. `text` is the doubtful word, or the language."""
    length = durations.duration_words(max(1.0, length_ms / 1000))
    if of is Need.DOUBTFUL:
        return tr("“{word}” doubtful").format(word=text)
    if of is Need.OTHER_LANGUAGE:
        return tr("{language}, for a speaker").format(language=text or tr("another language"))
    return {
        Need.NOT_UNDERSTOOD: tr("not understood, {length}").format(length=length),
        Need.NO_WORDS: tr("speech, not transcribed, {length}").format(length=length),
        Need.UNCLEAR: tr("unclear"),
        Need.SPEAKER: tr("speaker not known"),
    }[of]


def turns_without_speaker(many: int) -> str:
    """Return how many turns have no speaker."""
    return tr_n("{n} turn without a speaker", "{n} turns without a speaker", many).format(n=many)


def title(row: TranscriptRow) -> str:
    """Return the title of a session's transcript."""
    return session_title(row.group, row.number, row.kind)


def state(row: TranscriptRow) -> str:
    """Return how far a transcript is, with how many places are left to look at."""
    if row.waits_for is not None:
        return waiting_words(row.waits_for)
    if row.queue_place > 1:
        return place_words(row.queue_place)
    if row.state is TranscriptState.CLOSED:
        return _closed(row.closed or ClosedBy.NOT_AGREED)
    if row.state is TranscriptState.APPROVED and row.closed is not None:
        return _approved_closed(row.closed)
    words = {
        TranscriptState.NOTHING: tr("not transcribed"),
        TranscriptState.QUEUED: tr("waiting to be transcribed"),
        TranscriptState.RUNNING: tr("being transcribed"),
        TranscriptState.INTERRUPTED: stage_words(TextStage.UNFINISHED),
        TranscriptState.DRAFT: stage_words(TextStage.DRAFT),
        TranscriptState.TO_TYPE: stage_words(TextStage.TO_TYPE),
        TranscriptState.TYPING: stage_words(TextStage.TYPING),
        TranscriptState.IMPORTED: stage_words(TextStage.IMPORTED),
        TranscriptState.CORRECTING: stage_words(TextStage.CORRECTING),
        TranscriptState.SIGNED_OFF: stage_words(TextStage.SIGNED_OFF),
        TranscriptState.DEIDENTIFYING: tr("being de-identified"),
        TranscriptState.APPROVED: tr("approved, version {n}").format(n=row.version),
        TranscriptState.TEXT_TO_IMPORT: tr("no recording and no text"),
        TranscriptState.NO_RECORDING: tr("no recording"),
    }[row.state]
    if row.state not in TO_CORRECT:
        return words
    if row.open_count:
        left = tr_n("{n} place to look at", "{n} places to look at", row.open_count).format(n=row.open_count)
        words = tr("{state}, {left}").format(state=words, left=left)
    if row.unnamed_count:
        words = tr("{state}, {left}").format(state=words, left=turns_without_speaker(row.unnamed_count))
    return words


def _closed(by: ClosedBy) -> str:
    return {
        ClosedBy.NOT_AGREED: tr("not everyone agreed to transcription"),
        ClosedBy.WITHDRAWN: tr("not everyone agrees to transcription any more"),
        ClosedBy.GRADES: tr("closed until the grades are final"),
        ClosedBy.ASSESSMENT: tr("closed until you say whether you assess"),
    }[by]


def _approved_closed(by: ClosedBy) -> str:
    return {
        ClosedBy.GRADES: tr("approved, closed until the grades are final"),
        ClosedBy.ASSESSMENT: tr("approved, closed until you say whether you assess"),
    }.get(by, tr("approved, closed: not everyone agrees to its use any more"))


def is_to_sign_off(row: TranscriptRow) -> bool:
    """Return whether signing off comes next: a person has worked on the text, and nothing is left open."""
    return row.state is TranscriptState.CORRECTING and row.open_count == 0 and not row.unnamed_count


def step(row: TranscriptRow) -> str:
    """Return the verb of the next step, empty where there is none, or it is closed and its state says why."""
    if row.closed is not None and (
        row.state is TranscriptState.APPROVED or not (row.has_recording or row.has_transcript)
    ):
        return ""
    if is_to_sign_off(row):
        return tr("Sign off…")
    return {
        TranscriptState.DRAFT: tr("Correct"),
        TranscriptState.TO_TYPE: tr("Start typing"),
        TranscriptState.TYPING: tr("Continue typing"),
        TranscriptState.IMPORTED: tr("Correct"),
        TranscriptState.CORRECTING: tr("Correct"),
        TranscriptState.NOTHING: tr("Transcribe…"),
        TranscriptState.CLOSED: tr("Why?"),
        TranscriptState.QUEUED: tr("Remove from the queue"),
        TranscriptState.RUNNING: tr("Stop"),
        TranscriptState.INTERRUPTED: tr("Continue"),
        TranscriptState.SIGNED_OFF: tr("De-identify"),
        TranscriptState.DEIDENTIFYING: tr("De-identify"),
        TranscriptState.APPROVED: tr("Approved text"),
        TranscriptState.TEXT_TO_IMPORT: tr("Import a text…"),
        TranscriptState.NO_RECORDING: "",
    }[row.state]
