"""Dependencies and result of Get ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.capture.devices_handle import Microphone
from balint_desktop.capture.try_protocol import TryOutStatus
from balint_desktop.domain.accreditation.values import Leaders
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.machine import Machine
from balint_desktop.ui.accreditation.leaders_box import LeadersDeps


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
    time; None does not ask. `print_card` prints the session card of a format, given by its key.
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


@dataclass(frozen=True, slots=True)
class Ready:
    """The choices made. `record` is False for a session without recording."""

    format_key: str
    present: tuple[ParticipantCode, ...]
    device: str | None
    record: bool
    leaders: Leaders | None = None
