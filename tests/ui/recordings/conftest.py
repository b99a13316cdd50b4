"""Fixtures for the recordings: a shelf with real values, and a deck controlled by the test."""

from __future__ import annotations

from pathlib import Path

import pytest
from recordings_shown import OPENED, WHOLE

from balint_desktop.domain.study.doors import Passage
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.summary import Condition, PartVerdict, Verification
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import Messages


class FakeShelf:
    """Recordings in memory; `trouble` is raised if set. The consent gate refuses the doors in `closed`."""

    def __init__(self, *recordings):
        self.recordings = recordings
        self.trouble = None
        self.closed = set()
        self.asked = []
        self.exported = []
        self.named = []
        self.noted = []
        self.destroyed = []
        self.witnesses = []

    def _tell(self):
        if self.trouble is not None:
            raise self.trouble

    def sources(self):
        self._tell()
        return tuple(RecordingInputs(one.id, Path("/nowhere")) for one in self.recordings)

    def read_summary(self, sources):
        return next(one for one in self.recordings if one.id == sources.id)

    def pass_door(self, door, recording, purpose=None):
        self.asked.append((door, recording, purpose))
        if door in self.closed:
            raise Trouble(TroubleCode.PURPOSE_NOT_AGREED)
        return Passage(door, recording, purpose)

    def pass_names(self, opened, path):
        self.named.append(path.name)

    def note_exported(self, passage):
        self.noted.append(passage)

    def destroy(self, recording, reason, witness=""):
        self._tell()
        self.witnesses.append(witness)
        self.destroyed.append((recording, reason))
        self.recordings = tuple(one for one in self.recordings if one.id != recording)

    def open(self, sources):
        self._tell()
        return OPENED

    def verify(self, sources):
        self._tell()
        return Verification(sources.id, Condition.COMPLETE, (PartVerdict(1, Condition.COMPLETE, 1200.0, known=True),))

    def export(self, opened, path, passage):
        self._tell()
        self.exported.append(path)


class FakeDeck:
    """A deck that plays nothing until the test says so."""

    def __init__(self):
        self.plays = []
        self.speeds = []
        self.pauses = 0
        self.closed = 0

    def __call__(self, opened, on_position, on_end):
        self.opened, self._on_position, self._on_end = opened, on_position, on_end
        return self

    def play(self, turn, from_s, speed):
        self.plays.append((turn, from_s, speed))

    def set_speed(self, speed):
        self.speeds.append(speed)

    def pause(self):
        self.pauses += 1

    def close(self):
        self.closed += 1

    def hears(self, seconds, play=-1):
        """Report that much of a play as heard, the last one unless another is named."""
        self._on_position(self.plays[play][0], seconds)

    def ends(self, trouble=None, play=-1):
        self._on_end(self.plays[play][0], trouble)


@pytest.fixture
def deck():
    return FakeDeck()


@pytest.fixture
def playback(qtbot, deck):
    return Playback(new_deck=deck, post=lambda call, _owner: call())


@pytest.fixture
def make(qtbot, work, theme, playback):
    def made(*recordings, where=None):
        shelf = FakeShelf(*recordings)
        place = RecordingsPlace(lambda: shelf, playback, work, Messages(), ask=lambda *_args: where)
        place.shelf = shelf
        qtbot.addWidget(place)
        place.resize(1040, 720)
        place.show()
        place.enter_view()
        qtbot.waitUntil(lambda: not work.busy)
        return place

    return made


@pytest.fixture
def opened(make, work, qtbot):
    """Return the place with a whole recording open."""
    place = make(WHOLE)
    place._open_button.click()
    qtbot.waitUntil(place.page.player.isVisible)
    return place
