"""A person's work on a transcript. Every function returns a new one; the one before is what Undo goes back to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Transcript, Turn, Word, WordKind

# A key is pressed a little after the voice has changed; the split goes to the last gap of 200 ms before that.
_REACTION_MS = 300
_SPLIT_GAP_MS = 200


def retyped(transcript: Transcript, turn_id: int, words: Sequence[str | Word]) -> Transcript:
    """Replace the words of a turn by what a person typed. Raise KeyError.

    A word that was there before keeps its time and probability; a new one gets its share of the time between its
    neighbours. A `Word` among them stands for itself, as a stretch without words does.
    """
    turn = transcript.turn(turn_id)
    return _with_turn(transcript, replace(turn, words=_aligned(turn, words)))


def split(transcript: Transcript, turn_id: int, at_word: int) -> Transcript:
    """Split a turn before a word; the second half gets a new id and the same speaker. Raise KeyError, ValueError."""
    turn = transcript.turn(turn_id)
    if not 0 < at_word < len(turn.words):
        raise ValueError(f"no word to split before: {at_word}")
    first, second = turn.words[:at_word], turn.words[at_word:]
    begin = second[0].from_ms
    halves = (
        replace(turn, until_ms=max(turn.from_ms, min(first[-1].until_ms, begin)), words=first),
        Turn(transcript.next_id(), turn.speaker, begin, max(begin, turn.until_ms), second),
    )
    at = transcript.index(turn_id)
    return Transcript((*transcript.turns[:at], *halves, *transcript.turns[at + 1 :]))


def joined(transcript: Transcript, turn_id: int) -> Transcript:
    """Join a turn to the one before, whose id and speaker stay. Raise KeyError; ValueError for the first turn."""
    at = transcript.index(turn_id)
    if at == 0:
        raise ValueError("there is no turn before the first")
    before, turn = transcript.turns[at - 1], transcript.turns[at]
    speaker = turn.speaker if before.speaker == UNKNOWN else before.speaker
    one = replace(
        before, speaker=speaker, until_ms=max(before.until_ms, turn.until_ms), words=(*before.words, *turn.words)
    )
    return Transcript((*transcript.turns[: at - 1], one, *transcript.turns[at + 1 :]))


def spoken_by(transcript: Transcript, turn_id: int, speaker: Speaker) -> Transcript:
    """Set who speaks a turn. Raise KeyError."""
    return _with_turn(transcript, replace(transcript.turn(turn_id), speaker=speaker))


def spoken_from(transcript: Transcript, at_ms: int, speaker: Speaker) -> Transcript:
    """Set who speaks from a moment on, as whoever listens presses a key: to the end of the run of one speaker.

    The turn that is heard is split at the last gap of 200 ms or more before the moment, less a person's reaction.
    """
    heard_ms = max(0, at_ms - _REACTION_MS)
    at = _turn_at(transcript, heard_ms)
    if at is None:
        return transcript
    turn = transcript.turns[at]
    gap = _last_gap(turn, heard_ms)
    if gap is not None:
        transcript = split(transcript, turn.id, gap)
        at += 1
    was = transcript.turns[at].speaker
    end = at
    while end < len(transcript.turns) and transcript.turns[end].speaker == was:
        end += 1
    changed = (replace(one, speaker=speaker) for one in transcript.turns[at:end])
    return Transcript((*transcript.turns[:at], *changed, *transcript.turns[end:]))


def confirmed(transcript: Transcript, turn_id: int, at_word: int) -> Transcript:
    """Confirm a doubtful word. Raise KeyError, IndexError."""
    turn = transcript.turn(turn_id)
    return with_word(transcript, turn_id, at_word, replace(turn.words[at_word], probability=None))


def with_word(transcript: Transcript, turn_id: int, at_word: int, word: Word) -> Transcript:
    """Replace one word, as by a mark. Raise KeyError, IndexError."""
    turn = transcript.turn(turn_id)
    if not 0 <= at_word < len(turn.words):
        raise IndexError(at_word)
    return _with_turn(transcript, replace(turn, words=(*turn.words[:at_word], word, *turn.words[at_word + 1 :])))


@dataclass(frozen=True, slots=True)
class Found:
    """An occurrence: the turn's id, and its words from first to last, the last not included."""

    turn_id: int
    first: int
    last: int


