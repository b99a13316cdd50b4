"""Protocols of what a session is given: its log, its recordings, its recorder, and a way to keep the machine awake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from balint_desktop.domain.part_marks import PartMark
from balint_desktop.domain.recorder import PartPlace, RecorderReport, RecorderStatus
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact
from balint_desktop.domain.values import RecordingId

Post = Callable[[Callable[[], None]], None]
"""Runs a call on the thread that owns the session. May be called on any thread."""


class SessionLog(Protocol):
    """The log of one session. Each call returns once the disk has it, and raises Trouble."""

    def add_fact(self, fact: Fact) -> None:
        """Commit one fact."""
        ...

    def count_prompt(self) -> None:
        """Count one prompt shown; which one is not kept."""
        ...

    def close(self, debrief: Debrief) -> None:
        """Write the debrief and close the session. May be called again with another debrief."""
        ...


class NullSessionLog:
    """The log of *Try it now*: keeps nothing."""

    def add_fact(self, fact: Fact) -> None:
        """Keep nothing."""

    def count_prompt(self) -> None:
        """Keep nothing."""

    def close(self, debrief: Debrief) -> None:
        """Keep nothing."""


class SleepInhibitor(Protocol):
    """Keeps the machine from falling asleep by itself."""

    def inhibit_sleep(self, *, on: bool) -> None:
        """Keep the machine awake, or let it sleep again. May be called with the same value many times."""
        ...


class RecorderProcess(Protocol):
    """A recorder process, writing one part. None of these calls waits for it."""

    def start(self) -> None:
        """Start the process; its status and reports follow."""
        ...

    def pause(self) -> None:
        """Write silence from here."""
        ...

    def resume(self) -> None:
        """Write what the microphone hears again."""
        ...

    def mark(self, mark: PartMark) -> None:
        """Write a mark into the part's facts."""
        ...

    def stop(self) -> None:
        """Seal the part and end; an ENDED report follows."""
        ...

    def kill(self) -> None:
        """End a recorder that does not answer; an ENDED report follows."""
        ...


class RecorderFactory(Protocol):
    """Makes recorder processes."""

    def __call__(
        self,
        place: PartPlace,
        device: str | None,
        offset_s: float,
        on_status: Callable[[RecorderStatus], None],
        on_report: Callable[[RecorderReport], None],
    ) -> RecorderProcess:
        """Return a recorder that has not started, for the part that begins at that second of the session.

        `device` is the microphone's name, None for the system's default. Both callbacks may come on any thread.
        """
        ...


class RecordingStore(Protocol):
    """Where the recording of one session is kept."""

    def create(self) -> RecordingId:
        """Make a recording's keys, sealed to its readers, before its first sample. Raise Trouble."""
        ...

    def next_part(self, recording: RecordingId, *, resuming: bool) -> PartPlace:
        """Return the place of the next part. Only one that resumes may be made while locked. Raise Trouble."""
        ...

    def has_space(self) -> bool:
        """Return whether there is room on the disk for ten minutes of recording."""
        ...

    def finish_part(self, place: PartPlace, seconds: float, sha256: str | None) -> None:
        """Record a finished part's length and fingerprint, None where its recorder died. Raise Trouble."""
        ...
