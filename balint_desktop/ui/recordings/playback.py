"""Playback control: position, speed, and the children that play."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.trouble import Trouble
from balint_desktop.recordings.summary import OpenRecording
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind


class Deck(Protocol):
    """Plays one open recording. No method blocks; callbacks carry the turn's number and may come on any thread."""

    def play(self, turn: int, from_s: float, speed: float) -> None:
        """Play from a second of the session at a speed, replacing current playback."""
        ...

    def set_speed(self, speed: float) -> None:
        """Change the speed."""
        ...

    def pause(self) -> None:
        """Stop sound at once."""
        ...

    def close(self) -> None:
        """Stop sound at once and release the recording."""
        ...


class NewDeck(Protocol):
    """Factory of a deck for a recording."""

    def __call__(
        self,
        opened: OpenRecording,
        on_position: Callable[[int, float], None],
        on_end: Callable[[int, Trouble | None], None],
    ) -> Deck:
        """Return a deck: it reports the seconds heard of a turn, and the turn's end."""
        ...


class Playback(QObject):
    """Playback position and state. Positions are seconds of the session.

    Each press of Play and each seek begins a turn; callbacks of earlier turns are ignored.
    """

    position_changed = Signal(float)
    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    failed = Signal(object)

    def __init__(
        self,
        new_deck: NewDeck,
        post: Callable[[Callable[[], None], QObject], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._new_deck = new_deck
        self._post = post
        self._opened: OpenRecording | None = None
        self._deck: Deck | None = None
        self._turn = 0
        self._began_s = 0.0
        self._was_paused = False
        self.playing = False
        self.position_s = 0.0
        self.speed = 1.0
        self.rewind_s = 0.0
        """Seconds to go back when resuming after a pause, so that the last words are heard again."""

    @property
    def joined(self) -> JoinedRecording:
        """The recording that is open."""
        return self._opened.joined if self._opened is not None else JoinedRecording()

    @property
    def run(self) -> int:
        """The number of the run of sound: each play and each seek while playing begins another."""
        return self._turn

    def load(self, opened: OpenRecording | None) -> None:
        """Load a recording at its beginning; None unloads it."""
        self.pause()
        if self._deck is not None:
            self._deck.close()
            self._deck = None
        self._opened = opened
        self._was_paused = False
        if opened is not None and opened.joined.seconds > 0:
            self._deck = self._new_deck(
                opened,
                lambda turn, heard_s: self._post(lambda: self._on_position(turn, heard_s), self),
                lambda turn, trouble: self._post(lambda: self._on_end(turn, trouble), self),
            )
        self._move(self.joined.from_s)

    def play(self) -> None:
        """Play from the position, after a pause slightly before it; at the end, from the beginning."""
        if self._deck is None or self.playing:
            return
        if self.position_s >= self.joined.until_s - 0.1:
            self._move(self.joined.from_s)
        elif self._was_paused and self.rewind_s > 0:
            self._move(self._inside(self.position_s - self.rewind_s))
        self.playing = True
        self._begin(self._deck)
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Pause at the position."""
        if not self.playing or self._deck is None:
            return
        self._deck.pause()
        self._was_paused = True
        self._end_turn()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, at_s: float) -> None:
        """Seek to a second of the session, playing or not."""
        self._was_paused = False
        self.position_s = self._inside(at_s)
        # Sound first: the window can update a moment later.
        if self.playing and self._deck is not None:
            self._begin(self._deck)
        self._move(self.position_s)

    def jump(self, by_s: float) -> None:
        """Seek by a number of seconds, forwards or backwards."""
        self.seek(self.position_s + by_s)

    def set_speed(self, speed: float) -> None:
        """Set the speed."""
        if speed == self.speed:
            return
        self.speed = speed
        if self.playing and self._deck is not None:
            self._deck.set_speed(speed)
        self.speed_changed.emit(speed)

    def kind_now(self) -> StretchKind:
        """Return the kind of segment at the position."""
        for stretch in self.joined.stretches:
            if stretch.from_s <= self.position_s < stretch.until_s:
                return stretch.kind
        return StretchKind.SOUND

    def _begin(self, deck: Deck) -> None:
        self._turn += 1
        self._was_paused = False
        self._began_s = self.position_s
        deck.play(self._turn, self._began_s, self.speed)

    def _end_turn(self) -> None:
        self._turn += 1
        self.playing = False
        self.playing_changed.emit(False)

    def _on_position(self, turn: int, heard_s: float) -> None:
        if turn == self._turn:
            self._move(self._inside(self._began_s + heard_s))

    def _on_end(self, turn: int, trouble: Trouble | None) -> None:
        if turn != self._turn or not self.playing:
            return
        if trouble is None:
            self._move(self.joined.until_s)
        else:
            self.failed.emit(trouble)
        self._end_turn()

    def _inside(self, at_s: float) -> float:
        return min(max(at_s, self.joined.from_s), self.joined.until_s)

    def _move(self, to_s: float) -> None:
        self.position_s = to_s
        self.position_changed.emit(to_s)
