"""How long transcribing will still take, from the pieces heard so far."""

from __future__ import annotations

from collections import deque

_LAST_PIECES = 10
_LEAST_PIECES = 3


class WorkEstimate:
    """A moving average of work per second of speech over the last ten pieces."""

    def __init__(self) -> None:
        self._done: deque[tuple[int, float]] = deque(maxlen=_LAST_PIECES)

    def add(self, speech_ms: int, took_s: float) -> None:
        """Note a piece: its speech in milliseconds, and how long it took in seconds."""
        self._done.append((speech_ms, took_s))

    def left_s(self, speech_left_ms: int) -> float | None:
        """Return the seconds still needed, None before three pieces are heard."""
        speech_ms = sum(speech for speech, _ in self._done)
        if len(self._done) < _LEAST_PIECES or speech_ms == 0:
            return None
        return speech_left_ms * sum(took for _, took in self._done) / speech_ms
