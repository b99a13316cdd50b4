"""What plays in the child that plays: one turn at a time, at a speed that may change, told how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from balint_desktop.capture.play_protocol import Do, Told
from balint_desktop.capture.time_stretch import Stretch
from balint_desktop.domain.trouble import Trouble, TroubleCode

# So much is made ready for the loudspeaker, so that a busy machine leaves no holes; and so much of it at a time, so
# that what is told next is heard soon.
_READY_S = 1.0
_AT_ONCE_S = 0.2
# A loudspeaker that takes nothing for so long is gone, or its sound server stands still.
_STALLED_S = 3.0
# A short pause keeps the loudspeaker; after a longer one it is looked for anew: it may be headphones by now.
_KEPT_S = 10.0
_SAY_EVERY_S = 0.1

Say = Callable[[dict[str, object]], None]


class Loud(Protocol):
    """A loudspeaker that takes sound as it comes."""

    @property
    def waiting_s(self) -> float:
        """How many seconds of sound it has yet to take."""
        ...

    @property
    def latency_s(self) -> float:
        """How long it takes from taking sound to letting it be heard."""
        ...

    @property
    def played_s(self) -> float:
        """How many seconds it has taken so far."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether it has ended, asked or not."""
        ...

    def open(self) -> None:
        """Open it. Raise Trouble NO_LOUDSPEAKER."""
        ...

    def put(self, sound: bytes) -> None:
        """Take this after what waits."""
        ...

    def drop(self) -> None:
        """Forget what waits."""
        ...

    def close(self) -> None:
        """Be silent at once."""


class Playing:
    """Does what it is told. `step` is called some fifty times a second with the seconds of a steady clock."""

    def __init__(self, new_loudspeaker: Callable[[], Loud], say: Say) -> None:
        self._new_loudspeaker = new_loudspeaker
        self._say = say
        self._loudspeaker: Loud | None = None
        self._stretch = Stretch()
        self._turn: int | None = None
        self._no_more = False
        # When something last moved, by that clock: a turn began or ended, or the loudspeaker took some sound.
        self._moved_s: float | None = None
        self._played_s = 0.0
        self._said_s = 0.0
        self._dry_since_s: float | None = None

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing plays."""
        return self._turn is None

    def obey(self, told: Told) -> None:
        """Do one thing that is told. Raise Trouble NO_LOUDSPEAKER."""
        if told.do is Do.BEGIN:
            self._silence()
            self._stretch.speed = told.speed
            self._turn, self._no_more = told.turn, False
            self._open()
        elif told.do is Do.PAUSE:
            self._silence()
            self._turn = None
        elif told.do is Do.SPEED:
            self._change_speed(told.speed)
        elif told.turn == self._turn:
            self._stretch.put(told.sound)
            if told.do is Do.NO_MORE:
                self._no_more = True
                self._stretch.no_more()

    def step(self, now_s: float) -> None:
        """Hand the loudspeaker what it needs, and tell how far it has come. Raise Trouble NO_LOUDSPEAKER."""
        loudspeaker = self._loudspeaker
        if loudspeaker is None:
            return
        moved_s = self._moved_s = now_s if self._moved_s is None else self._moved_s
        if self._turn is None:
            if now_s - moved_s > _KEPT_S:
                self.close()
            return
        is_dry = self._fill(loudspeaker)
        waiting_s = loudspeaker.waiting_s
        if loudspeaker.played_s != self._played_s or waiting_s == 0:
            self._played_s, self._moved_s = loudspeaker.played_s, now_s
        elif loudspeaker.is_over or now_s - moved_s > _STALLED_S:
            raise Trouble(TroubleCode.NO_LOUDSPEAKER)
        self._tell(now_s, waiting_s, is_over=self._is_over(loudspeaker, now_s, is_dry=is_dry and waiting_s == 0))

    def close(self) -> None:
        """Let the loudspeaker go."""
        if self._loudspeaker is not None:
            self._loudspeaker.close()
            self._loudspeaker = None

    def _fill(self, loudspeaker: Loud) -> bool:
        """Make sound ready; tell whether there is none left."""
        until_s = min(_READY_S, loudspeaker.waiting_s + _AT_ONCE_S)
        while loudspeaker.waiting_s < until_s:
            piece = self._stretch.take()
            if not piece:
                return True
            loudspeaker.put(piece)
        return False

    def _change_speed(self, speed: float) -> None:
        """Take back what was made ready at the speed before: the new one is heard at once."""
        if self._loudspeaker is not None and self._turn is not None:
            self._stretch.back(self._loudspeaker.waiting_s * self._stretch.speed)
            self._loudspeaker.drop()
        self._stretch.speed = speed

    def _is_over(self, loudspeaker: Loud, now_s: float, *, is_dry: bool) -> bool:
        """Tell whether all has been heard, not merely taken."""
        if not (is_dry and self._no_more):
            self._dry_since_s = None
            return False
        if self._dry_since_s is None:
            self._dry_since_s = now_s
        return now_s - self._dry_since_s >= loudspeaker.latency_s

    def _tell(self, now_s: float, waiting_s: float, *, is_over: bool) -> None:
        if is_over or now_s - self._said_s >= _SAY_EVERY_S:
            self._said_s = now_s
            seconds = max(0.0, self._stretch.given_s - waiting_s * self._stretch.speed)
            self._say({"turn": self._turn, "seconds": round(seconds, 3), "over": is_over})
        if is_over:
            self._turn = None

    def _silence(self) -> None:
        self._stretch.clear()
        self._moved_s = None
        if self._loudspeaker is not None:
            self._loudspeaker.drop()

    def _open(self) -> None:
        if self._loudspeaker is None:
            loudspeaker = self._new_loudspeaker()
            loudspeaker.open()
            self._loudspeaker = loudspeaker
