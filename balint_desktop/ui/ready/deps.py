"""Dependencies and result of Get ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.capture.devices_handle import ComputerSource, Microphone
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


class MakeTryOut(Protocol):
    """Makes microphone tests."""

    def __call__(
        self,
        device: str | None,
        on_level: Callable[[TryOutStatus], None],
        on_end: Callable[[Trouble | None], None],
        seconds: float | None = None,
        *,
        monitor: str | None = None,
    ) -> Listening:
        """Return a test of a microphone, for some seconds or until it is stopped, and of a second source with it."""
        ...


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
    `report` shows why they cannot be read. `is_online` is whether a format is held by video call;
    `list_computer_sources` what hears this computer, None where nothing is recorded. `records_call` is
    whether the call is to be recorded as well, `computer_source` what heard it last. `online_cues` take the place of
    `cues` by video call. `day` is the day the session is planned for, None where it is not planned.
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
    is_online: Callable[[str], bool] = lambda _: False
    list_computer_sources: Callable[[], tuple[ComputerSource, ...]] | None = None
    records_call: bool = True
    computer_source: str | None = None
    online_cues: tuple[str, ...] = ()
    day: date | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The choices made. `record` is False for a session without recording.

    `opening_min` is the length of the first phase, None for the format's own; `labels` what stands for people in the
    room, in memory alone, and `room_labels` the choice to remember; `support` the answer where the group had none.
    `monitor` is the source that hears the call, None to record the microphone alone.
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
    monitor: str | None = None
