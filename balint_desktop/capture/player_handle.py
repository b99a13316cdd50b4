"""The handle of the child that plays, kept while a recording is open: fed from memory, told of every press at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.play_protocol import Do, Told
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_FRAME_BYTES = 2
# So much of the sound is sent before it is heard: what is on its way must not hold up what is said next.
_AHEAD_S = 3.0


@dataclass(slots=True)
class _Turn:
    """One stretch of playing, and how far it is."""

    number: int
    sound: Iterator[bytes]
    speed: float
    sent_s: float = 0.0
    heard_s: float = 0.0
    told_all: bool = False

    @property
    def has_room(self) -> bool:
        return not self.told_all and self.sent_s - self.heard_s < _AHEAD_S


class Player:
    """Plays sound (int16, 48 kHz, mono) turn by turn; a new turn takes the place of the one before.

    `on_position` hears the turn and how many seconds of its sound were played, `on_end` the turn and what went
    wrong, if anything. Both come on other threads. Every turn's sound is drawn on one thread, which is the only one
    that writes to the child. A child that ended is started again for the next turn. `prepare` is called once on that
    thread before the first turn.
    """

    def __init__(
        self,
        on_position: Callable[[int, float], None],
        on_end: Callable[[int, Trouble | None], None],
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_position = on_position
        self._on_end = on_end
        self._prepare = prepare
        self._changed = threading.Condition()
        self._child: LineChild | None = None
        self._trouble: Trouble | None = None
        self._wanted: _Turn | None = None
        self._current: _Turn | None = None
        self._speed = 1.0
        self._closed = False
        self._feeder = threading.Thread(target=self._feed, name="feeds the player", daemon=True)

    def start(self) -> None:
        """Make everything ready to play."""
        self._feeder.start()

    def play(self, turn: int, sound: Iterator[bytes], speed: float = 1.0) -> None:
        """Play this from now on, in place of what plays."""
        with self._changed:
            self._wanted = _Turn(turn, sound, speed)
            self._speed = speed
            self._changed.notify()

    def pause(self) -> None:
        """Be silent at once."""
        with self._changed:
            self._wanted = None
            self._changed.notify()

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast from now on."""
        with self._changed:
            self._speed = speed
            self._changed.notify()

    def close(self) -> None:
        """Be silent at once, and end."""
        with self._changed:
            self._closed, self._wanted = True, None
            self._changed.notify()
            child = self._child
        if child is not None:
            child.kill()

    # --- the feeding thread ---

    def _feed(self) -> None:
        try:
            self._ready_child()
            self._prepare()
        except Trouble:
            pass  # told with the first turn that needs what could not be made ready
        while True:
            with self._changed:
                self._changed.wait_for(self._has_news)
                if self._closed:
                    return
                wanted, speed = self._wanted, self._speed
            self._turn_to(wanted, speed)
            if wanted is not None and wanted.has_room:
                self._send_more(wanted)

    def _has_news(self) -> bool:
        if self._closed or self._wanted is not self._current:
            return True
        return self._current is not None and (self._current.has_room or self._current.speed != self._speed)

    def _turn_to(self, wanted: _Turn | None, speed: float) -> None:
        """Tell the child what is to play, and how fast, where it does not know."""
        if wanted is not self._current:
            self._current = wanted
            if wanted is not None:
                self._ready_child()
            self._tell(Told(Do.PAUSE) if wanted is None else Told(Do.BEGIN, wanted.number, speed))
        elif wanted is not None and wanted.speed != speed:
            self._tell(Told(Do.SPEED, speed=speed))
        if wanted is not None:
            wanted.speed = speed

    def _send_more(self, turn: _Turn) -> None:
        try:
            sound = next(turn.sound, None)
        except Trouble as trouble:
            self._tell(Told(Do.PAUSE))
            self._finish(turn, trouble)
            return
        if sound is None:
            turn.told_all = True
            self._tell(Told(Do.NO_MORE, turn.number))
            return
        turn.sent_s += len(sound) / _FRAME_BYTES / RATE_HZ
        self._tell(Told(Do.SOUND, turn.number, sound=sound))

    def _tell(self, told: Told) -> None:
        child = self._child
        if child is not None:
            child.feed(told.packed())

    def _ready_child(self) -> None:
        with self._changed:
            if self._child is not None or self._closed:
                return
            self._child = child = LineChild(
                "play", on_line=self._on_line, on_end=lambda code: self._on_gone(child, code)
            )
            child.start()

    # --- the child's own thread ---

    def _on_line(self, told: Line) -> None:
        if "trouble" in told:
            self._trouble = Trouble(TroubleCode(told["trouble"]))
            return
        with self._changed:
            turn = self._wanted
            if turn is None or turn.number != told["turn"]:
                return
            turn.heard_s = float(told["seconds"])
            self._changed.notify()
        if told["over"]:
            self._finish(turn, None)
        else:
            self._on_position(turn.number, turn.heard_s)

    def _on_gone(self, child: LineChild, code: int) -> None:
        with self._changed:
            if self._child is child:
                self._child = None
            turn, closed = self._wanted, self._closed
        trouble, self._trouble = self._trouble, None
        if turn is not None and not closed:
            self._finish(turn, trouble or Trouble(TroubleCode.NO_LOUDSPEAKER if code else TroubleCode.CHILD_FAILED))

    def _finish(self, turn: _Turn, trouble: Trouble | None) -> None:
        with self._changed:
            if self._wanted is not turn:
                return
            self._wanted = None
            self._changed.notify()
        self._on_end(turn.number, trouble)
