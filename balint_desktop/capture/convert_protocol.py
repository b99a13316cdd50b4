"""Messages of the conversion child: audio in length-prefixed pieces, then a report or a refusal."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.import_report import ImportReport

_LENGTH = struct.Struct("<I")
_LONGEST_PIECE = 1 << 24
_LONGEST_END = 1 << 16
_LONGEST_KIND = 40


class Refusal(StrEnum):
    """Reasons for which a file cannot be imported."""

    UNREADABLE = "unreadable"
    MISSING = "missing"
    UNSUPPORTED = "unsupported"
    RATE = "rate"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, and the file's format if known."""

    why: Refusal
    kind: str = ""


def sound_message(data: bytes) -> bytes:
    """Return a piece of audio as a message."""
    return _LENGTH.pack(len(data)) + data


def end_message(end: ImportReport | Refused) -> bytes:
    """Return the report or refusal as the last message."""
    values: dict[str, Any] = end.to_json() if isinstance(end, ImportReport) else {"refused": end.why, "kind": end.kind}
    return _LENGTH.pack(0) + json.dumps(values).encode()


def read_messages(read: Callable[[int], bytes]) -> Iterator[bytes | ImportReport | Refused]:
    """Yield pieces of audio, then the report or refusal. `read` returns `size` bytes, or fewer at the end of the input.

    Output that ends early or is malformed means that the file crashed the child: it is reported as unreadable.
    """
    while len(head := read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        if not length:
            yield _end(read(_LONGEST_END))
            return
        data = read(min(length, _LONGEST_PIECE))
        if len(data) < length:
            break
        yield data
    yield Refused(Refusal.UNREADABLE)


def _end(data: bytes) -> ImportReport | Refused:
    try:
        values = json.loads(data)
        if "refused" in values:
            kind = "".join(sign for sign in str(values["kind"]) if sign.isprintable())[:_LONGEST_KIND]
            return Refused(Refusal(values["refused"]), kind)
        return ImportReport.from_json(values)
    except FOREIGN_ERRORS:
        return Refused(Refusal.UNREADABLE)
