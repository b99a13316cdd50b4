"""Text messages between app and recorder: a command per line, and a JSON object per status or event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from balint_desktop.domain.part_marks import PartMark, parse_mark
from balint_desktop.domain.recorder import RecorderEventKind, RecorderReport, RecorderState, RecorderStatus
from balint_desktop.domain.trouble import TroubleCode

Message = dict[str, Any]
"""One line of a child as a JSON object."""


class Verb(StrEnum):
    """Commands to a recorder."""

    PAUSE = "pause"
    RESUME = "resume"
    MARK = "mark"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Command:
    """One command; only MARK has a mark."""

    verb: Verb
    mark: PartMark | None = None


def command_line(command: Command) -> str:
    """Return a command as one line of text, with the white space in its mark collapsed."""
    words = [] if command.mark is None else command.mark.text.split()
    return " ".join((command.verb.value, *words))


def parse_command(line: str) -> Command | None:
    """Parse a command line. Return None if it is invalid, since a slip must not stop a recording."""
    word, _, text = line.strip().partition(" ")
    if word not in set(Verb):
        return None
    return Command(Verb(word), parse_mark(text.strip()) if word == Verb.MARK else None)


class _End(StrEnum):
    """Events for the end of a part. They become one ENDED report once the process is over."""

    CLOSED = "closed"
    FAILED = "failed"
    DISK_FULL = "disk-full"


@dataclass(frozen=True, slots=True)
class PartEnd:
    """End of a part: its SHA-256 if sealed, and the Trouble that ended it. Such a part is sealed first."""

    sealed_s: float
    sha256: str | None = None
    trouble: TroubleCode | None = None


def status_message(status: RecorderStatus) -> Message:
    """Return the message for a status."""
    return {
        "state": status.state,
        **_lengths(status.seconds, status.sealed_s),
        "level_db": round(status.level_db, 1),
        "dropped": status.dropped,
        **({} if status.computer_db is None else {"computer_db": round(status.computer_db, 1)}),
    }


def event_message(
    kind: RecorderEventKind, trouble: TroubleCode | None, seconds: float, sealed_s: float, **details: object
) -> Message:
    """Return the message for an event, with the seconds written and sealed so far."""
    return {"event": kind, **_trouble(trouble), **_lengths(seconds, sealed_s), **details}


def closed_message(seconds: float, sha256: str | None) -> Message:
    """Return the message for a completely sealed part. `seconds` is not rounded, so that facts and log agree."""
    return {"event": _End.CLOSED, "seconds": seconds, "sealed": seconds, "sha256": sha256}


def ended_message(trouble: TroubleCode, seconds: float, sealed_s: float) -> Message:
    """Return the message for a Trouble that ended a part."""
    end = _End.DISK_FULL if trouble is TroubleCode.DISK_FULL else _End.FAILED
    return {"event": end, **_trouble(trouble), **_lengths(seconds, sealed_s)}


def failed_message(trouble: TroubleCode, **details: object) -> Message:
    """Return the message of any child that fails. The details are those of the Trouble."""
    return {"event": _End.FAILED, **_trouble(trouble), **details}


def read_message(message: Message) -> RecorderStatus | RecorderReport | PartEnd:
    """Parse a recorder's message. Raise ValueError for a word that no recorder of this version uses."""
    sealed_s = float(message.get("sealed", 0.0))
    if "event" not in message:
        state = RecorderState(message["state"])
        computer_db = float(message["computer_db"]) if "computer_db" in message else None
        levels = message["level_db"], message["dropped"], computer_db
        return RecorderStatus(state, message["seconds"], sealed_s, *levels)
    trouble = TroubleCode(message["trouble"]) if "trouble" in message else None
    if message["event"] in set(_End):
        return PartEnd(sealed_s, message.get("sha256"), trouble)
    gap = (float(message.get("at_s", 0.0)), float(message.get("gap_s", 0.0)))
    return RecorderReport(RecorderEventKind(message["event"]), sealed_s, trouble, None, *gap)


def _lengths(seconds: float, sealed_s: float) -> Message:
    return {"seconds": round(seconds, 2), "sealed": round(sealed_s, 2)}


def _trouble(trouble: TroubleCode | None) -> Message:
    return {} if trouble is None else {"trouble": trouble}
