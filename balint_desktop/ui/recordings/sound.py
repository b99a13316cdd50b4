"""How the window gets a player for a recording: the child that plays, and the decoder that ends with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from typing import Self

from balint_desktop.capture.player_handle import Player
from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.recordings.playback import Playing


class _Reel:
    """Sound that can be cut off from another thread: its decoder is closed by the thread that draws from it."""

    def __init__(self, sound: Iterator[bytes]) -> None:
        self._sound = sound
        self._cut = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        data = b"" if self._cut else next(self._sound)
        if self._cut:
            self.close()
            raise StopIteration
        return data

    def cut(self) -> None:
        """Give no more sound."""
        self._cut = True

    def close(self) -> None:
        """Close the decoder, unless another thread draws from it now, which closes it then."""
        if isinstance(self._sound, Generator):
            with contextlib.suppress(ValueError):
                self._sound.close()


class _Played:
    """A player that plays now."""

    def __init__(self, player: Player, reel: _Reel) -> None:
        self._player = player
        self._reel = reel

    def stop(self) -> None:
        """Be silent at once, and end."""
        self._reel.cut()
        self._player.stop()


def start_playing(
    sound: Iterator[bytes], on_position: Callable[[float], None], on_end: Callable[[Trouble | None], None]
) -> Playing:
    """Play sound (int16, 48 kHz, mono) through the child that plays."""
    reel = _Reel(sound)

    def ended(trouble: Trouble | None) -> None:
        reel.cut()
        reel.close()
        on_end(trouble)

    player = Player(reel, on_position, ended)
    player.start()
    return _Played(player, reel)
