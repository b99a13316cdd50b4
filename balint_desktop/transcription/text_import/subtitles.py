"""Turns of subtitles (WebVTT, SubRip): cues of one speaker put together, each with its own times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balint_desktop.domain.transcript.first_text import LONGEST_TURN_MS, NEW_TURN_GAP_MS
from balint_desktop.domain.transcript.imported_text import ImportedTurn, TimedText
from balint_desktop.domain.transcript.transcript import ends_sentence
from balint_desktop.transcription.text_import import time_stamps
from balint_desktop.transcription.text_import.labels import Labels, split_label

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|\{\\[^{}]*\}")
_KARAOKE = re.compile(r"<c[.>]|<\d\d:\d\d")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
# Written before a cue's times: a number, or a name without spaces such as a GUID with two numbers.
_CUE_ID = re.compile(r"\d+|(?=\S*\d)[\w{}.:#-]+(?:/[\w-]+)*")
_CUES_TO_TURN_SHORT = 60


@dataclass(frozen=True, slots=True)
class _Cue:
    from_ms: int
    until_ms: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one voice says in a cue. `label` is None where the cue names nobody."""

    label: str | None
    piece: TimedText


def is_subtitles(text: str) -> bool:
    """Return whether a text is subtitles: WebVTT says so, SubRip has its first cue at the beginning."""
    head = [line for line in text[:4000].splitlines() if line.strip()][:3]
    return text.startswith("WEBVTT") or any(time_stamps.cue(line) is not None for line in head)


def turns_of(text: str) -> tuple[ImportedTurn, ...]:
    """Return the turns of subtitles. Repeated lines of captions that roll are left out."""
    lines = text.splitlines()
    cues = _cues(lines, is_vtt=text.startswith("WEBVTT"))
    if _KARAOKE.search(text):
        cues = _without_rolling(cues)
    turns: list[ImportedTurn] = []
    for said in _with_labels([one for cue in cues for one in _voices(cue)]):
        last = turns[-1] if turns else None
        if last is not None and last.label == (said.label or "") and _goes_on(last.pieces, said.piece):
            turns[-1] = ImportedTurn(last.label, (*last.pieces, said.piece))
        else:
            turns.append(ImportedTurn(said.label or "", (said.piece,)))
    return tuple(turns)


def _cues(lines: Sequence[str], *, is_vtt: bool) -> list[_Cue]:
    """Return all cues. A cue reaches to the next one's times, so that no line of its text is lost."""
    times = [(at, found) for at, line in enumerate(lines) if (found := time_stamps.cue(line)) is not None]
    cues = []
    for number, (at, (from_ms, until_ms, _)) in enumerate(times):
        end = times[number + 1][0] if number + 1 < len(times) else len(lines)
        payload = [line.strip() for line in lines[at + 1 : end]]
        if number + 1 < len(times) and payload and _CUE_ID.fullmatch(payload[-1]) and (len(payload) > 1):
            payload.pop()
        cues.append(_Cue(from_ms, max(from_ms, until_ms), tuple(_without_blocks(payload) if is_vtt else payload)))
    return cues


def _without_blocks(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a cue without the comments and styles after it."""
    is_block, before = False, "x"
    for line in lines:
        is_block = (is_block and bool(line)) or (not before and _BLOCK.match(line) is not None)
        if not is_block:
            yield line
        before = line


def _without_rolling(cues: Sequence[_Cue]) -> list[_Cue]:
    """Return cues without the lines that captions repeat while they roll up: the first, where it came last before."""
    found = []
    last = ""
    for cue in cues:
        new = []
        for at, line in enumerate(cue.lines):
            plain = _TAG.sub("", line).strip()
            if plain and (at > 0 or plain != last):
                new.append(line)
                last = plain
        found.append(_Cue(cue.from_ms, cue.until_ms, tuple(new)))
    return found


def _voices(cue: _Cue) -> Iterator[_Said]:
    """Yield what each voice says in a cue."""
    text = "\n".join(line for line in cue.lines if line)
    names = [None, *_VOICE.findall(text)]
    for name, said in zip(names, _VOICE.split(text)[::2], strict=True):
        plain = " ".join(html.unescape(_TAG.sub("", said)).split())
        if plain:
            label = None if name is None else " ".join(html.unescape(name).split())
            yield _Said(label, TimedText(plain, cue.from_ms, cue.until_ms))


def _with_labels(said: Sequence[_Said]) -> Iterator[_Said]:
    """Yield what is said with labels from before a colon, too; cues after such a one are its speaker's as well."""
    parted = [None if one.label is not None else split_label(one.piece.text) for one in said]
    labels = Labels([found[0] for found in parted if found is not None], len(said))
    last: str | None = None
    for one, found in zip(said, parted, strict=True):
        if one.label is not None:
            last = None
            yield one
        elif found is not None and found[0] in labels:
            last = found[0]
            if found[1]:
                yield _Said(last, TimedText(found[1], one.piece.from_ms, one.piece.until_ms))
        else:
            yield _Said(last, one.piece)


def _goes_on(pieces: Sequence[TimedText], piece: TimedText) -> bool:
    first, last = pieces[0], pieces[-1]
    long_ms = (piece.from_ms or 0) - (first.from_ms or 0)
    if (piece.from_ms or 0) - (last.until_ms or 0) >= NEW_TURN_GAP_MS or len(pieces) >= _CUES_TO_TURN_SHORT:
        return False
    return long_ms < LONGEST_TURN_MS or (not ends_sentence(last.text) and long_ms < 2 * LONGEST_TURN_MS)
