"""Licence notices of everything that is shipped with the app, as written by `make notices`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balint_desktop import resources

_FILE = "licences/THIRD_PARTY_NOTICES.txt"
_RULE = "=" * 100
_LICENCE = "Licence: "


@dataclass(frozen=True, slots=True)
class LicenceNotice:
    """One component: its name, its licence in short, and where its source is with the licence's whole text."""

    name: str
    licence: str
    text: str


def read_notices() -> tuple[LicenceNotice, ...]:
    """Return the notices in the order of the file."""
    return tuple(_parse(resources.text(_FILE)))


def _parse(written: str) -> Iterator[LicenceNotice]:
    pieces = written.split(f"{_RULE}\n")[1:]
    for head, text in zip(pieces[::2], pieces[1::2], strict=True):
        name, licence = head.strip().split("\n", 1)
        yield LicenceNotice(name, licence.removeprefix(_LICENCE).strip(), text.strip())
