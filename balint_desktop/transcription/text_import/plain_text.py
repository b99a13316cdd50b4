"""Turns of a text in lines: labels before a colon, times before, beside or within what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from balint_desktop.domain.transcript.imported_text import ImportedTurn, TimedText
from balint_desktop.domain.transcript.transcript import ends_sentence
from balint_desktop.transcription.text_import import time_stamps
from balint_desktop.transcription.text_import.labels import Labels, is_like_label, split_label

# A time in milliseconds, whether brackets mark it, and the rest of its line.
_Stamp = tuple[int, bool, str]
_BOLD = re.compile(r"^\*\*([^*]+)\*\*")
# Added by a program to the end of what it wrote; nobody said it.
_NOT_SAID = ("transcribed by https://otter.ai",)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its time, its label, and its text. `is_new` says that an empty line or a paragraph stands before it."""

    text: str
    label: str | None = None
    from_ms: int | None = None
    until_ms: int | None = None
    is_new: bool = False


@dataclass(slots=True)
class _Open:
    label: str = ""
    pieces: list[TimedText] = field(default_factory=list)

    @property
    def is_header(self) -> bool:
        """Whether there is a label or a time so far, and no text."""
        return not any(piece.text for piece in self.pieces)


def turns_of(text: str) -> tuple[ImportedTurn, ...]:
    """Return the turns of a text. A new paragraph without a label is a new turn of the same speaker."""
    lines = list(_lines(text))
    turns: list[_Open] = []
    for line in _read(lines):
        last = turns[-1] if turns else None
        is_turn = line.label is not None or line.from_ms is not None
        if last is None or is_turn or (line.is_new and not last.is_header):
            label = line.label if line.label is not None else last.label if last is not None else ""
            turns.append(_Open(label))
            if last is not None and last.is_header and is_turn:
                # A time on a line of its own stands for the next line, whatever that has.
                turns[-1].pieces = last.pieces[-1:]
                turns.pop(-2)
        _add(turns[-1].pieces, line)
    found = (ImportedTurn(turn.label, _merged(turn.pieces)) for turn in turns)
    return tuple(turn for turn in found if turn.pieces)


def _lines(text: str) -> Iterator[str]:
    """Yield lines without the space around them, a label's bold signs, and all but one of several empty ones."""
    is_empty = True
    for line in text.splitlines():
        plain = _BOLD.sub(r"\1", line.strip())
        if plain or not is_empty:
            yield plain
        is_empty = not plain


def _read(lines: list[str]) -> Iterator[_Line]:
    stamps = _stamps(lines)
    names = _names_below_times(lines, stamps)
    names |= _names_beside_times(lines, stamps)
    labels = Labels(*_candidates(lines, stamps, names))
    is_new = False
    for at, (line, stamp) in enumerate(zip(lines, stamps, strict=True)):
        if not line or line.casefold() in _NOT_SAID:
            is_new = True
            continue
        name = line if stamp is None else stamp[2]
        if at in names and name in labels:
            yield _Line("", name, None if stamp is None else stamp[0])
        else:
            below = lines[at + 1] if at + 1 < len(lines) else ""
            is_alone = (is_new or at == 0) and bool(below) and time_stamps.trailing(below) is None
            yield _line(line, stamp, labels, is_new=is_new, is_alone=is_alone)
        is_new = False


