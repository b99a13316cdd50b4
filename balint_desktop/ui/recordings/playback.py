"""How a recording plays in the window: from any moment on, by a child that is given PCM and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.trouble import Trouble
from balint_desktop.exchange.decoding import OpenPcm, pcm
from balint_desktop.exchange.joining import Joined, Kind
from balint_desktop.exchange.listed import Opened


class Playing(Protocol):
    """A player that plays now."""

    def stop(self) -> None:
        """Be silent at once, and end."""
        ...


class StartPlaying(Protocol):
    """Starts a player. What it tells may come on any thread."""

    def __call__(
        self,
        sound: Iterator[bytes],
        on_position: Callable[[float], None],
        on_end: Callable[[Trouble | None], None],
    ) -> Playing:
        """Play the sound (int16, 48 kHz, mono); tell how many seconds of it were heard, and when it is over."""
        ...


class Playback(QObject):
    """Where the recording stands and whether it plays. Positions are seconds of the session.

    Pausing ends the player; playing starts another from where the last was. A player that was replaced is not
    listened to any more.
    """

    position_changed = Signal(float)
    playing_changed = Signal(bool)
    failed = Signal(object)

    def __init__(
        self,
        open_pcm: OpenPcm,
        start_playing: StartPlaying,
        post: Callable[[Callable[[], None]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_pcm = open_pcm
        self._start_playing = start_playing
        self._post = post
        self._opened: Opened | None = None
        self._playing: Playing | None = None
        self._turn = 0
        self.position_s = 0.0

    @property
    def playing(self) -> bool:
        """Whether sound is playing."""
        return self._playing is not None

    @property
    def joined(self) -> Joined:
        """The recording that is open."""
        return self._opened.joined if self._opened is not None else Joined()

    def load(self, opened: Opened | None) -> None:
        """Take a recording to play, from its beginning; None lets go of it."""
        self.pause()
        self._opened = opened
        self._move(self.joined.from_s)

    def play(self) -> None:
        """Play from where it stands; from the beginning where it stands at the end."""
        if self._opened is None or self.playing or self.joined.seconds <= 0:
            return
        if self.position_s >= self.joined.until_s - 0.1:
            self._move(self.joined.from_s)
        self._turn += 1
        turn, begin_s = self._turn, self.position_s
        sound = pcm(self.joined.from_point(begin_s), self._opened.sounds, self._open_pcm)
        try:
            self._playing = self._start_playing(
                sound,
                lambda heard_s: self._post(lambda: self._on_position(turn, begin_s + heard_s)),
                lambda trouble: self._post(lambda: self._on_end(turn, trouble)),
            )
        except Trouble as trouble:
            self.failed.emit(trouble)
            return
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Be silent, and stay where it stands."""
        if self._playing is None:
            return
        self._turn += 1
        playing, self._playing = self._playing, None
        playing.stop()
        self.playing_changed.emit(False)

    def seek(self, at_s: float) -> None:
        """Go to a second of the session, playing or not."""
        was_playing = self.playing
        self.pause()
        self._move(min(max(at_s, self.joined.from_s), self.joined.until_s))
        if was_playing:
            self.play()

    def kind_now(self) -> Kind:
        """Return what the recording is where it stands."""
        for stretch in self.joined.stretches:
            if stretch.from_s <= self.position_s < stretch.until_s:
                return stretch.kind
        return Kind.SOUND

    def _on_position(self, turn: int, at_s: float) -> None:
        if turn == self._turn:
            self._move(min(at_s, self.joined.until_s))

    def _on_end(self, turn: int, trouble: Trouble | None) -> None:
        if turn != self._turn or self._playing is None:
            return
        self._playing = None
        if trouble is None:
            self._move(self.joined.until_s)
        else:
            self.failed.emit(trouble)
        self.playing_changed.emit(False)

    def _move(self, to_s: float) -> None:
        self.position_s = to_s
        self.position_changed.emit(to_s)
