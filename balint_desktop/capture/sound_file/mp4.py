"""Read the duration and completeness of the audio from the boxes of an MP4, M4A, 3GP or QuickTime file.

The audio itself is decoded by the system's decoder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balint_desktop.capture.sound_file.file_bytes import FileBytes

_MAX_BOXES = 100_000
_LONGEST_TABLE = 64 << 20
_BRANDS = {b"M4A ": "M4A", b"M4B ": "M4A", b"M4P ": "M4A", b"qt  ": "QuickTime", b"3gp": "3GP", b"3g2": "3GP"}
_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    begins: int
    until: int


@dataclass(frozen=True, slots=True)
class Index:
    """Contents of the index: the duration of the first audio track, and whether all the data it points to is present.

    `seconds` is None if it is not stated: in fragmented files, or in a file that was never finished.
    """

    seconds: float | None
    is_all_there: bool


def kind(file: FileBytes) -> str:
    """Return the name of the file's format, "" if it is none of these."""
    head = file.read(0, 12)
    if head[4:8] in {b"moov", b"mdat"}:
        return "QuickTime"
    if head[4:8] != b"ftyp":
        return ""
    return _BRANDS.get(head[8:12]) or _BRANDS.get(head[8:11]) or "MP4"


def has_index(file: FileBytes) -> bool:
    """Return whether the file was finished: the index (`moov`) is written last."""
    return any(box.kind == b"moov" and box.until <= file.size for box in _boxes(file, 0, file.size))


def index_names(file: FileBytes, box_kind: bytes) -> bool:
    """Return whether the index holds the name of a kind of box, such as the one of a codec."""
    return any(
        box.kind == b"moov" and file.find(box_kind, box.begins, box.until) >= 0 for box in _boxes(file, 0, file.size)
    )


def read_index(file: FileBytes) -> Index:
    """Read the index of the first audio track."""
    boxes = list(_boxes(file, 0, file.size))
    is_all_there = all(box.until <= file.size for box in boxes) and bool(boxes)
    for box in boxes:
        if box.kind == b"moov":
            for track in _inside(file, box, b"trak"):
                seconds = _seconds(file, track)
                if seconds is not None:
                    return Index(seconds or None, is_all_there and _points_inside(file, track))
    return Index(None, is_all_there)


def _seconds(file: FileBytes, track: _Box) -> float | None:
    """Return the duration of an audio track, None for any other track."""
    handlers = [file.read(box.begins + 8, 4) for box in _inside(file, track, b"hdlr")]
    if b"soun" not in handlers:
        return None
    for box in _inside(file, track, b"mdhd"):
        body = file.read(box.begins, 32)
        is_long = bool(body[:1] == b"\x01")
        scale = int.from_bytes(body[20:24] if is_long else body[12:16], "big")
        length = int.from_bytes(body[24:32] if is_long else body[16:20], "big")
        return length / scale if scale else 0.0
    return 0.0


def _points_inside(file: FileBytes, track: _Box) -> bool:
    """Return whether the last chunk of a track starts inside the file."""
    last = 0
    for name, width in ((b"stco", 4), (b"co64", 8)):
        for box in _inside(file, track, name):
            table = file.read(box.begins + 8, min(_LONGEST_TABLE, box.until - box.begins - 8))
            places = (int.from_bytes(table[at : at + width], "big") for at in range(0, len(table) - width + 1, width))
            last = max(last, max(places, default=0))
    return last < file.size


def _inside(file: FileBytes, box: _Box, name: bytes) -> Iterator[_Box]:
    """Yield the boxes of a given name inside another box, at any depth."""
    for one in _boxes(file, box.begins, box.until):
        if one.kind == name:
            yield one
        elif one.kind in _CONTAINERS:
            yield from _inside(file, one, name)


def _boxes(file: FileBytes, at: int, until: int) -> Iterator[_Box]:
    for _ in range(_MAX_BOXES):
        head = file.read(at, 16)
        if at >= until or len(head) < 8:
            return
        length, begins = int.from_bytes(head[:4], "big"), at + 8
        if length == 1:
            length, begins = int.from_bytes(head[8:], "big"), at + 16
        end = until if length == 0 else at + length
        if end < begins:
            return
        yield _Box(head[4:8], begins, end)
        at = end
