"""A transcript on its page over memory: a session of a few turns, a service and a deck that a test controls."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtTest import QTest
from qt_events import process_events
from waiting import GENEROUS_S

from balint_desktop.domain.transcript.alignment import shared_out
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.second_hearing import Reading
from balint_desktop.domain.transcript.transcript import LEADER, Speaker, Turn, Word, WordKind, transcript_of
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.summary import Condition, OpenRecording, PhaseMark, RecordingSummary
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.transcripts.correct_page import CorrectPage
from balint_desktop.ui.transcripts.deps import (
    OpenTranscript,
    SignedOff,
    TranscriptRow,
    TranscriptsDeps,
    TranscriptState,
)

RECORDING = RecordingId("whole")
_PLACES = {
    "<not-understood>": WordKind.NOT_UNDERSTOOD,
    "<no-words>": WordKind.NO_WORDS,
    "<unclear>": WordKind.UNCLEAR,
    "<te-reo>": WordKind.OTHER_LANGUAGE,
    "<withdrawn>": WordKind.WITHDRAWN,
}


def turn(number, who, at_s, text):
    """Return a turn of words of a third of a second each. A ~ before a word makes it doubtful; <unclear> is a place."""
    words, ms = [], round(at_s * 1000)
    for term in text.split():
        kind = _PLACES.get(term, WordKind.SPOKEN)
        length = 300 if kind is WordKind.SPOKEN else 4_000
        shown = {WordKind.SPOKEN: term.lstrip("~"), WordKind.OTHER_LANGUAGE: "te reo Māori"}.get(kind, "")
        doubt = None if kind is not WordKind.SPOKEN else 0.3 if term.startswith("~") else 0.95
        words.append(Word(shown, ms, ms + length, doubt, kind))
        ms += length + 50
    return Turn(number, Speaker(who), round(at_s * 1000), ms, tuple(words))


TRANSCRIPT = transcript_of(
    (
        turn(1, "P4", 60, "I imagine she was tired of being asked."),
        turn(2, "P2", 70, "It made me angry. With the ~registrar, and then with her."),
        turn(3, "unknown", 82, "<not-understood>"),
        turn(4, "F", 90, "What is that anger like?"),
        turn(5, "P1", 95, "Like being ~small again, <unclear> and I said <te-reo> nothing."),
    )
)
SOUND = OpenRecording(
    RecordingSummary(RECORDING, Condition.COMPLETE),
    JoinedRecording(
        (
            TimelineStretch(StretchKind.SOUND, 0, 200, 1),
            TimelineStretch(StretchKind.OFF_RECORD, 200, 210, 1, 200),
            TimelineStretch(StretchKind.SOUND, 210, 400, 1, 210),
        )
    ),
    phases=(PhaseMark("Open", 0.0), PhaseMark("Group reflects", 65.0)),
    sounds={1: b""},
)
ROW = TranscriptRow(RECORDING, TranscriptState.CORRECTING, "Wednesday group", 3, seconds=400.0)
OPENED = OpenTranscript(
    ROW,
    TRANSCRIPT,
    Listened(((0, 40_000),)),
    ((0, 200_000), (210_000, 400_000)),
    SOUND.phases,
    (LEADER, *(Speaker(f"P{n}") for n in (1, 2, 4))),
    {82_000: "the climate ula"},
    SOUND,
)


class FakeDeck:
    """A deck that plays nothing until the test says so."""

    def __init__(self):
        self.plays = []

    def __call__(self, _opened, on_position, on_end):
        self._on_position, self._on_end = on_position, on_end
        return self

    def play(self, turn, from_s, speed):
        self.plays.append((turn, from_s, speed))

    def set_speed(self, speed):
        pass

    def pause(self):
        pass

    def close(self):
        pass

    def hears(self, seconds):
        """Report that much of the last play as heard."""
        self._on_position(self.plays[-1][0], seconds)


class FakeHearing:
    """A second hearing that ends when the test says what was heard, or Trouble; None for one that was stopped."""

    def __init__(self, transcript, place):
        self.transcript, self.place = transcript, place
        self._ended, self._outcome = threading.Event(), None

    def run(self, report):
        report(1, 3)
        assert self._ended.wait(GENEROUS_S)
        if isinstance(self._outcome, Trouble):
            raise self._outcome
        return self._outcome

    def hears(self, *texts):
        """End with these readings, each as long as its place."""
        words = self.transcript.turn(self.place.turn_id).words[self.place.first : self.place.last]
        begin, end = words[0].from_ms, words[-1].until_ms
        self.end(tuple(Reading(tuple(shared_out(text.split(), begin, end)), end) for text in texts))

    def end(self, outcome):
        """End with an outcome, unless it has ended."""
        if not self._ended.is_set():
            self._outcome = outcome
            self._ended.set()


class FakeTranscripts:
    """A transcript service in memory. `trouble` is raised by each save while it is set."""

    def __init__(self, opened=OPENED, rows=(ROW,)):
        self.opened, self.rows = opened, rows
        self.saved, self.saved_listened, self.signed, self.reopened = [], [], [], []
        self.started, self.stopped, self.closed, self.deleted = [], [], [], []
        self.trouble = self.running = self.before = None
        self.hearings, self.hearing_trouble = [], None

    def list(self):
        return self.rows

    def card(self, recording):
        return self.before

    def start(self, recording, choices):
        self._fail()
        self.started.append((recording, choices))

    def stop(self, recording):
        self.stopped.append(recording)

    def delete(self, recording):
        self._fail()
        self.deleted.append(recording)

    def progress(self):
        return self.running

    def open(self, recording):
        self._fail()
        return self.opened

    def close(self, recording):
        self.closed.append(recording)

    def save(self, recording, transcript):
        self._fail()
        self.saved.append(transcript)

    def save_listened(self, recording, listened):
        self._fail()
        self.saved_listened.append(listened)

    def hear_again(self, of, transcript, place):
        if self.hearing_trouble is not None:
            raise self.hearing_trouble
        self.hearings.append(FakeHearing(transcript, place))
        return self.hearings[-1]

    def end_hearing(self):
        for hearing in self.hearings:
            hearing.end(None)

    def sign_off(self, recording, by, reason):
        self._fail()
        self.signed.append((by, reason, self.saved[-1] if self.saved else self.opened.transcript))
        return SignedOff(by, 1_772_600_767.0, reason)

    def reopen(self, recording):
        self.reopened.append(recording)

    def _fail(self):
        if self.trouble is not None:
            raise self.trouble


class CorrectingBench:
    """The page with a transcript open, its service and its sound."""

    def __init__(self, work, **changed):
        self.work = work
        self.opened = replace(OPENED, **changed)
        self.service = FakeTranscripts(self.opened)
        self.deck = FakeDeck()
        self.playback = Playback(self.deck, lambda call, _owner: call())
        self.messages = Messages()
        self.deps = TranscriptsDeps(lambda: self.service)
        self.page = CorrectPage(self.deps, self.playback, work, self.messages)
        self.page.resize(1100, 640)
        self.page.show()
        self.page.activateWindow()
        self.page.show_opened(self.service, self.opened)
        process_events()

    @property
    def edit(self):
        """The editor."""
        return self.page.edit

    @property
    def transcript(self):
        """The text as it is now."""
        return self.page.sitting.transcript

    def words(self, turn_id):
        """Return the words of a turn as text."""
        return " ".join(word.text or f"<{word.kind}>" for word in self.transcript.turn(turn_id).words)

    def lines(self):
        """Return the lines as the editor shows them."""
        return self.edit.toPlainText().split("\n")

    def at(self, turn_id, word=None, offset=0, many=1):
        """Put the cursor before a word of a turn, and so many characters on, without a selection."""
        self.edit.go_to(turn_id, word, many)
        cursor = self.edit.textCursor()
        cursor.setPosition(cursor.selectionStart() + offset)
        self.edit.setTextCursor(cursor)

    def at_end(self, turn_id):
        """Put the cursor at the end of a turn."""
        self.edit.go_to(turn_id)
        cursor = self.edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.EndOfBlock)
        self.edit.setTextCursor(cursor)

    def key(self, key, modifier=None, on=None):
        """Press a key."""
        target = on or self.edit
        QTest.keyClick(target, key) if modifier is None else QTest.keyClick(target, key, modifier)

    def type(self, text):
        """Type a text."""
        QTest.keyClicks(self.edit, text)

    def plays(self, from_s, seconds):
        """Play from a second for so long."""
        self.playback.seek(from_s)
        self.playback.play()
        self.deck.hears(seconds)
        process_events()
