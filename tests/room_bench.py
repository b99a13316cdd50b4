"""A session room over fakes and a wound clock, for tests and for viewing it."""

from __future__ import annotations

from functools import cached_property

from clocks import WoundClock
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from qt_events import process_events
from session_fakes import FakeRecordingStore, ListSessionLog, RecorderBench

from balint_desktop import resources
from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.library.formats import shipped_bank
from balint_desktop.session.controller import SessionController
from balint_desktop.session.recording_controller import RecordingController
from balint_desktop.ui.room.room import RoomPlace

MEMBERS = tuple(Participant(participant_code(n), agreed_to_recording=n < 7, seat=8 - n) for n in range(1, 8))
EVERYONE = tuple(member.code for member in MEMBERS[:6])
LATECOMER = MEMBERS[6].code
M = 60


class RoomBench:
    """A complete room except for a microphone and a disk."""

    def __init__(
        self,
        theme,
        format_key="student-hour",
        *,
        research=False,
        recorded=True,
        microphones=None,
        readers=(),
        support="Student Health, ground floor",
        **more,
    ):
        bank = shipped_bank()
        self.clock = WoundClock()
        self.log = ListSessionLog()
        self.recorders = RecorderBench()
        self.controller = (
            RecordingController(FakeRecordingStore(), self.recorders, lambda call: call()) if recorded else None
        )
        group = Group(
            id=GroupId("g"),
            name="Psychiatry rotation, block B",
            participants=MEMBERS,
            recording_rule=RecordingRule.THOSE_PRESENT,
            support=support,
            for_research=research,
            this_vault_reads=not readers,
            readers=readers,
        )
        session_format = parse_format(resources.text(f"formats/{format_key}.toml"), bank)
        self.session = SessionController(session_format, group, self.clock, self.log, self.controller)
        self._bank = bank
        self._theme = theme
        self._microphones = microphones
        self._more = more

    @cached_property
    def room(self):
        """The room itself, built on demand: the caller shows it, and has it closed."""
        return RoomPlace(
            self.session,
            self._bank,
            self._theme,
            "Psychiatry rotation, block B, session 3",
            begin=lambda: self.session.begin(EVERYONE),
            device=lambda: "USB",
            microphones=self._microphones,
            **self._more,
        )

    def wait(self, seconds):
        """Let time pass with the window open."""
        for _ in range(int(seconds) // 5):
            self.clock.advance(5)
            self.tick()

    def tick(self):
        """Tick as the window does while the room is visible."""
        self.session.tick()
        self.room.refresh()

    def to_minute(self, minute):
        self.wait(minute * M - self.session.elapsed_s())

    def record(self):
        self.session.recording.start("USB")
        self.recorders.last.hears(0.1)

    def to_reflection(self):
        """Step through the first phases at their times, recording, to minute 31."""
        self.room._on_begin()
        self.record()
        for minute in (3, 5, 12, 17):
            self.to_minute(minute)
            self.session.step()
        self.to_minute(31)
        self.recorders.last.hears(31 * M)


def find(bench, name, kind=QWidget):
    """Return the room's element with a name."""
    process_events()
    found = [w for w in bench.room.findChildren(kind, name) if w.isVisibleTo(bench.room)]
    assert found, f"{name} is not shown"
    return found[0]


def shown(bench, name):
    """Return whether the room shows an element with a name."""
    process_events()
    return any(w.isVisibleTo(bench.room) for w in bench.room.findChildren(QWidget, name))


def press(bench, name):
    find(bench, name, QAbstractButton).click()
    process_events()


def reads(bench, name):
    return find(bench, name, QLabel).text()
