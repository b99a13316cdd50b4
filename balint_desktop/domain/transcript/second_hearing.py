"""Hear a place of a text again: which sound around it, and which of the words heard stand for the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import fmean

from balint_desktop.domain.transcript import folding
from balint_desktop.domain.transcript.alignment import aligned
from balint_desktop.domain.transcript.editing import with_turns
from balint_desktop.domain.transcript.machine_text import HeardWord, stored_probability
from balint_desktop.domain.transcript.pieces import LEAST_MS
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Transcript, Turn, Word, WordKind, terms

LONGEST_MS = 10_000
"""No more of the recording than this is heard for a place, whatever its length."""
MOST_READINGS = 3

_NEAR_MS = 1_500
_NEARER_MS = 400
_JITTER_MS = 60
# In silence a small model wrote “You” with .03 after a prompt; words of te reo that it had half right had .3 and more.
_LEAST_MEAN = 0.15
_WITHOUT_WORDS = frozenset({WordKind.NOT_UNDERSTOOD, WordKind.NO_WORDS})


@dataclass(frozen=True, slots=True)
class PlaceToHear:
    """Words of a turn, from one to before another, that are to be heard again: doubtful, or without words."""

    turn_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a second hearing wrote for a place. One that ends before the place does leaves the rest of it open."""

    words: tuple[Word, ...]
    until_ms: int

    @property
    def text(self) -> str:
        """Return its words as one line."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Hearing:
    """A stretch of sound to hear, and whether the words of a list are given to the model first."""

    span: Span
    with_prompt: bool = False


def place_to_hear(turn: Turn, first: int, last: int) -> PlaceToHear | None:
    """Return words of a turn as a place to hear again: one without words, or some with a doubtful one among them.

    None for anything else, and for words that take longer than is heard at once.
    """
    words = turn.words[first:last]
    if len(words) == 1 and words[0].kind in _WITHOUT_WORDS:
        return PlaceToHear(turn.id, first, last)
    is_text = all(word.kind is WordKind.SPOKEN for word in words) and any(word.is_doubtful for word in words)
    if not is_text or words[-1].until_ms - words[0].from_ms > LONGEST_MS:
        return None
    return PlaceToHear(turn.id, first, last)


def span_of(transcript: Transcript, place: PlaceToHear) -> Span:
    """Return where a place is in the recording. Raise KeyError, IndexError."""
    words = transcript.turn(place.turn_id).words
    return words[place.first].from_ms, words[place.last - 1].until_ms


def hearings(place: Span, audible: Iterable[Span], *, has_prompt: bool) -> tuple[Hearing, ...]:
    """Return what to hear for a place, in order; nothing where too little of it may be heard.

    Each lies in one stretch that may be heard and is at most LONGEST_MS long. They differ in their edges, which is
    enough for a model at temperature 0 to write something else, and the same again the next time.
    """
    stretch = max(audible, key=lambda one: _shared_ms(place, one), default=(0, 0))
    begin, end = max(place[0], stretch[0]), min(place[1], stretch[1])
    if end < begin or stretch[1] - stretch[0] < LEAST_MS:
        return ()
    end = min(end, begin + LONGEST_MS)
    room = (LONGEST_MS - (end - begin)) // 2
    near, nearer, wide = (_around(begin, end, min(pad, room), stretch) for pad in (_NEAR_MS, _NEARER_MS, room))
    third = Hearing(near, with_prompt=True) if has_prompt else Hearing(nearer)
    return tuple(dict.fromkeys((Hearing(near), Hearing(wide), third)))


def reading_of(turn: Turn, place: PlaceToHear, heard: Sequence[HeardWord], span: Span) -> Reading | None:
    """Return what of a second hearing stands for a place, None for nothing that the model itself holds likely at all.

    Words that are heard as they stand beside the place mark where it begins and ends; without them, times do.
    """
    begin, end = turn.words[place.first].from_ms, turn.words[place.last - 1].until_ms
    low, high, is_held_low, is_held_high = _between_neighbours(turn, place, heard, span)
    found = [
        word
        for word in heard[low:high]
        if (is_held_low or _middle(word) >= begin - _JITTER_MS) and (is_held_high or _middle(word) <= end + _JITTER_MS)
    ]
    if span[1] < end:
        # The sound was cut there, in the middle of a word.
        found = found[:-1] or found
        end = min(end, found[-1].until_ms) if found else span[1]
    words: list[Word] = []
    for word in found:
        if any(sign.isalnum() for sign in word.text):
            # One after another, also where the engine lets them overlap.
            words.append(_as_word(word, words[-1].until_ms if words else begin, end))
    is_held = bool(words) and fmean(word.probability or 0.0 for word in words) >= _LEAST_MEAN
    return Reading(tuple(words), end) if is_held else None


def distinct(readings: Iterable[Reading], now: str) -> tuple[Reading, ...]:
    """Return readings that differ from each other and from what the text has now; case and signs make no difference."""
    found: dict[str, Reading] = {}
    for one in readings:
        found.setdefault(_plain(one.text), one)
    found.pop(_plain(now), None)
    found.pop("", None)
    return tuple(found.values())[:MOST_READINGS]


def with_reading(transcript: Transcript, place: PlaceToHear, reading: Reading) -> Transcript:
    """Return the text with a reading in a place. Raise KeyError.

    For a doubtful word a person has chosen, and there is no doubt left; the signs around it stay. In a stretch without
    words, of which there may be many, each word that the engine doubts is still to be looked at, and what is behind
    the reading is still a stretch without words.
    """
    turn = transcript.turn(place.turn_id)
    old = turn.words[place.first : place.last]
    if old[-1].kind is WordKind.SPOKEN:
        words = aligned(turn, [*turn.words[: place.first], *_signed(old, reading.text), *turn.words[place.last :]])
    else:
        left = replace(old[-1], from_ms=reading.until_ms)
        rest = (left,) if reading.until_ms < left.until_ms else ()
        words = (*turn.words[: place.first], *reading.words, *rest, *turn.words[place.last :])
    return with_turns(transcript, [replace(turn, words=words)])


def shown(transcript: Transcript, place: PlaceToHear, reading: Reading) -> str:
    """Return a reading as it is offered: for words without the signs around them, which are those of the text."""
    is_text = transcript.turn(place.turn_id).words[place.first].kind is WordKind.SPOKEN
    return folding.trimmed(reading.text) if is_text else reading.text


def _signed(old: Sequence[Word], text: str) -> list[str]:
    """Return words with the signs that stand around those that they replace."""
    first, last = old[0].text, old[-1].text
    before = first[: len(first) - len(first.lstrip(_signs_of(first)))]
    after = last[len(last.rstrip(_signs_of(last))) :]
    return f"{before}{folding.trimmed(text)}{after}".split()


def _signs_of(text: str) -> str:
    return "".join(sign for sign in text if not sign.isalnum())


def _shared_ms(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _around(begin: int, end: int, pad: int, stretch: Span) -> Span:
    """Return a span with so much around it, at least LEAST_MS long, within a stretch."""
    low, high = stretch
    pad = max(pad, (LEAST_MS - (end - begin) + 1) // 2)
    first, last = max(low, begin - pad), min(high, end + pad)
    # At an edge of the stretch the other side gives what is missing.
    return max(low, min(first, last - LEAST_MS)), min(high, max(last, first + LEAST_MS))


def _between_neighbours(
    turn: Turn, place: PlaceToHear, heard: Sequence[HeardWord], span: Span
) -> tuple[int, int, bool, bool]:
    """Return the words heard between those that stand beside the place, and whether both neighbours were heard."""
    near = [at for at, word in enumerate(turn.words) if span[0] <= (word.from_ms + word.until_ms) // 2 <= span[1]]
    first = min([place.first, *near])
    last = max([place.last, *(at + 1 for at in near)])
    written = [_mark(word, at) for at, word in enumerate(turn.words[first:last])]
    matcher = SequenceMatcher(None, written, [folding.bare(word.text) for word in heard], autojunk=False)
    low, high, is_held_low, is_held_high = 0, len(heard), False, False
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            word, found = first + block.a + at, block.b + at
            if word < place.first:
                low, is_held_low = found + 1, word == place.first - 1
            elif word >= place.last and found < high:
                high, is_held_high = found, word == place.last
    return low, max(low, high), is_held_low, is_held_high


def _mark(word: Word, at: int) -> str:
    return folding.bare(word.text) if word.kind is WordKind.SPOKEN else f"\0{at}"


def _middle(word: HeardWord) -> int:
    return (word.from_ms + word.until_ms) // 2


def _as_word(word: HeardWord, begin: int, end: int) -> Word:
    """Return a word that lies in the place, whatever time it was heard at."""
    from_ms = min(max(word.from_ms, begin), end)
    return Word(
        " ".join(terms(word.text)), from_ms, min(max(word.until_ms, from_ms), end), stored_probability(word.probability)
    )


def _plain(text: str) -> str:
    return " ".join(folding.spelt(one) for one in text.split())
