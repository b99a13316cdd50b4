"""Protocols that a session depends on: its log, its recordings, its recorder, and a sleep inhibitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from balint_desktop.domain.part_marks import PartMark
from balint_desktop.domain.recorder import PartPlace, RecorderReport, RecorderStatus
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact
from balint_desktop.domain.values import RecordingId

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the thread that owns the session. May be called on any thread."""


class SessionLog(Protocol):
    """The log of one session. Each call returns once the data is on disk, and raises Trouble."""

    def add_fact(self, fact: Fact) -> None:
        """Commit one fact."""
        ...

    def count_prompt(self) -> None:
        """Count one prompt shown, without recording which one."""
        ...

    def close(self, debrief: Debrief) -> None:
        """Write the debrief and close the session. May be called again with another debrief."""
        ...


class NullSessionLog:
    """The log of *Try it now*: stores nothing."""

    def add_fact(self, fact: Fact) -> None:
        """Store nothing."""

    def count_prompt(self) -> None:
        """Store nothing."""

    def close(self, debrief: Debrief) -> None:
        """Store nothing."""


class SleepInhibitor(Protocol):
    """Prevents the computer from going to sleep by itself."""

    def inhibit_sleep(self, *, on: bool) -> None:
        """Keep the computer awake, or allow sleep again. Repeated calls with the same value have no effect."""
        ...


class RecorderProcess(Protocol):
    """A recorder process that writes one part. None of these calls waits for the process."""

    def start(self) -> None:
        """Start the process; its status and reports follow."""
        ...

    def pause(self) -> None:
        """Write silence from here on."""
        ...

    def resume(self) -> None:
        """Write the microphone's audio again."""
        ...

    def mark(self, mark: PartMark) -> None:
        """Write a mark to the part's facts."""
        ...

    def stop(self) -> None:
        """Seal the part and end; an ENDED report follows."""
        ...

    def kill(self) -> None:
        """Kill a recorder that does not respond; an ENDED report follows."""
        ...


class RecorderFactory(Protocol):
    """Creates recorder processes."""

    def __call__(
        self,
        place: PartPlace,
        device: str | None,
        offset_s: float,
        on_status: Callable[[RecorderStatus], None],
        on_report: Callable[[RecorderReport], None],
        *,
        monitor: str | None = None,
    ) -> RecorderProcess:
        """Return a recorder, not yet started, for the part that starts at `offset_s` of the session.

        `device` is the microphone's name, None for the system's default; `monitor` the name of the source that hears
        what the computer plays, None to record the microphone alone. Both callbacks may be called on any thread.
        """
        ...


class RecordingStore(Protocol):
    """Storage for the recording of one session."""

    def create(self) -> RecordingId:
        """Create a recording's keys, sealed to its readers, before its first sample. Raise Trouble."""
        ...

    def next_part(self, recording: RecordingId, *, resuming: bool) -> PartPlace:
        """Return the place of the next part. While locked, only with `resuming`. Raise Trouble."""
        ...

    def has_space(self) -> bool:
        """Return whether ten minutes of recording fit on the disk."""
        ...

    def finish_part(self, place: PartPlace, seconds: float, sha256: str | None) -> None:
        """Record a finished part's length and fingerprint; None if its recorder died. Raise Trouble."""
        ...