def _stamps(lines: list[str]) -> list[_Stamp | None]:
    """Return the time that each line begins with.

    One without brackets before a text may be a time of day, unless many lines have one.
    """
    found = [time_stamps.leading(line) for line in lines]
    bare = sum(1 for stamp in found if stamp is not None and not stamp[1])
    is_usual = bare >= max(2, sum(map(bool, lines)) // 10)
    return [stamp if stamp is not None and (stamp[1] or is_usual or not stamp[2]) else None for stamp in found]


def _names_below_times(lines: list[str], stamps: list[_Stamp | None]) -> set[int]:
    """Return the lines that may be a label since a line above has nothing but a time, and one below has the text."""
    is_time = [
        (stamp is not None and not stamp[2]) or time_stamps.cue(line) is not None
        for line, stamp in zip(lines, stamps, strict=True)
    ]
    return {
        at
        for at in range(1, len(lines) - 1)
        if is_time[at - 1] and lines[at + 1] and stamps[at + 1] is None and _is_like_name(lines[at])
    }


def _names_beside_times(lines: list[str], stamps: list[_Stamp | None]) -> set[int]:
    """Return the lines of a time and a label, with the text below: where a text has any, all its times are such."""
    found: set[int] = set()
    labels = Labels(*_candidates(lines, stamps, set()))
    if any(parted is not None and parted[0] in labels for parted in map(split_label, lines)):
        # The text has its labels before colons, so what is beside a time was said.
        return found
    for at, stamp in enumerate(stamps):
        if stamp is None or not stamp[2]:
            continue
        below = next((n for n in range(at + 1, min(at + 3, len(lines))) if lines[n]), None)
        if not _is_like_name(stamp[2]) or below is None or stamps[below] is not None:
            return set()
        found.add(at)
    return found


def _is_like_name(text: str) -> bool:
    return is_like_label(text) and text[0].isupper() and len(text) > 1 and not ends_sentence(text)


def _candidates(lines: list[str], stamps: list[_Stamp | None], names: set[int]) -> tuple[list[str], int]:
    """Return what may be labels, and how many lines there are that could have one."""
    found, count = [], 0
    for at, (line, stamp) in enumerate(zip(lines, stamps, strict=True)):
        rest = line if stamp is None else stamp[2]
        if not rest or time_stamps.cue(line) is not None:
            continue
        count += 1
        header = time_stamps.trailing(line) if stamp is None else None
        parted = split_label(rest)
        if at in names:
            found.append(rest)
        elif header is not None and is_like_label(header[0].rstrip(":")):
            found.append(header[0].rstrip(":"))
        elif parted is not None:
            found.append(parted[0])
    return found, count


def _line(line: str, stamp: _Stamp | None, labels: Labels, *, is_new: bool, is_alone: bool) -> _Line:
    """Read a line. `is_alone` says that it has an empty line above and text below, as a line with a name and a time."""
    cue = time_stamps.cue(line)
    if cue is not None:
        return _Line("", from_ms=cue[0], until_ms=cue[1], is_new=is_new)
    if stamp is None:
        header = time_stamps.trailing(line)
        if header is not None and is_like_label(header[0].rstrip(":")):
            label = header[0].rstrip(":")
            if label in labels or (header[2] and is_alone):
                return _Line("", label, header[1], is_new=is_new)
    from_ms, rest = (None, line) if stamp is None else (stamp[0], stamp[2])
    parted = split_label(rest)
    if parted is None or parted[0] not in labels:
        return _Line(rest, None, from_ms, is_new=is_new)
    label, said = parted
    inner = time_stamps.leading(said) if from_ms is None else None
    if inner is not None and (inner[1] or "\t" in rest):
        from_ms, said = inner[0], inner[2]
    return _Line(said, label, from_ms, is_new=is_new)


def _add(pieces: list[TimedText], line: _Line) -> None:
    """Add a line to a turn, cut at the times within it; one at its end is when it ends."""
    parts = time_stamps.inline(line.text)
    for number, (moment, text) in enumerate(parts):
        from_ms = line.from_ms if number == 0 else moment
        if text or (number == 0 and (from_ms is not None or len(parts) == 1)):
            pieces.append(TimedText(text, from_ms, line.until_ms if number == 0 else None))
        elif moment is not None and pieces:
            last = pieces.pop()
            pieces.append(TimedText(last.text, last.from_ms, moment))


def _merged(pieces: list[TimedText]) -> tuple[TimedText, ...]:
    """Join pieces whose times nothing parts; one without text gives its times to the next."""
    groups: list[list[TimedText]] = []
    for piece in pieces:
        group = groups[-1] if groups else None
        has_text = group is not None and any(one.text for one in group)
        if group is not None and piece.from_ms is None and (group[-1].until_ms is None or not has_text):
            group.append(piece)
        elif group is not None and not has_text:
            groups[-1] = [piece]
        else:
            groups.append([piece])
    found = (
        TimedText(
            " ".join(term for piece in group for term in piece.text.split()),
            group[0].from_ms,
            next((piece.until_ms for piece in reversed(group) if piece.until_ms is not None), None),
        )
        for group in groups
    )
    return tuple(piece for piece in found if piece.text)
