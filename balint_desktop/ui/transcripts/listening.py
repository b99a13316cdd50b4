"""What a person listens to: spans of sound that were played, at a speed at which words can be followed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.ui.recordings.playback import Playback

FASTEST = 1.5
"""Sound that is played faster does not count as listened to."""
_SAVE_EACH_MS = 5_000


class ListeningTracker(QObject):
    """Adds what is played to what was listened to. Each seek begins a new span; nothing skipped is counted."""

    def __init__(
        self,
        playback: Playback,
        changed: Callable[[Listened], None],
        save: Callable[[Listened], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._changed, self._save = changed, save
        self.listened = Listened()
        self._run = -1
        self._from_ms = 0
        self._unsaved_ms = 0
        playback.position_changed.connect(self._on_position)
        playback.playing_changed.connect(self._on_playing)

    def begin(self, listened: Listened) -> None:
        """Begin with what was listened to before."""
        self.listened = listened
        self._run = -1
        self._unsaved_ms = 0

    def save_now(self) -> None:
        """Save what was not saved yet."""
        if self._unsaved_ms:
            self._unsaved_ms = 0
            self._save(self.listened)

    def _on_position(self, at_s: float) -> None:
        at_ms = round(at_s * 1000)
        run = self._playback.run
        if not self._playback.playing or run != self._run or at_ms < self._from_ms:
            self._run, self._from_ms = run, at_ms
            return
        if self._playback.speed <= FASTEST and at_ms > self._from_ms:
            self.listened = self.listened.with_span(self._from_ms, at_ms)
            self._unsaved_ms += at_ms - self._from_ms
            self._changed(self.listened)
            if self._unsaved_ms >= _SAVE_EACH_MS:
                self.save_now()
        self._from_ms = at_ms

    def _on_playing(self, playing: bool) -> None:
        if playing:
            self._run, self._from_ms = self._playback.run, round(self._playback.position_s * 1000)
        else:
            self.save_now()
