"""The app's handle on a recorder process: send commands, receive status and reports. Loads no sound library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.recorder_protocol import Command, PartEnd, Verb, command_line, read_message
from balint_desktop.domain.part_marks import PartMark
from balint_desktop.domain.recorder import PartPlace, RecorderEventKind, RecorderReport, RecorderStatus
from balint_desktop.domain.trouble import TroubleCode


class RecorderHandle:
    """A recorder process writing one part. Calls back on a reader thread; ENDED is reported exactly once, last."""

    def __init__(
        self,
        place: PartPlace,
        device: str | None,
        offset_s: float,
        on_status: Callable[[RecorderStatus], None],
        on_report: Callable[[RecorderReport], None],
        *,
        monitor: str | None = None,
    ) -> None:
        """Prepare a recorder for the part that starts at `offset_s` of the session. `start` starts the process.

        `monitor` is the name of the source that hears what the computer plays, None to record the microphone alone.
        """
        options = ["--to", str(place.folder), "--recipient", place.recipient, "--offset", f"{offset_s:.3f}"]
        if device is not None:
            options += ["--device", device]
        if monitor is not None:
            options += ["--monitor", monitor]
        self._child = LineChild("recorder", *options, on_line=self._on_line, on_end=self._on_end)
        self._on_status = on_status
        self._on_report = on_report
        self._sealed_s = 0.0
        self._part_end: PartEnd | None = None

    @property
    def pid(self) -> int | None:
        """Return the recorder's process id, None before `start`."""
        return self._child.pid

    def start(self) -> None:
        """Start the process."""
        self._child.start()

    def pause(self) -> None:
        """Go off the record."""
        self._send(Command(Verb.PAUSE))

    def resume(self) -> None:
        """Go back on the record."""
        self._send(Command(Verb.RESUME))

    def mark(self, mark: PartMark) -> None:
        """Write a mark to the part's facts."""
        self._send(Command(Verb.MARK, mark))

    def stop(self) -> None:
        """Seal the part and end."""
        self._send(Command(Verb.STOP))

    def kill(self) -> None:
        """Kill the process. Sealed data stays sealed, and the end is reported."""
        self._child.kill()

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code, None after the timeout."""
        return self._child.wait(timeout_s)

    def _send(self, command: Command) -> None:
        self._child.send_line(command_line(command))

    def _on_line(self, line: Line) -> None:
        message = read_message(line)
        self._sealed_s = max(self._sealed_s, message.sealed_s)
        if isinstance(message, RecorderStatus):
            self._on_status(message)
        elif isinstance(message, RecorderReport):
            self._on_report(replace(message, sealed_s=self._sealed_s))
        else:
            self._part_end = _both(self._part_end, message)

    def _on_end(self, _code: int) -> None:
        end = self._part_end or PartEnd(0.0, trouble=TroubleCode.RECORDER_DIED)
        self._on_report(RecorderReport(RecorderEventKind.ENDED, self._sealed_s, end.trouble, end.sha256))


def _both(earlier: PartEnd | None, later: PartEnd) -> PartEnd:
    """Merge two end events: a part ended by a Trouble also reports that it was closed."""
    if earlier is None:
        return later
    return PartEnd(later.sealed_s, later.sha256 or earlier.sha256, later.trouble or earlier.trouble)
