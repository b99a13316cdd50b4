"""What leaves by a file, by paper or by the clipboard, as the gate of names is asked about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Protocol

from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.name_gate import OutgoingFile

_PAGE = "page.html"


class PassNames(Protocol):
    """Ask the gate whether finished files may leave by a door. Raises Trouble, NAME_IN_EXPORT among others."""

    def __call__(self, door: Door, files: Iterable[OutgoingFile], group: GroupId | None = None, /) -> None:
        """Return if they may."""
        ...


PassFile = Callable[[OutgoingFile], None]
"""Asks the gate whether a file may leave by the door that a page has. Raises Trouble."""


def outgoing(path: Path, data: bytes) -> OutgoingFile:
    """Return a file as the gate is asked about it: of a PDF also what it was made of."""
    return OutgoingFile(path.name, data, tuple(getattr(data, "made_of", ())))


def printed(html: str, title: str = "") -> OutgoingFile:
    """Return pages about to be printed as the gate is asked about them."""
    return OutgoingFile(_PAGE, f"{html}<p>{escape(title)}</p>".encode())


def copied(text: str) -> OutgoingFile:
    """Return a text about to be copied as the gate is asked about it."""
    return OutgoingFile("", text.encode("utf-8", "replace"))
