"""What the place Transcripts needs: the transcripts of an open vault, and a few choices it remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.queue import QueueState, WaitReason
from balint_desktop.domain.transcript.second_hearing import PlaceToHear, Reading
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Speaker, Transcript
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionKind
from balint_desktop.recordings.summary import OpenRecording, PhaseMark
from balint_desktop.ui.deidentify.deps import DeidentifyDeps
from balint_desktop.ui.widgets.drafts import DraftStore
from balint_desktop.ui.widgets.names_source import NamesSource


class TranscriptState(StrEnum):
    """How far a session's transcript is."""

    NOTHING = "nothing"
    CLOSED = "closed"
    """It may not be transcribed, or its text not be read; `ClosedBy` says why."""
    QUEUED = "queued"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    DRAFT = "draft"
    """The machine's text, which no one has changed or listened to."""
    TO_TYPE = "to-type"
    """A text to type by hand, of which nothing is typed yet."""
    TYPING = "typing"
    IMPORTED = "imported"
    """A text from a file, which no one has changed or listened to since."""
    CORRECTING = "correcting"
    SIGNED_OFF = "signed-off"
    DEIDENTIFYING = "deidentifying"
    """Signed off, and something in it was decided or read."""
    APPROVED = "approved"
    """There is an approved text. The recording may be there or destroyed."""
    TEXT_TO_IMPORT = "text-to-import"
    """There is no recording, and a text from elsewhere may be imported."""
    NO_RECORDING = "no-recording"
    """The recording was destroyed, or this vault cannot open it."""


class ClosedBy(StrEnum):
    """Why a session may not be transcribed, or its text not be read. Nothing says who."""

    NOT_AGREED = "not-agreed"
    """Somebody in the room never agreed to transcription."""
    WITHDRAWN = "withdrawn"
    """Everybody agreed, and somebody has withdrawn that since."""
    GRADES = "grades"
    ASSESSMENT = "assessment"
    """Whether the leader assesses these students is not answered."""


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One session in the list. `open_count` is how many places there are to look at, None without a text.

    `unnamed_count` is how many turns have no speaker.
    `has_transcript` is whether a transcript was begun, and `closed` why it may not be opened or begun. `queue_place` is
    its place in the queue, from 1, and `waits_for` what the first of the queue waits for. `version` is the latest of
    the approved text, 0 before the first. `has_recording` is false for a session that never had a recording: `seconds`
    is then how long it was, as entered.
    """

    recording: RecordingId
    state: TranscriptState
    group: str = ""
    number: int | None = None
    kind: SessionKind = SessionKind.CASE
    began_wall: float | None = None
    seconds: float | None = None
    open_count: int | None = None
    unnamed_count: int = 0
    has_transcript: bool = False
    closed: ClosedBy | None = None
    queue_place: int = 0
    waits_for: WaitReason | None = None
    version: int = 0
    has_recording: bool = True


class TranscriptWay(StrEnum):
    """How a transcript begins."""

    BY_MACHINE = "by-machine"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model on this computer: its name, whether its files are on the checked list, and its estimate in seconds.

    `languages` are those it knows, as the engine's code and its name for a person.
    """

    name: str
    is_checked: bool
    languages: tuple[tuple[str, str], ...] = ()
    estimate_s: float | None = None


@dataclass(frozen=True, slots=True)
class TranscribeCard:
    """What a person sees before transcribing. `speech_s` is how long somebody seems to speak, None if unknown.

    `agreed` are the purposes that everyone in the room agreed to; `readers` the labels of those who may read the text
    besides this vault. Without the engine `has_engine` is false: the text can then be typed or imported. `chosen` is
    what was chosen for one that was stopped, None where none was begun.
    """

    row: TranscriptRow
    agreed: frozenset[Purpose]
    readers: tuple[str, ...] = ()
    speech_s: float | None = None
    models: tuple[ModelChoice, ...] = ()
    has_engine: bool = True
    chosen: TranscribeChoices | None = None


@dataclass(frozen=True, slots=True)
class TranscribeChoices:
    """What a person chose on the card.

    `model` and `language` are empty for a text typed by hand, and to go on with all that it was begun with.
    """

    way: TranscriptWay
    model: str = ""
    language: str = ""
    while_locked: bool = False
    keep_awake: bool = False


