"""The app's handle on a microphone test: show its level, or play a few seconds of it back."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.recorder_protocol import Command, Verb, command_line
from balint_desktop.capture.try_protocol import TryOutStatus
from balint_desktop.domain.trouble import Trouble, TroubleCode


class TryOut:
    """A microphone test. Calls back on a reader thread; `on_end` is called once, with the Trouble or None."""

    def __init__(
        self,
        device: str | None,
        on_level: Callable[[TryOutStatus], None],
        on_end: Callable[[Trouble | None], None],
        seconds: float | None = None,
        *,
        monitor: str | None = None,
    ) -> None:
        """Prepare a test of a microphone (None for the default): its level until stopped, or `seconds` played back.

        `monitor` is the source that hears what this computer plays, to be tried as well.
        """
        options = ["--level"] if seconds is None else ["--seconds", f"{seconds:g}"]
        if device is not None:
            options += ["--device", device]
        if monitor is not None:
            options += ["--monitor", monitor]
        self._on_level = on_level
        self._ended = on_end
        self._trouble: Trouble | None = None
        self._stopped = False
        self._child = LineChild("try", *options, on_line=self._on_line, on_end=self._on_end)

    def start(self) -> None:
        """Start listening."""
        self._child.start()

    def stop(self) -> None:
        """Stop listening or playing. `on_end` follows."""
        self._stopped = True
        self._child.send_line(command_line(Command(Verb.STOP)))

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code, None after the timeout."""
        return self._child.wait(timeout_s)

    def _on_line(self, line: Line) -> None:
        if "trouble" in line:
            self._trouble = Trouble(TroubleCode(line["trouble"]))
            return
        self._on_level(TryOutStatus.from_message(line))

    def _on_end(self, code: int) -> None:
        if code and self._trouble is None and not self._stopped:
            self._trouble = Trouble(TroubleCode.CHILD_FAILED)
        self._ended(self._trouble)
