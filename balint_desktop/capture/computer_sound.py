"""Add what the computer plays to a recording: mixed with the microphone, and its own troubles reported."""

from __future__ import annotations

import time

from balint_desktop.capture import watchdog
from balint_desktop.capture.computer_stream import ComputerStream
from balint_desktop.capture.level import SILENT_DB
from balint_desktop.capture.microphone_monitor import Report
from balint_desktop.capture.mixer import MixedBlock, Mixer
from balint_desktop.capture.source import Block
from balint_desktop.domain.clock import Clock
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_FIRST_SOUND_S = 5.0
_LOOK_EVERY_S = 0.1


class ComputerSound:
    """The second source of a recording. All on the recorder's thread.

    `microphone_db` and `computer_db` are the levels of what was written last, None for a source that is lost.
    """

    def __init__(self, stream: ComputerStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._mixer = Mixer()
        self._report: Report = lambda *_, **__: None
        self._is_microphone_lost = False
        self._reported_lost = False
        self._silent_s = 0.0
        self._reported_silent = False
        self.microphone_db: float | None = SILENT_DB
        self.computer_db: float | None = None

    @property
    def name(self) -> str:
        """Return the source's name."""
        return self._stream.name

    @property
    def is_live(self) -> bool:
        """Return whether the computer's sound arrives."""
        return self._mixer.has_computer

    def open(self) -> None:
        """Start listening."""
        self._stream.open()

    def wait_until_live(self) -> bool:
        """Wait some seconds for the first sound, and return whether it came."""
        until_s = time.monotonic() + _FIRST_SOUND_S
        while not self.is_live and time.monotonic() < until_s:
            time.sleep(_LOOK_EVERY_S)
            self._receive()
        return self.is_live

    def close(self) -> None:
        """Stop listening."""
        self._stream.close()

    def set_report(self, report: Report) -> None:
        """Set where events are reported."""
        self._report = report

    def mix(
        self, blocks: list[Block], latency_s: float, *, is_microphone_lost: bool, ends: bool = False
    ) -> list[Block]:
        """Return what to write, given the microphone's new blocks: everything there is where the recording ends."""
        mixed: list[MixedBlock] = []
        self._receive()
        if is_microphone_lost and not self._is_microphone_lost:
            mixed += self._mixer.lose_microphone(self._now_s())
        elif self._is_microphone_lost and not is_microphone_lost:
            self._mixer.regain_microphone()
        self._is_microphone_lost = is_microphone_lost
        for block in blocks:
            self._mixer.add_microphone(block, latency_s)
        mixed += self._mixer.mix(self._now_s(), ends=ends)
        if mixed:
            self.microphone_db, self.computer_db = mixed[-1].microphone_db, mixed[-1].computer_db
        return [one.block for one in mixed]

    def check(self) -> None:
        """Report a loss, a return or a long silence, and reopen what is lost. Called four times a second."""
        if self._stream.is_lost:
            self._mixer.lose_computer()
            self._silent_s = 0.0
            self._report_silent(is_silent=False)
            self._report_lost(is_lost=True)
            self._stream.reopen_if_due()
        elif self.is_live:
            self._report_lost(is_lost=False)
            self._report_silent(is_silent=self._silent_s >= watchdog.NOTHING_PLAYED_S)

    def _receive(self) -> None:
        for block, latency_s in self._stream.read_blocks():
            self._mixer.add_computer(block, latency_s)
            is_silent = watchdog.is_nothing_played(block.sound)
            self._silent_s = self._silent_s + block.frames / RATE_HZ if is_silent else 0.0

    def _report_lost(self, *, is_lost: bool) -> None:
        if is_lost != self._reported_lost:
            self._reported_lost = is_lost
            kind = RecorderEventKind.COMPUTER_LOST if is_lost else RecorderEventKind.COMPUTER_BACK
            self._report(kind, TroubleCode.COMPUTER_SOUND_LOST if is_lost else None)

    def _report_silent(self, *, is_silent: bool) -> None:
        if is_silent != self._reported_silent:
            self._reported_silent = is_silent
            kind = RecorderEventKind.COMPUTER_SILENT if is_silent else RecorderEventKind.COMPUTER_HEARD
            self._report(kind, TroubleCode.COMPUTER_SOUND_SILENT if is_silent else None)

    def _now_s(self) -> float:
        return self._clock.now().boot
