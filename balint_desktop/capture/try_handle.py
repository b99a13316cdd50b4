"""The handle of a microphone being tried out: its level, or five seconds heard and played back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.recorder_protocol import Command, Verb, command_line
from balint_desktop.domain.trouble import Trouble, TroubleCode


@dataclass(frozen=True, slots=True)
class Trying:
    """What the microphone gives now. `state` is listening or playing; the level is in dB of full scale."""

    state: str
    level_db: float
    muted: bool
    seconds: float


class TryOut:
    """A microphone being tried out. Calls back on a reader's thread; `on_end` once, with any trouble there was."""

    def __init__(
        self,
        device: str | None,
        on_level: Callable[[Trying], None],
        on_end: Callable[[Trouble | None], None],
        seconds: float | None = None,
    ) -> None:
        """Try a microphone: its level until stopped, or so many seconds played back."""
        options = ["--level"] if seconds is None else ["--seconds", f"{seconds:g}"]
        if device is not None:
            options += ["--device", device]
        self._on_level = on_level
        self._ended = on_end
        self._trouble: Trouble | None = None
        self._stopped = False
        self._child = LineChild("try", *options, on_line=self._on_line, on_end=self._on_end)

    def start(self) -> None:
        """Start listening."""
        self._child.start()

    def stop(self) -> None:
        """Stop listening or playing. The end follows."""
        self._stopped = True
        self._child.tell(command_line(Command(Verb.STOP)))

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code, None where it has not ended by then."""
        return self._child.wait(timeout_s)

    def _on_line(self, told: Line) -> None:
        if "trouble" in told:
            self._trouble = Trouble(TroubleCode(told["trouble"]))
            return
        level = float(told.get("level_db", 0.0))
        self._on_level(Trying(told["state"], level, bool(told.get("muted")), float(told["seconds"])))

    def _on_end(self, code: int) -> None:
        if code and self._trouble is None and not self._stopped:
            self._trouble = Trouble(TroubleCode.CHILD_FAILED)
        self._ended(self._trouble)