def find(transcript: Transcript, phrase: str, *, whole_words: bool = True, match_case: bool = False) -> list[Found]:
    """Return where a phrase stands, in order. Signs around a word do not count; a phrase does not cross turns."""
    wanted = phrase.split()
    if not wanted:
        return []
    same = _comparison(whole_words=whole_words, match_case=match_case)
    found = []
    for turn in transcript.turns:
        at = 0
        while at + len(wanted) <= len(turn.words):
            here = turn.words[at : at + len(wanted)]
            is_match = all(
                word.kind is WordKind.SPOKEN and same(word.text, term) for word, term in zip(here, wanted, strict=True)
            )
            if is_match:
                found.append(Found(turn.id, at, at + len(wanted)))
            at += len(wanted) if is_match else 1
    return found


def replaced(transcript: Transcript, places: Sequence[Found], phrase: str, replacement: str) -> Transcript:
    """Replace occurrences by a phrase; signs around the words stay, and so does a part that the phrase is not."""
    wanted, terms = phrase.split(), replacement.split()
    by_turn: dict[int, list[Found]] = {}
    for one in places:
        by_turn.setdefault(one.turn_id, []).append(one)
    for turn_id, found in by_turn.items():
        turn = transcript.turn(turn_id)
        words: list[str | Word] = list(turn.words)
        for one in reversed(found):
            words[one.first : one.last] = _replacement(turn.words[one.first : one.last], wanted, terms)
        transcript = retyped(transcript, turn_id, words)
    return transcript


def _replacement(words: Sequence[Word], wanted: Sequence[str], terms: Sequence[str]) -> list[str]:
    first, last = words[0].text, words[-1].text
    before = re.search(re.escape(wanted[0]), first, re.IGNORECASE)
    after = list(re.finditer(re.escape(wanted[-1]), last, re.IGNORECASE))
    head = first[: before.start()] if before else ""
    tail = last[after[-1].end() :] if after else ""
    if not terms:
        return [head + tail] if head + tail else []
    changed = list(terms)
    changed[0] = head + changed[0]
    changed[-1] += tail
    return changed


def _comparison(*, whole_words: bool, match_case: bool) -> Callable[[str, str], bool]:
    def bare(text: str) -> str:
        without_signs = re.sub(r"^\W+|\W+$", "", text)
        return without_signs if match_case else without_signs.casefold()

    if whole_words:
        return lambda text, term: bare(text) == bare(term) != ""
    return lambda text, term: bare(term) != "" and bare(term) in bare(text)


def _with_turn(transcript: Transcript, turn: Turn) -> Transcript:
    at = transcript.index(turn.id)
    return Transcript((*transcript.turns[:at], turn, *transcript.turns[at + 1 :]))


def _turn_at(transcript: Transcript, at_ms: int) -> int | None:
    """Return the position of the last turn that has begun at a moment, or of the first."""
    begun = [at for at, turn in enumerate(transcript.turns) if turn.from_ms <= at_ms]
    return begun[-1] if begun else (0 if transcript.turns else None)


def _last_gap(turn: Turn, at_ms: int) -> int | None:
    """Return the word after the last gap that ends before a moment; None to keep the turn whole."""
    gaps = [
        number
        for number, (one, two) in enumerate(pairwise(turn.words), start=1)
        if two.from_ms - one.until_ms >= _SPLIT_GAP_MS and two.from_ms <= at_ms
    ]
    return gaps[-1] if gaps else None


def _aligned(turn: Turn, typed: Sequence[str | Word]) -> tuple[Word, ...]:
    """Return typed words with the times of those that were there before."""
    before = [_sign(word) for word in turn.words]
    after = [_sign(word) for word in typed]
    matched: dict[int, Word] = {}
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            matched[block.b + step] = turn.words[block.a + step]
    words: list[Word] = []
    at = 0
    while at < len(typed):
        if at in matched:
            words.append(matched[at])
            at += 1
            continue
        end = at
        while end < len(typed) and end not in matched:
            end += 1
        low = words[-1].until_ms if words else turn.from_ms
        high = matched[end].from_ms if end < len(typed) else turn.until_ms
        words += _shared_out(typed[at:end], low, max(low, high))
        at = end
    return tuple(words)


def _sign(word: str | Word) -> str:
    if isinstance(word, str):
        return word
    return word.text if word.kind is WordKind.SPOKEN else f"\0{word.kind}\0{word.text}"


def _shared_out(typed: Sequence[str | Word], low: int, high: int) -> list[Word]:
    """Give new words their share of a stretch, by their length."""
    texts = [word if isinstance(word, str) else word.text for word in typed]
    whole = sum(max(1, len(text)) for text in texts)
    words, done = [], 0
    for word, text in zip(typed, texts, strict=True):
        begin = low + (high - low) * done // whole
        done += max(1, len(text))
        end = low + (high - low) * done // whole
        words.append(Word(text, begin, end) if isinstance(word, str) else replace(word, from_ms=begin, until_ms=end))
    return words
