"""Monitor a microphone: pass its blocks on, and report when it is lost, back, muted, replaced or read too late."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from balint_desktop.capture import watchdog
from balint_desktop.capture.level import is_digital_silence, level_db
from balint_desktop.capture.source import Block, MicrophoneStream
from balint_desktop.capture.timeline import LONGEST_GAP_S
from balint_desktop.capture.timeouts import BackgroundCall
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_REOPEN_EVERY_S = 1.0
_NOT_BACK = {TroubleCode.NO_MICROPHONE, TroubleCode.MICROPHONE_BUSY, TroubleCode.MICROPHONE_RATE}

# Reasons why a lost microphone does not come back; any other means that it is not connected.
_WHY_LOST = {TroubleCode.MICROPHONE_BUSY: TroubleCode.MICROPHONE_BUSY}

Report = Callable[..., None]
"""Called with the kind of event, its Trouble code or None, and details by keyword."""


class MicrophoneMonitor:
    """Reads an open microphone and reports its changes of state. All on the recorder's thread."""

    def __init__(
        self, source: MicrophoneStream, report: Report, *, may_wait: Callable[[], bool] = lambda: False
    ) -> None:
        """Prepare to monitor. `may_wait` is whether a lost microphone is waited for as long as it takes."""
        self._source = source
        self._may_wait = may_wait
        self._report = report
        self._zeros_s = 0.0
        self._faint_s = 0.0
        self._has_heard = False
        self._silence: TroubleCode | None = None
        self._reported_dropped = 0
        self._lost_since_s: float | None = None
        self._reported_moved = False
        self._reported_lost: TroubleCode | None = None
        self._reopen_at_s = 0.0
        self._attempt: BackgroundCall | None = None

    @property
    def is_lost(self) -> bool:
        """Return whether the microphone is lost."""
        return self._lost_since_s is not None

    @property
    def silence(self) -> TroubleCode | None:
        """Return why the microphone delivers digital silence or only its own hiss, None if it hears the room."""
        return self._silence

    def read_blocks(self, wait_s: float) -> list[Block]:
        """Return the blocks received, waiting up to `wait_s` for the first one; none while the microphone is lost."""
        if self.is_lost:
            time.sleep(wait_s)
            return []
        blocks = self._source.read_blocks(wait_s)
        for block in blocks:
            self._measure(block)
        return blocks

    def _measure(self, block: Block) -> None:
        self._faint_s = self._faint_s + block.frames / RATE_HZ if level_db(block.sound) < watchdog.FAINT_DB else 0.0
        if is_digital_silence(block.sound):
            self._zeros_s += block.frames / RATE_HZ
        else:
            self._zeros_s = 0.0
            self._has_heard = True

    def check(self) -> None:
        """Check the microphone, or try to reopen a lost one. Called four times a second.

        Raise Trouble: MICROPHONE_GONE if it does not come back, SOUND_SYSTEM_FROZEN if it cannot even be closed.
        """
        if self._lost_since_s is not None:
            self._reopen(self._lost_since_s)
            return
        health = watchdog.MicrophoneHealth(
            self._source.since_block_s,
            self._source.is_active,
            self._zeros_s,
            self._faint_s,
            self._has_heard,
            needs_permission=sys.platform == "darwin",
        )
        if watchdog.is_lost(health):
            self._lose()
            return
        self._report_silence(watchdog.silence_trouble(health))
        if self._source.moved != self._reported_moved:
            self._reported_moved = self._source.moved
            trouble = TroubleCode.MICROPHONE_CHANGED if self._reported_moved else None
            self._report(RecorderEventKind.SOURCE_CHANGED, trouble)
        if self._source.dropped > self._reported_dropped:
            self._reported_dropped = self._source.dropped
            self._report(RecorderEventKind.OVERRUN, None, dropped=self._reported_dropped)

    def _report_silence(self, trouble: TroubleCode | None) -> None:
        if trouble != self._silence:
            self._silence = trouble
            self._report(RecorderEventKind.UNMUTED if trouble is None else RecorderEventKind.MUTED, trouble)

    def _lose(self) -> None:
        # Report first, since closing may hang: in that case nothing was unplugged and the recorder has to end.
        self._report_silence(None)
        self._reported_moved = False
        self._report(RecorderEventKind.DEVICE_LOST, TroubleCode.MICROPHONE_GONE)
        self._reported_lost = TroubleCode.MICROPHONE_GONE
        self._lost_since_s = time.monotonic()
        self._zeros_s = self._faint_s = 0.0
        self._source.close()

    def begin_lost(self) -> None:
        """Begin without the microphone, which could not be opened: it is waited for like one that was lost."""
        self._lost_since_s = time.monotonic()
        self._report_lost(TroubleCode.MICROPHONE_GONE)

    def _report_lost(self, reason: TroubleCode) -> None:
        if reason != self._reported_lost:
            self._reported_lost = reason
            self._report(RecorderEventKind.DEVICE_LOST, reason)

    def _reopen(self, lost_since_s: float) -> None:
        now_s = time.monotonic()
        if now_s - lost_since_s > LONGEST_GAP_S and not self._may_wait():
            raise Trouble(TroubleCode.MICROPHONE_GONE)
        if now_s < self._reopen_at_s:
            return
        self._reopen_at_s = now_s + _REOPEN_EVERY_S
        try:
            if not self._try_to_reopen():
                return
        except Trouble as trouble:
            if trouble.code not in _NOT_BACK:
                raise
            self._report_lost(_WHY_LOST.get(trouble.code, TroubleCode.MICROPHONE_GONE))
            return
        self._lost_since_s = None
        self._report(RecorderEventKind.DEVICE_BACK, None, device=self._source.device_name)

    def _try_to_reopen(self) -> bool:
        """Return whether the microphone is open again, False while an attempt lasts. Raise Trouble if it failed.

        An attempt may take seconds. Where another source is heard meanwhile, it takes them on a thread of its own.
        """
        if self._attempt is None and not self._may_wait():
            self._source.reopen()
            return True
        if self._attempt is None:
            self._attempt = BackgroundCall(self._source.reopen)
        if not self._attempt.is_over:
            return False
        attempt, self._attempt = self._attempt, None
        attempt.raise_failure()
        return True
