"""The handle by which the app holds its recorder. Loads no sound library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.recorder_protocol import Event
from balint_desktop.domain.trouble import TroubleCode


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """What the recorder says about ten times a second. Seconds of sound; level in dB of full scale."""

    state: str
    seconds: float
    sealed: float
    level_db: float
    dropped: int


@dataclass(frozen=True, slots=True)
class RecorderEvent:
    """What happened. `event` is None where the recorder has ended; `trouble` says why, where it was not asked to.

    A gap begins at a second of the part and is so many seconds long.
    """

    event: Event | None
    trouble: TroubleCode | None = None
    sealed: float = 0.0
    sha256: str | None = None
    gap_at_s: float = 0.0
    gap_s: float = 0.0


class RecorderHandle:
    """A recorder process writing one part. Its calls back come on a reader's thread; the end comes exactly once."""

    def __init__(
        self,
        to: Path,
        recipient: str,
        device: str | None,
        offset_s: float,
        *,
        on_status: Callable[[RecorderStatus], None],
        on_event: Callable[[RecorderEvent], None],
    ) -> None:
        options = ["--to", str(to), "--recipient", recipient, "--offset", f"{offset_s:.3f}"]
        if device is not None:
            options += ["--device", device]
        self._child = LineChild("recorder", *options, on_line=self._on_line, on_end=self._on_end)
        self._on_status = on_status
        self._on_event = on_event
        self._sealed = 0.0
        self._sha256: str | None = None
        self._trouble: TroubleCode | None = None

    @property
    def pid(self) -> int | None:
        """Return the recorder's process id, None before the start."""
        return self._child.pid

    def start(self) -> None:
        """Start the process. What becomes of it is told as events."""
        self._child.start()

    def pause(self) -> None:
        """Go off the record."""
        self._child.tell("pause")

    def resume(self) -> None:
        """Go on the record again."""
        self._child.tell("resume")

    def mark(self, text: str) -> None:
        """Write a mark into the part's facts."""
        self._child.tell(f"mark {' '.join(text.split())}")

    def stop(self) -> None:
        """Seal and end."""
        self._child.tell("stop")

    def kill(self) -> None:
        """End the process at once; what it has sealed stays sealed, and its end is told."""
        self._child.kill()

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code, None where the recorder has not ended by then."""
        return self._child.wait(timeout_s)

    def _on_line(self, told: Line) -> None:
        self._sealed = max(self._sealed, float(told.get("sealed", 0.0)))
        if "event" not in told:
            self._on_status(
                RecorderStatus(told["state"], told["seconds"], told["sealed"], told["level_db"], told["dropped"])
            )
            return
        event = Event(told["event"])
        trouble = TroubleCode(told["trouble"]) if "trouble" in told else None
        if event is Event.CLOSED:
            self._sha256 = told["sha256"]
        elif event in {Event.FAILED, Event.DISK_FULL}:
            self._trouble = trouble
        else:
            gap = (float(told.get("at_s", 0.0)), float(told.get("gap_s", 0.0)))
            self._on_event(RecorderEvent(event, trouble, self._sealed, None, *gap))

    def _on_end(self, _code: int) -> None:
        properly = self._sha256 is not None or self._trouble is not None
        trouble = self._trouble if properly else TroubleCode.RECORDER_DIED
        self._on_event(RecorderEvent(None, trouble, self._sealed, self._sha256))
