"""The app's handle on the playback child, held while a recording is open: sends it audio and commands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.play_protocol import PlayCommand, PlayVerb
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_FRAME_BYTES = 2
# Audio sent ahead of playback: more in the pipe would delay the next command.
_AHEAD_S = 3.0


@dataclass(slots=True)
class _Turn:
    """One turn of playback and its progress, in seconds of its audio."""

    number: int
    sound: Iterator[bytes]
    speed: float
    sent_s: float = 0.0
    played_s: float = 0.0
    sent_all: bool = False

    @property
    def has_space(self) -> bool:
        return not self.sent_all and self.sent_s - self.played_s < _AHEAD_S


class PlayerHandle:
    """Plays audio (int16, 48 kHz, mono) turn by turn; a new turn replaces the one before.

    `on_position` is called with the turn and the seconds of its audio played, `on_end` with the turn and its Trouble or
    None, both on other threads. Each turn's audio is read on one thread, which is the only one that writes to the
    child. A child that ended is restarted for the next turn. `prepare` is called once on that thread before the first
    turn.
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
        """Start the child, ready to play."""
        self._feeder.start()

    def play(self, turn: int, sound: Iterator[bytes], speed: float = 1.0) -> None:
        """Play this audio at `speed`, in place of the current turn."""
        with self._changed:
            self._wanted = _Turn(turn, sound, speed)
            self._speed = speed
            self._changed.notify()

    def pause(self) -> None:
        """Stop at once."""
        with self._changed:
            self._wanted = None
            self._changed.notify()

    def set_speed(self, speed: float) -> None:
        """Change the speed from now on."""
        with self._changed:
            self._speed = speed
            self._changed.notify()

    def close(self) -> None:
        """Stop at once, and end the child."""
        with self._changed:
            self._closed, self._wanted = True, None
            self._changed.notify()
            child = self._child
        if child is not None:
            child.kill()

    # --- the feeding thread ---

    def _feed(self) -> None:
        try:
            self._start_child()
            self._prepare()
        except Trouble:
            pass  # reported by the first turn that needs it
        while True:
            with self._changed:
                self._changed.wait_for(self._has_news)
                if self._closed:
                    return
                wanted, speed = self._wanted, self._speed
            self._turn_to(wanted, speed)
            if wanted is not None and wanted.has_space:
                self._send_more(wanted)

    def _has_news(self) -> bool:
        if self._closed or self._wanted is not self._current:
            return True
        return self._current is not None and (self._current.has_space or self._current.speed != self._speed)

    def _turn_to(self, wanted: _Turn | None, speed: float) -> None:
        """Send the child the turn and the speed if they have changed."""
        if wanted is not self._current:
            self._current = wanted
            if wanted is not None:
                self._start_child()
            self._send(
                PlayCommand(PlayVerb.PAUSE) if wanted is None else PlayCommand(PlayVerb.BEGIN, wanted.number, speed)
            )
        elif wanted is not None and wanted.speed != speed:
            self._send(PlayCommand(PlayVerb.SPEED, speed=speed))
        if wanted is not None:
            wanted.speed = speed

    def _send_more(self, turn: _Turn) -> None:
        try:
            sound = next(turn.sound, None)
        except Trouble as trouble:
            self._send(PlayCommand(PlayVerb.PAUSE))
            self._finish(turn, trouble)
            return
        if sound is None:
            turn.sent_all = True
            self._send(PlayCommand(PlayVerb.NO_MORE, turn.number))
            return
        turn.sent_s += len(sound) / _FRAME_BYTES / RATE_HZ
        self._send(PlayCommand(PlayVerb.SOUND, turn.number, sound=sound))

    def _send(self, command: PlayCommand) -> None:
        child = self._child
        if child is not None:
            child.send(command.to_bytes())

    def _start_child(self) -> None:
        with self._changed:
            if self._child is not None or self._closed:
                return
            self._child = child = LineChild(
                "play", on_line=self._on_line, on_end=lambda code: self._on_child_ended(child, code)
            )
            child.start()

    # --- the child's own thread ---

    def _on_line(self, line: Line) -> None:
        if "trouble" in line:
            self._trouble = Trouble(TroubleCode(line["trouble"]))
            return
        with self._changed:
            turn = self._wanted
            if turn is None or turn.number != line["turn"]:
                return
            turn.played_s = float(line["seconds"])
            self._changed.notify()
        if line["over"]:
            self._finish(turn, None)
        else:
            self._on_position(turn.number, turn.played_s)

    def _on_child_ended(self, child: LineChild, code: int) -> None:
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
