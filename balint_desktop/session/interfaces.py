"""What leading a session needs from outside: the shapes of its parts, so that each can be replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from balint_desktop.domain.part_marks import PartMark
from balint_desktop.domain.recorder import PartPlace, RecorderReport, RecorderStatus
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact
from balint_desktop.domain.values import RecordingId

Post = Callable[[Callable[[], None]], None]
"""Runs something on the thread that owns the session, from any thread."""


class Keeper(Protocol):
    """Keeps what happens in one session. Each call returns once it is on disk."""

    def add_fact(self, fact: Fact) -> None:
        """Commit one fact."""
        ...

    def count_prompt(self) -> None:
        """Count one prompt shown; which one is not kept."""
        ...

    def close(self, debrief: Debrief) -> None:
        """Keep what the debrief adds. May be called again when something is put right."""
        ...


class Awake(Protocol):
    """Keeps the machine from falling asleep by itself."""

    def keep(self, *, on: bool) -> None:
        """Keep it awake, or let it sleep again. May be told the same many times."""
        ...


class NothingKept:
    """The keeper of *Try it now*: forgets everything."""

    def add_fact(self, fact: Fact) -> None:
        """Forget the fact."""

    def count_prompt(self) -> None:
        """Forget that a prompt was shown."""

    def close(self, debrief: Debrief) -> None:
        """Forget the debrief."""


class Recorder(Protocol):
    """A recorder process, writing one part."""

    def start(self) -> None:
        """Start the process; what comes of it is reported."""
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
        """Seal and end; an ENDED report follows."""
        ...

    def kill(self) -> None:
        """End a recorder that does not answer; an ENDED report follows."""
        ...


class Recordings(Protocol):
    """Makes places for recordings, and hears when a part is finished."""

    def new(self) -> RecordingId:
        """Make a recording's keys, sealed to its readers, before its first sample. Raise Trouble."""
        ...

    def next_part(self, recording: RecordingId, *, going_on: bool) -> PartPlace:
        """Return the place of the next part. What only goes on may do so while the vault is locked. Raise Trouble."""
        ...

    def has_room(self) -> bool:
        """Tell whether there is room on the disk for ten minutes of recording."""
        ...

    def finished(self, place: PartPlace, seconds: float, sha256: str | None) -> None:
        """Keep what a finished part is; `sha256` is None where its recorder died."""
        ...


class RecorderMaker(Protocol):
    """Makes a recorder for a place; its reports may come on any thread."""

    def __call__(
        self,
        place: PartPlace,
        device: str | None,
        offset_s: float,
        on_status: Callable[[RecorderStatus], None],
        on_report: Callable[[RecorderReport], None],
    ) -> Recorder:
        """Return a recorder that has not started yet."""
        ...
