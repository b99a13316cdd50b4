"""Dependencies and result of Get ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.capture.devices_handle import Microphone
from balint_desktop.capture.try_protocol import TryOutStatus
from balint_desktop.domain.accreditation.values import Leaders
from balint_desktop.domain.group.group import Group, RoomLabels
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.machine import Machine
from balint_desktop.ui.accreditation.leaders_box import LeadersDeps
from balint_desktop.ui.widgets.names_source import NamesSource


class Listening(Protocol):
    """A running microphone test."""

    def start(self) -> None:
        """Start listening."""
        ...

    def stop(self) -> None:
        """Stop; the end is reported."""
        ...


MakeTryOut = Callable[
    [str | None, Callable[[TryOutStatus], None], Callable[[Trouble | None], None], float | None], Listening
]
"""Starts a microphone test: device, level callback, end callback, and seconds (None until it is stopped)."""


@dataclass(frozen=True, slots=True)
class FormatLabel:
    """A selectable session format."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ReadyDeps:
    """Dependencies of Get ready. `cues` are points to consider; `present` is the last attendance.

    `can_keep_awake` is called in the background; None shows nothing about it. `leading` is who led last
    time; None does not ask. `print_card` prints the session card of a format, given by its key. `opening_of` returns
    the planned and the longest length of a format's first phase in minutes; `names` are the group's, on request;
    `report` shows why they cannot be read.
    """

    group: Group
    number: int
    formats: Sequence[FormatLabel]
    format_key: str
    present: frozenset[ParticipantCode]
    cues: tuple[str, ...]
    list_microphones: Callable[[], tuple[Microphone, ...]]
    try_out: MakeTryOut
    read_machine: Callable[[], Machine]
    device: str | None = None
    can_keep_awake: Callable[[], bool] | None = None
    leading: LeadersDeps | None = None
    print_card: Callable[[QWidget, str], None] | None = None
    opening_of: Callable[[str], tuple[int, int]] = lambda _: (3, 20)
    names: NamesSource | None = None
    report: Callable[[Trouble], object] = lambda _: None


@dataclass(frozen=True, slots=True)
class Ready:
    """The choices made. `record` is False for a session without recording.

    `opening_min` is the length of the first phase, None for the format's own; `labels` what stands for people in the
    room, in memory alone, and `room_labels` the choice to remember; `support` the answer where the group had none.
    """

    format_key: str
    present: tuple[ParticipantCode, ...]
    device: str | None
    record: bool
    leaders: Leaders | None = None
    opening_min: int | None = None
    room_labels: RoomLabels = RoomLabels.CODES
    labels: Mapping[ParticipantCode, str] = field(default_factory=dict)
    support: str = ""
