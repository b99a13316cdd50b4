"""File names inside a recording's folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.sealed.disk import is_link

AUDIO = "audio.opus.age"
FACTS = "facts.json.age"
KEY = "key.age"
LOCK = "in-use"
# Beside the parts of a sealed copy: the session, sealed to the recording's own key.
SESSION = "session.json.age"
# During a replacement: the new sound, and the old one until it is overwritten.
INCOMING = "audio.incoming.age"
OUTGOING = "audio.outgoing.age"
_TAIL = re.compile(r"tail-([0-9]{1,18})-([0-9]{1,18})\.age")
_PART = re.compile(r"[0-9]{2}|[1-9][0-9]{2,8}")


@dataclass(frozen=True, slots=True)
class TailName:
    """A tail's name: the offset of its first byte in the plain stream, and an increasing number."""

    offset: int
    number: int

    def __str__(self) -> str:
        """Return the file's name."""
        return f"tail-{self.offset}-{self.number}.age"


def tails(folder: Path) -> list[tuple[TailName, Path]]:
    """Return a part's tails, the latest first."""
    matched = ((_TAIL.fullmatch(path.name), path) for path in folder.iterdir())
    found = [(TailName(int(match.group(1)), int(match.group(2))), path) for match, path in matched if match]
    return sorted(found, key=lambda pair: (pair[0].number, pair[0].offset), reverse=True)


def part_name(number: int) -> str:
    """Return the folder name of a part: 1 is "01"."""
    return f"{number:02d}"


def part_folders(recording: Path) -> list[Path]:
    """Return the folders of a recording's parts, in order. A link is none."""
    found = (path for path in recording.iterdir() if _PART.fullmatch(path.name) and path.is_dir() and not is_link(path))
    return sorted(found, key=lambda path: int(path.name))
