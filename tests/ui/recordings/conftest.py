"""What tests of the recordings share: a shelf with real values, and a player that the test speaks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from balint_desktop.domain.session import Moment
from balint_desktop.domain.values import MarkKind, RecordingId
from balint_desktop.exchange.joining import Joined, Kind, Stretch
from balint_desktop.exchange.listed import Condition, Listed, Opened, PartVerdict, PhaseMark, Verdict
from balint_desktop.exchange.opening import Sources
from balint_desktop.ui.messages import Messages
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.playback import Playback

WHOLE = Listed(RecordingId("whole"), Condition.COMPLETE, "Wednesday group", 3, 1_772_600_767.0, 3600.0, 2)
JOINED = Joined(
    (
        Stretch(Kind.SOUND, 60, 480, 1),
        Stretch(Kind.OFF_RECORD, 480, 600, 1, 420),
        Stretch(Kind.SOUND, 600, 1020, 1, 540),
        Stretch(Kind.STRUCK, 1020, 1080, 1, 960),
        Stretch(Kind.SOUND, 1080, 1198, 1, 1020),
        Stretch(Kind.GAP, 1198, 1260),
        Stretch(Kind.SOUND, 1260, 3660, 2),
    )
)
OPENED = Opened(
    WHOLE,
    JOINED,
    (PhaseMark("Open", 60.0), PhaseMark("Call", 180.0), PhaseMark("Group reflects", 1020.0)),
    (Moment(420.0, MarkKind.NAME_TO_REMOVE), Moment(1500.0, MarkKind.WORTH_COMING_BACK_TO)),
    {1: b"", 2: b""},
)


class FakeShelf:
    """A shelf in memory; `trouble` is raised where it is set."""

    def __init__(self, *recordings):
        self.recordings = recordings
        self.trouble = None
        self.exported = []
        self.noted = []
        self.destroyed = []

    def _tell(self):
        if self.trouble is not None:
            raise self.trouble

    def sources(self):
        self._tell()
        return tuple(Sources(one.id, Path("/nowhere")) for one in self.recordings)

    def look(self, sources):
        return next(one for one in self.recordings if one.id == sources.id)

    def note_exported(self, recording):
        self.noted.append(recording)

    def destroy(self, recording, reason):
        self._tell()
        self.destroyed.append((recording, reason))
        self.recordings = tuple(one for one in self.recordings if one.id != recording)

    def open(self, sources):
        self._tell()
        return OPENED

    def verify(self, sources):
        self._tell()
        return Verdict(sources.id, Condition.COMPLETE, (PartVerdict(1, Condition.COMPLETE, 1200.0, known=True),))

    def export(self, opened, path):
        self._tell()
        self.exported.append(path)


class FakePlayer:
    """A player that plays nothing until the test says so."""

    def __init__(self):
        self.starts = []
        self.stops = 0

    def __call__(self, sound, on_position, on_end):
        self.starts.append((sound, on_position, on_end))
        return self

    def stop(self):
        self.stops += 1

    def hears(self, seconds):
        self.starts[-1][1](seconds)

    def ends(self, trouble=None):
        self.starts[-1][2](trouble)


@pytest.fixture
def player():
    return FakePlayer()


@pytest.fixture
def playback(qtbot, player):
    return Playback(open_pcm=lambda *_args: None, start_playing=player, post=lambda call: call())


@pytest.fixture
def make(qtbot, work, theme, playback):
    def made(*recordings, where=None):
        shelf = FakeShelf(*recordings)
        place = RecordingsPlace(lambda: shelf, playback, work, Messages(), ask=lambda *_args: where)
        place.shelf = shelf
        qtbot.addWidget(place)
        place.resize(1040, 720)
        place.show()
        place.entered()
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
