"""Play an open recording: one child decodes, another plays."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.capture.player_handle import PlayerHandle
from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.domain.trouble import Trouble
from balint_desktop.ogg.duration import whole_pages
from balint_desktop.recordings.decode import pcm_by_part
from balint_desktop.recordings.summary import OpenRecording


class SoundDeck:
    """Plays one open recording from any second. Callbacks come on other threads."""

    def __init__(
        self,
        opened: OpenRecording,
        on_position: Callable[[int, float], None],
        on_end: Callable[[int, Trouble | None], None],
    ) -> None:
        self._joined = opened.joined
        sounds = dict(opened.sounds)
        self._reel = ReelHandle(lambda: {part: whole for part, ogg in sounds.items() if (whole := whole_pages(ogg))})
        self._player = PlayerHandle(on_position, on_end, self._reel.start)
        self._player.start()

    def play(self, turn: int, from_s: float, speed: float) -> None:
        """Play from a second of the session at a speed, replacing current playback."""
        self._player.play(turn, pcm_by_part(self._joined.from_point(from_s), self._reel.open_part), speed)

    def set_speed(self, speed: float) -> None:
        """Change the speed."""
        self._player.set_speed(speed)

    def pause(self) -> None:
        """Stop sound at once."""
        self._player.pause()

    def close(self) -> None:
        """Stop sound at once and release the recording."""
        self._player.close()
        self._reel.close()
