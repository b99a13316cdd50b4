"""Playback control: position, speed, and the children that play."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.trouble import Trouble
from balint_desktop.recordings.summary import OpenRecording
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind


class Deck(Protocol):
    """What plays one open recording. Nothing here waits; what it tells comes by turn, on any thread."""

    def play(self, turn: int, from_s: float, speed: float) -> None:
        """Play from a second of the session on, so many times as fast, in place of what plays."""
        ...

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast from now on."""
        ...

    def pause(self) -> None:
        """Be silent at once."""
        ...

    def close(self) -> None:
        """Be silent at once, and let go of the sound."""
        ...


class NewDeck(Protocol):
    """Makes ready what plays a recording."""

    def __call__(
        self,
        opened: OpenRecording,
        on_position: Callable[[int, float], None],
        on_end: Callable[[int, Trouble | None], None],
    ) -> Deck:
        """Return what plays it: it tells how many seconds of a turn were heard, and when that turn is over."""
        ...


class Playback(QObject):
    """Where the recording stands and whether it plays. Positions are seconds of the session.

    Each press of Play and each seek begins a turn; what an earlier turn still tells is not listened to.
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
        """How far back playing goes on after a pause: what was said last is heard once more."""

    @property
    def joined(self) -> JoinedRecording:
        """The recording that is open."""
        return self._opened.joined if self._opened is not None else JoinedRecording()

    def load(self, opened: OpenRecording | None) -> None:
        """Take a recording to play, from its beginning; None lets go of it."""
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
        """Play from where it stands, after a pause from a little before; at the end, from the beginning."""
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
        """Be silent, and stay where it stands."""
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
        """Go to a second of the session, playing or not."""
        self._was_paused = False
        self.position_s = self._inside(at_s)
        # The sound comes first: what the window shows of it can wait for a moment.
        if self.playing and self._deck is not None:
            self._begin(self._deck)
        self._move(self.position_s)

    def jump(self, by_s: float) -> None:
        """Go so many seconds on, or back."""
        self.seek(self.position_s + by_s)

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast, from now on."""
        if speed == self.speed:
            return
        self.speed = speed
        if self.playing and self._deck is not None:
            self._deck.set_speed(speed)
        self.speed_changed.emit(speed)

    def kind_now(self) -> StretchKind:
        """Return what the recording is where it stands."""
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
