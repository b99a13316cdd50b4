"""The handle of the child that plays: fed from memory, so that nothing in clear touches the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.domain.trouble import Trouble, TroubleCode


class Player:
    """Plays sound (int16, 48 kHz, mono) from an iterator.

    `on_position` hears how many seconds were played, `on_end` once that it is over, with what went wrong, if
    anything. Both come on other threads.
    """

    def __init__(
        self,
        sound: Iterator[bytes],
        on_position: Callable[[float], None],
        on_end: Callable[[Trouble | None], None],
    ) -> None:
        self._sound = sound
        self._on_position = on_position
        self._ended = on_end
        self._trouble: Trouble | None = None
        self._stopped = threading.Event()
        self._child = LineChild("play", on_line=self._on_line, on_end=self._on_end)

    def start(self) -> None:
        """Start playing."""
        self._child.start()
        threading.Thread(target=self._feed, name="feeds the player", daemon=True).start()

    def stop(self) -> None:
        """Be silent at once, and end."""
        self._stopped.set()
        self._child.kill()

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code, None where it has not ended by then."""
        return self._child.wait(timeout_s)

    def _feed(self) -> None:
        try:
            for data in self._sound:
                if self._stopped.is_set():
                    break
                self._child.feed(data)
        except Trouble as trouble:
            self._trouble = trouble
        self._child.end_input()

    def _on_line(self, told: Line) -> None:
        if "trouble" in told:
            self._trouble = Trouble(TroubleCode(told["trouble"]))
        elif not self._stopped.is_set():
            self._on_position(float(told["seconds"]))

    def _on_end(self, code: int) -> None:
        if code and self._trouble is None and not self._stopped.is_set():
            self._trouble = Trouble(TroubleCode.NO_LOUDSPEAKER)
        self._ended(self._trouble)
