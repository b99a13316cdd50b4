"""Play one turn at a time at a variable speed, and report its position. In the playback child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from balint_desktop.capture.play_protocol import PlayCommand, PlayVerb
from balint_desktop.capture.time_stretch import TimeStretch
from balint_desktop.domain.trouble import Trouble, TroubleCode

# Audio queued for the loudspeaker, so that a busy computer causes no dropouts, and how much is queued at a time, so
# that the next command takes effect soon.
_READY_S = 1.0
_AT_ONCE_S = 0.2
# A loudspeaker that accepts no audio for this long is unplugged, or its sound server hangs.
_STALLED_S = 3.0
# A short pause keeps the loudspeaker open; after a longer one it is reopened, as headphones may be in use by then.
_KEPT_S = 10.0
_REPORT_EVERY_S = 0.1

Report = Callable[[dict[str, object]], None]


class AudioOutput(Protocol):
    """A loudspeaker that plays audio from a queue."""

    @property
    def queued_s(self) -> float:
        """Return how many seconds of audio are queued."""
        ...

    @property
    def latency_s(self) -> float:
        """Return the output latency in seconds."""
        ...

    @property
    def played_s(self) -> float:
        """Return how many seconds of audio have been read from the queue."""
        ...

    @property
    def is_over(self) -> bool:
        """Return whether playback has ended, for any reason."""
        ...

    def open(self) -> None:
        """Open the loudspeaker. Raise Trouble NO_LOUDSPEAKER."""
        ...

    def write(self, sound: bytes) -> None:
        """Queue audio."""
        ...

    def clear(self) -> None:
        """Clear the queue."""
        ...

    def close(self) -> None:
        """Stop at once."""


class PlaybackEngine:
    """Plays by commands. `step` is called about fifty times a second with the time of a monotonic clock."""

    def __init__(self, new_loudspeaker: Callable[[], AudioOutput], report: Report) -> None:
        self._new_loudspeaker = new_loudspeaker
        self._report = report
        self._loudspeaker: AudioOutput | None = None
        self._stretch = TimeStretch()
        self._turn: int | None = None
        self._no_more = False
        # Time of the last progress: a turn started or ended, or the loudspeaker read some audio.
        self._moved_s: float | None = None
        self._played_s = 0.0
        self._reported_s = 0.0
        self._dry_since_s: float | None = None

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is playing."""
        return self._turn is None

    def obey(self, command: PlayCommand) -> None:
        """Execute one command. Raise Trouble NO_LOUDSPEAKER."""
        if command.verb is PlayVerb.BEGIN:
            self._silence()
            self._stretch.speed = command.speed
            self._turn, self._no_more = command.turn, False
            self._open()
        elif command.verb is PlayVerb.PAUSE:
            self._silence()
            self._turn = None
        elif command.verb is PlayVerb.SPEED:
            self._change_speed(command.speed)
        elif command.turn == self._turn:
            self._stretch.write(command.sound)
            if command.verb is PlayVerb.NO_MORE:
                self._no_more = True
                self._stretch.finish()

    def step(self, now_s: float) -> None:
        """Queue audio for the loudspeaker, and report the position. Raise Trouble NO_LOUDSPEAKER."""
        loudspeaker = self._loudspeaker
        if loudspeaker is None:
            return
        moved_s = self._moved_s = now_s if self._moved_s is None else self._moved_s
        if self._turn is None:
            if now_s - moved_s > _KEPT_S:
                self.close()
            return
        is_dry = self._fill(loudspeaker)
        queued_s = loudspeaker.queued_s
        if loudspeaker.played_s != self._played_s or queued_s == 0:
            self._played_s, self._moved_s = loudspeaker.played_s, now_s
        elif loudspeaker.is_over or now_s - moved_s > _STALLED_S:
            raise Trouble(TroubleCode.NO_LOUDSPEAKER)
        is_over = self._is_over(loudspeaker, now_s, is_dry=is_dry and queued_s == 0)
        self._report_position(now_s, queued_s, is_over=is_over)

    def close(self) -> None:
        """Close the loudspeaker."""
        if self._loudspeaker is not None:
            self._loudspeaker.close()
            self._loudspeaker = None

    def _fill(self, loudspeaker: AudioOutput) -> bool:
        """Queue audio, and return whether none is left."""
        until_s = min(_READY_S, loudspeaker.queued_s + _AT_ONCE_S)
        while loudspeaker.queued_s < until_s:
            piece = self._stretch.read()
            if not piece:
                return True
            loudspeaker.write(piece)
        return False

    def _change_speed(self, speed: float) -> None:
        """Rewind by the audio queued at the old speed, so that the new speed takes effect at once."""
        if self._loudspeaker is not None and self._turn is not None:
            self._stretch.rewind(self._loudspeaker.queued_s * self._stretch.speed)
            self._loudspeaker.clear()
        self._stretch.speed = speed

    def _is_over(self, loudspeaker: AudioOutput, now_s: float, *, is_dry: bool) -> bool:
        """Return whether all audio has been heard, not merely read from the queue."""
        if not (is_dry and self._no_more):
            self._dry_since_s = None
            return False
        if self._dry_since_s is None:
            self._dry_since_s = now_s
        return now_s - self._dry_since_s >= loudspeaker.latency_s

    def _report_position(self, now_s: float, queued_s: float, *, is_over: bool) -> None:
        if is_over or now_s - self._reported_s >= _REPORT_EVERY_S:
            self._reported_s = now_s
            seconds = max(0.0, self._stretch.read_s - queued_s * self._stretch.speed)
            self._report({"turn": self._turn, "seconds": round(seconds, 3), "over": is_over})
        if is_over:
            self._turn = None

    def _silence(self) -> None:
        self._stretch.clear()
        self._moved_s = None
        if self._loudspeaker is not None:
            self._loudspeaker.clear()

    def _open(self) -> None:
        if self._loudspeaker is None:
            loudspeaker = self._new_loudspeaker()
            loudspeaker.open()
            self._loudspeaker = loudspeaker
