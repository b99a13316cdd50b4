"""Hearing a microphone: its blocks, and noticing that it is gone, back again, muted, or heard too late."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from balint_desktop.capture import watchdog
from balint_desktop.capture.level import is_digital_silence
from balint_desktop.capture.source import Block, Source
from balint_desktop.capture.timeline import LONGEST_GAP_S
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_BACK_EVERY_S = 1.0
_NOT_BACK = {TroubleCode.NO_MICROPHONE, TroubleCode.MICROPHONE_BUSY, TroubleCode.MICROPHONE_RATE}

# What can be said of a microphone that does not come back; all else is that it is not there.
_WHY_LOST = {TroubleCode.MICROPHONE_BUSY: TroubleCode.MICROPHONE_BUSY}

Tell = Callable[..., None]
"""Takes an event, a trouble or None, and further details by name."""


class Hearing:
    """Takes blocks from an open source and tells what becomes of it. All on the recorder's thread."""

    def __init__(self, source: Source, tell: Tell) -> None:
        self._source = source
        self._tell = tell
        self._zeros_s = 0.0
        self._heard = False
        self._silent: TroubleCode | None = None
        self._told_dropped = 0
        self._lost_since_s: float | None = None
        self._told_moved = False
        self._told_lost: TroubleCode | None = None
        self._try_again_s = 0.0

    @property
    def lost(self) -> bool:
        """Tell whether there is no microphone now."""
        return self._lost_since_s is not None

    @property
    def silence(self) -> TroubleCode | None:
        """Return why the microphone gives digital silence, None where it does not."""
        return self._silent

    def take(self, wait_s: float) -> list[Block]:
        """Return the blocks that have come, waiting so long for the first."""
        if self.lost:
            time.sleep(wait_s)
            return []
        blocks = self._source.take(wait_s)
        for block in blocks:
            self._listen_to(block)
        return blocks

    def _listen_to(self, block: Block) -> None:
        if is_digital_silence(block.sound):
            self._zeros_s += block.frames / RATE_HZ
        else:
            self._zeros_s = 0.0
            self._heard = True

    def watch(self) -> None:
        """Look after the microphone; called four times a second.

        Raise Trouble: MICROPHONE_GONE where it stays away, SOUND_SYSTEM_FROZEN where it cannot even be let go.
        """
        if self._lost_since_s is not None:
            self._look_for_it(self._lost_since_s)
            return
        seen = watchdog.Seen(
            self._source.since_block_s, self._source.is_active, self._zeros_s, self._heard, sys.platform == "darwin"
        )
        if watchdog.is_lost(seen):
            self._lose()
            return
        self._tell_silence(watchdog.silence_trouble(seen))
        if self._source.moved != self._told_moved:
            self._told_moved = self._source.moved
            self._tell(RecorderEventKind.SOURCE_CHANGED, TroubleCode.MICROPHONE_CHANGED if self._told_moved else None)
        if self._source.dropped > self._told_dropped:
            self._told_dropped = self._source.dropped
            self._tell(RecorderEventKind.OVERRUN, None, dropped=self._told_dropped)

    def _tell_silence(self, trouble: TroubleCode | None) -> None:
        if trouble != self._silent:
            self._silent = trouble
            self._tell(RecorderEventKind.UNMUTED if trouble is None else RecorderEventKind.MUTED, trouble)

    def _lose(self) -> None:
        # Told first, since letting go may hang: then nothing was unplugged, and the recorder has to end.
        self._tell_silence(None)
        self._told_moved = False
        self._tell(RecorderEventKind.DEVICE_LOST, TroubleCode.MICROPHONE_GONE)
        self._told_lost = TroubleCode.MICROPHONE_GONE
        self._lost_since_s = time.monotonic()
        self._zeros_s = 0.0
        self._source.close()

    def _tell_lost(self, why: TroubleCode) -> None:
        if why != self._told_lost:
            self._told_lost = why
            self._tell(RecorderEventKind.DEVICE_LOST, why)

    def _look_for_it(self, lost_since_s: float) -> None:
        now_s = time.monotonic()
        if now_s - lost_since_s > LONGEST_GAP_S:
            raise Trouble(TroubleCode.MICROPHONE_GONE)
        if now_s < self._try_again_s:
            return
        self._try_again_s = now_s + _BACK_EVERY_S
        try:
            self._source.open_again()
        except Trouble as trouble:
            if trouble.code not in _NOT_BACK:
                raise
            self._tell_lost(_WHY_LOST.get(trouble.code, TroubleCode.MICROPHONE_GONE))
            return
        self._lost_since_s = None
        self._tell(RecorderEventKind.DEVICE_BACK, None, device=self._source.device_name)