@dataclass(frozen=True, slots=True)
class TranscribeProgress:
    """The queue, and the words for the session that is first in it."""

    title: str
    queue: QueueState


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who signed a transcript off, when, and the reason where something was left open."""

    by: str
    wall: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenTranscript:
    """A transcript opened in memory.

    `audible` are the stretches of the recording that can be heard. `guesses` is what the engine wrote where it did not
    understand, by the beginning of the stretch in session milliseconds: shown only when asked for. `machine_words` are
    its words by their times. `may_hear_again` is whether this vault may have the recording heard again.
    """

    row: TranscriptRow
    transcript: Transcript
    listened: Listened = field(default_factory=Listened)
    audible: tuple[Span, ...] = ()
    phases: tuple[PhaseMark, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    guesses: Mapping[int, str] = field(default_factory=dict)
    sound: OpenRecording | None = None
    signed: SignedOff | None = None
    machine_words: Mapping[Span, str] = field(default_factory=dict)
    may_hear_again: bool = False


class PlaceHearing(Protocol):
    """A place that the machine hears again."""

    def run(self, report: Callable[[int, int], None]) -> tuple[Reading, ...] | None:
        """Return at most three readings, None if it was stopped. Called once, in a thread. Raise Trouble.

        `report` is called on that thread before each hearing, with its number and how many there are.
        """
        ...


class TranscriptService(Protocol):
    """Transcripts of an open vault. All methods raise Trouble.

    `list`, `card`, `open`, `save` and `save_listened` take a moment and are called in a thread, the two that save never
    at once; the others are called on the main thread and return at once.
    """

    def list(self) -> tuple[TranscriptRow, ...]:
        """Return one row for each session that has a recording or a transcript."""
        ...

    def card(self, recording: RecordingId) -> TranscribeCard:
        """Return what is to be known before transcribing a recording."""
        ...

    def start(self, recording: RecordingId, choices: TranscribeChoices) -> None:
        """Begin, continue or queue a transcription; by hand, make the empty turns.

        Without a model, one that was stopped goes on with what was chosen for it.
        """
        ...

    def stop(self, recording: RecordingId) -> None:
        """Stop a transcription, or take it out of the queue. What was heard is kept."""
        ...

    def delete(self, recording: RecordingId) -> None:
        """Delete a transcript for good; the recording stays."""
        ...

    def progress(self) -> TranscribeProgress | None:
        """Return the queue of transcriptions, None where nothing is asked for. Called once a second."""
        ...

    def open(self, recording: RecordingId) -> OpenTranscript:
        """Open a transcript in memory, with its recording where that can be played."""
        ...

    def close(self, recording: RecordingId) -> None:
        """Release a transcript that was opened. All of it was saved: nothing can be saved in it any more."""
        ...

    def save(self, recording: RecordingId, transcript: Transcript) -> None:
        """Save the working text: the pages that differ from those saved last."""
        ...

    def save_listened(self, recording: RecordingId, listened: Listened) -> None:
        """Save what was listened to."""
        ...

    def hear_again(self, of: OpenTranscript, transcript: Transcript, place: PlaceToHear) -> PlaceHearing:
        """Return a second hearing of a place of the text as it is now, ready to run, in the sound that was opened.

        One at a time; a session and a lock stop it.
        """
        ...

    def end_hearing(self) -> None:
        """Stop a second hearing, or note that it is over: what it kept waiting goes on."""
        ...

    def sign_off(self, recording: RecordingId, by: str, reason: str) -> SignedOff:
        """Record a person's sign-off of the text that was saved last."""
        ...

    def reopen(self, recording: RecordingId) -> None:
        """Make a transcript that was signed off editable again."""
        ...


class CorrectingSettings(Protocol):
    """Choices that outlast the page."""

    pedal_holds: bool
    """Whether the pedal plays only while it is pressed."""
    other_language: str
    """The language that was last marked in a text, empty before the first."""


@dataclass(slots=True)
class SittingSettings:
    """Choices that last as long as the window."""

    pedal_holds: bool = False
    other_language: str = ""


def _no_names(_recording: RecordingId) -> NamesSource | None:
    return None


def _no_labels(_recording: RecordingId) -> Mapping[ParticipantCode, str]:
    return {}


@dataclass(frozen=True, slots=True)
class TranscriptsDeps:
    """What the place is given. `drafts` remembers which transcript is left open.

    `names_in` returns the words of a text that name a member of a recording's group. `heard_as` adds to the roster how
    a name was heard. The last three lead elsewhere; None hides their buttons.
    Without `deidentify` a text that was signed off is read.
    """

    service: Callable[[], TranscriptService]
    settings: CorrectingSettings = field(default_factory=SittingSettings)
    names: Callable[[RecordingId], NamesSource | None] = _no_names
    labels: Callable[[RecordingId], Mapping[ParticipantCode, str]] = _no_labels
    names_in: Callable[[RecordingId, str], tuple[str, ...]] = lambda _recording, _text: ()
    heard_as: Callable[[RecordingId, ParticipantCode, str], None] | None = None
    drafts: DraftStore | None = None
    deidentify: DeidentifyDeps | None = None
    import_text: Callable[[RecordingId], None] | None = None
    show_consents: Callable[[RecordingId], None] | None = None
    add_model: Callable[[], None] | None = None
