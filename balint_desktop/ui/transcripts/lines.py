"""The lines of a transcript on the page, and the words of a line that a person has changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto

from balint_desktop.domain.transcript.spans import Span, merged
from balint_desktop.domain.transcript.transcript import SILENCE_FROM_MS, Transcript, Turn, Word, WordKind
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.transcripts import wording

# Two parts of a recording never meet to the millisecond: less than this is no stretch that anybody misses.
_LEAST_MISSING_MS = 500


class ShownLineKind(Enum):
    """What a line is. Only a turn can be typed in."""

    TURN = auto()
    PHASE = auto()
    SILENCE = auto()
    NOT_AVAILABLE = auto()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the page: a turn, or a remark between two."""

    kind: ShownLineKind
    text: str
    at_ms: int
    turn: Turn | None = None

    def is_same(self, other: ShownLine) -> bool:
        """Return whether nothing of the line has changed. Turns are compared by identity: they are never altered."""
        return (
            self.turn is other.turn and self.kind is other.kind and (self.turn is not None or self.text == other.text)
        )


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word of a line, or a place without words, from one position in the line's text to another."""

    start: int
    end: int
    text: str
    is_place: bool = False


class LineMaker:
    """Makes the lines of a transcript, and remembers those of each turn: a change makes few of them anew."""

    def __init__(self, audible: Sequence[Span] = (), phases: Sequence[PhaseMark] = ()) -> None:
        self._audible = merged(audible)
        self._begins = [begin for begin, _ in self._audible]
        self._phases = tuple(phases)
        # By the turn's id: the turn, where the text before it ends, the phase that begins with it, and its lines.
        self._made: dict[int, tuple[Turn, int | None, int, list[ShownLine]]] = {}

    def lines(self, transcript: Transcript) -> list[ShownLine]:
        """Return the lines: phases, silences and what is not available stand between the turns."""
        found: list[ShownLine] = []
        made = self._made
        end_ms: int | None = None
        phase = 0
        for turn in transcript.turns:
            begun = phase
            while phase < len(self._phases) and self._phases[phase].at_s * 1000 <= turn.from_ms:
                phase += 1
            number = phase if phase > begun else 0
            known = made.get(turn.id)
            if known is None or known[0] is not turn or known[1] != end_ms or known[2] != number:
                known = made[turn.id] = (turn, end_ms, number, self._lines_of(turn, end_ms, number))
            found += known[3]
            end_ms = turn.until_ms if end_ms is None or end_ms < turn.until_ms else end_ms
        return found

    def _lines_of(self, turn: Turn, end_ms: int | None, phase: int) -> list[ShownLine]:
        made: list[ShownLine] = []
        if end_ms is not None and turn.from_ms - end_ms > _LEAST_MISSING_MS:
            made += _between(end_ms, turn.from_ms, self._audible, self._begins)
        if phase:
            begins = self._phases[phase - 1]
            made.append(ShownLine(ShownLineKind.PHASE, begins.label, round(begins.at_s * 1000)))
        made.append(ShownLine(ShownLineKind.TURN, turn_text(turn), turn.from_ms, turn))
        return made


def turn_text(turn: Turn) -> str:
    """Return a turn's words as one line."""
    return " ".join([word.text if word.kind is WordKind.SPOKEN else wording.place(word) for word in turn.words])


def pieces(text: str, places: Collection[str]) -> list[ShownWord]:
    """Return the words of a text. Each of these places without words is one, however many spaces it has."""
    if not places:
        return [ShownWord(found.start(), found.end(), found[0]) for found in re.finditer(r"\S+", text)]
    either = "|".join(re.escape(one) for one in sorted(places, key=len, reverse=True))
    found = re.finditer(rf"({either})|(?:(?!{either})\S)+", text)
    return [ShownWord(one.start(), one.end(), one[0], is_place=one[1] is not None) for one in found]


def places_of(turn: Turn) -> dict[str, list[Word]]:
    """Return a turn's places without words by what the text shows for them."""
    found: dict[str, list[Word]] = {}
    for word in turn.words:
        if word.kind is not WordKind.SPOKEN:
            found.setdefault(wording.place(word), []).append(word)
    return found


def typed_words(turn: Turn, text: str) -> list[str | Word]:
    """Return the words of a turn's text as it is typed. A place is the one that was there before, once each."""
    places = places_of(turn)
    words: list[str | Word] = []
    for piece in pieces(text, places):
        left = places[piece.text] if piece.is_place else []
        words.append(left.pop(0) if left else piece.text)
    return words


def is_unchanged(turn: Turn, text: str) -> bool:
    """Return whether a text has the words of a turn, whatever the spaces between them."""
    return [one if isinstance(one, str) else wording.place(one) for one in typed_words(turn, text)] == [
        wording.place(word) for word in turn.words
    ]


def matched(turn: Turn, found: Sequence[ShownWord]) -> Iterator[tuple[ShownWord, int]]:
    """Yield the pieces of a text with the words that they are: all of them, or those on both sides of a change."""
    words = [wording.place(word) if word.kind is not WordKind.SPOKEN else word.text for word in turn.words]
    most = min(len(words), len(found))
    ahead = 0
    while ahead < most and found[ahead].text == words[ahead]:
        ahead += 1
    behind = 0
    while behind < most - ahead and found[-1 - behind].text == words[-1 - behind]:
        behind += 1
    yield from ((found[at], at) for at in range(ahead))
    yield from ((found[at - len(words)], at) for at in range(len(words) - behind, len(words)))


def moved(before: str, now: str, at: int) -> int:
    """Return where a position in a text is once the text has changed; inside of what was replaced, it is behind that.

    Positions behind the text move with its end.
    """
    most = min(len(before), len(now))
    ahead = _alike(before, now)
    if at <= ahead:
        return at
    behind = min(_alike(before[::-1], now[::-1]), most - ahead)
    if at >= len(before) - behind:
        return at + len(now) - len(before)
    # Several places may have changed, as by replacing all: word by word.
    old, new = (re.findall(r"\s+|\S+", text[ahead : len(text) - behind]) for text in (before, now))
    passed, made = ahead, ahead
    for act, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        length, becomes = len("".join(old[i:j])), len("".join(new[k:m]))
        if act == "equal" and at <= passed + length:
            return made + at - passed
        if at < passed + length:
            return made + becomes
        passed, made = passed + length, made + becomes
    return made


def _alike(one: str, other: str) -> int:
    """Return with how many characters two texts begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _between(from_ms: int, until_ms: int, audible: Sequence[Span], begins: Sequence[int]) -> Iterator[ShownLine]:
    """Yield what lies between two turns: silence from three seconds on, and what is not available, without a length."""
    at = from_ms
    first = max(0, bisect_right(begins, from_ms) - 1)
    is_missing_yielded = False
    for begin, end in audible[first:] if audible else ((from_ms, until_ms),):
        if end <= at:
            continue
        if begin >= until_ms:
            break
        if begin - at > _LEAST_MISSING_MS and not is_missing_yielded:
            yield ShownLine(ShownLineKind.NOT_AVAILABLE, wording.not_available(), at)
            is_missing_yielded = True
        at = max(at, begin)
        heard_ms = min(end, until_ms) - at
        if heard_ms >= SILENCE_FROM_MS:
            yield ShownLine(ShownLineKind.SILENCE, wording.silence(heard_ms), at)
            is_missing_yielded = False
        at = min(end, until_ms)
    if until_ms - at > _LEAST_MISSING_MS and not is_missing_yielded:
        yield ShownLine(ShownLineKind.NOT_AVAILABLE, wording.not_available(), at)
