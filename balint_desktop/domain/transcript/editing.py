"""A person's work on a transcript. Every function returns a new one; the one before is what Undo goes back to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from balint_desktop.domain.transcript import folding
from balint_desktop.domain.transcript.alignment import aligned
from balint_desktop.domain.transcript.transcript import (
    UNKNOWN,
    Speaker,
    Transcript,
    Turn,
    Word,
    WordKind,
    ends_sentence,
    terms,
)

# A key is pressed a little after the voice has changed; the split goes to the last gap of 200 ms before that.
_REACTION_MS = 300
_SPLIT_GAP_MS = 200


def retyped(transcript: Transcript, turn_id: int, words: Sequence[str | Word]) -> Transcript:
    """Replace the words of a turn by what a person typed. Raise KeyError.

    A word that was there before keeps its time and probability; a new one gets the time of the one it replaces, or its
    share of the time between its neighbours. A `Word` among them stands for itself, as a stretch without words does.
    """
    turn = transcript.turn(turn_id)
    return with_turns(transcript, [replace(turn, words=aligned(turn, words))])


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
    """Join a turn to the one before, whose id and speaker stay. Raise KeyError; ValueError for the first turn.

    Where the one before has no speaker, the turn's own stays.
    """
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
    return with_turns(transcript, [replace(transcript.turn(turn_id), speaker=speaker)])


def spoken_from(transcript: Transcript, at_ms: int, speaker: Speaker) -> Transcript:
    """Set who speaks from a moment on, as whoever listens presses a key: to the end of the run of one speaker.

    The turn that is heard is split at the last gap of 200 ms or more before the moment, less a person's reaction.
    Where that speaker is heard already, nothing changes.
    """
    at = _heard_at(transcript, at_ms)
    if at is None or transcript.turns[at].speaker == speaker:
        return transcript
    turn = transcript.turns[at]
    gap = _last_gap(turn, at_ms - _REACTION_MS)
    if gap is not None:
        transcript = split(transcript, turn.id, gap)
        at += 1
    end = at
    while end < len(transcript.turns) and transcript.turns[end].speaker == turn.speaker:
        end += 1
    return with_turns(transcript, (replace(one, speaker=speaker) for one in transcript.turns[at:end]))


def confirmed(transcript: Transcript, turn_id: int, at_word: int) -> Transcript:
    """Confirm a doubtful word. Raise KeyError, IndexError."""
    turn = transcript.turn(turn_id)
    return with_word(transcript, turn_id, at_word, replace(turn.words[at_word], probability=None))


def with_word(transcript: Transcript, turn_id: int, at_word: int, word: Word) -> Transcript:
    """Replace one word, as by a mark. Raise KeyError, IndexError."""
    turn = transcript.turn(turn_id)
    if not 0 <= at_word < len(turn.words):
        raise IndexError(at_word)
    words = (*turn.words[:at_word], word, *turn.words[at_word + 1 :])
    return with_turns(transcript, [replace(turn, words=words)])


def withdrawn(transcript: Transcript, speaker: Speaker) -> Transcript:
    """Take out the words of a person who has withdrawn them.

    What is left is a stretch without words and without a speaker, as where nothing can be heard, so that it does not
    show who withdrew (practice, corrections, section 5). Undo must not go back behind it.
    """
    return with_turns(transcript, (_withdrawn(turn) for turn in transcript.turns if turn.speaker == speaker))


def removed(transcript: Transcript, from_ms: int, until_ms: int) -> Transcript:
    """Take out every word that touches a stretch which was removed from the recording, and what has no words left.

    A stretch without words stays if any of it is outside.
    """
    turns: list[Turn] = []
    for turn in transcript.turns:
        if turn.until_ms <= from_ms or turn.from_ms >= until_ms:
            turns.append(turn)
            continue
        words = tuple(word for word in turn.words if not _is_removed(word, from_ms, until_ms))
        if words or not (from_ms <= turn.from_ms and turn.until_ms <= until_ms):
            turns.append(replace(turn, words=words))
    return Transcript(tuple(turns))


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """An occurrence: the turn's id, and its words from first to last, the last not included."""

    turn_id: int
    first: int
    last: int


def find(
    transcript: Transcript, phrase: str, *, whole_words: bool = True, match_case: bool = False
) -> list[FoundPhrase]:
    """Return the occurrences of a phrase, in order. Signs around a word do not count; a phrase does not cross turns.

    Accents count only with the case: whanau finds whānau. Without `whole_words` a phrase may begin and end in a word.
    """
    wanted = terms(phrase)
    if not wanted:
        return []
    matches = _matchers(wanted, whole_words=whole_words, match_case=match_case)
    found = []
    for turn in transcript.turns:
        at = 0
        while at + len(wanted) <= len(turn.words):
            here = turn.words[at : at + len(wanted)]
            if all(
                word.kind is WordKind.SPOKEN and is_match(word.text)
                for word, is_match in zip(here, matches, strict=True)
            ):
                found.append(FoundPhrase(turn.id, at, at + len(wanted)))
                at += len(wanted)
            else:
                at += 1
    return found


def replaced(transcript: Transcript, places: Sequence[FoundPhrase], phrase: str, replacement: str) -> Transcript:
    """Replace occurrences by a phrase; signs around the words stay, and so does a part that the phrase is not.

    Raise KeyError. A replacement by nothing takes a comma with it, and leaves the end of a sentence to the word before.
    """
    wanted = terms(phrase)
    by_turn: dict[int, list[FoundPhrase]] = {}
    for one in places:
        by_turn.setdefault(one.turn_id, []).append(one)
    turns = []
    for turn_id, found in by_turn.items():
        turn = transcript.turn(turn_id)
        words: list[str | Word] = list(turn.words)
        for one in sorted(found, key=lambda place: place.first, reverse=True):
            _replace(words, one.first, one.last, wanted, replacement)
        turns.append(replace(turn, words=aligned(turn, words)))
    return with_turns(transcript, turns)


def with_turns(transcript: Transcript, turns: Iterable[Turn]) -> Transcript:
    """Replace turns by others of the same id and beginning."""
    changed = {turn.id: turn for turn in turns}
    return Transcript(tuple(changed.get(turn.id, turn) for turn in transcript.turns)) if changed else transcript


def _withdrawn(turn: Turn) -> Turn:
    return replace(turn, speaker=UNKNOWN, words=(Word("", turn.from_ms, turn.until_ms, kind=WordKind.WITHDRAWN),))


def _is_removed(word: Word, from_ms: int, until_ms: int) -> bool:
    if word.kind is WordKind.SPOKEN:
        return word.from_ms < until_ms and max(word.until_ms, word.from_ms + 1) > from_ms
    return from_ms <= word.from_ms and word.until_ms <= until_ms


def _heard_at(transcript: Transcript, at_ms: int) -> int | None:
    """Return the position of the turn that a key is meant for; None where there are no turns.

    It is the last one that had begun a reaction earlier, or the first; where that one had ended by then, and the next
    has begun since, it is the next.
    """
    turns = transcript.turns
    if not turns:
        return None
    heard_ms = at_ms - _REACTION_MS
    begun = [at for at, turn in enumerate(turns) if turn.from_ms <= heard_ms]
    at = begun[-1] if begun else 0
    if begun and turns[at].until_ms <= heard_ms and at + 1 < len(turns) and turns[at + 1].from_ms <= at_ms:
        return at + 1
    return at


def _last_gap(turn: Turn, at_ms: int) -> int | None:
    """Return the word after the last gap that ends before a moment; None to keep the turn whole."""
    gaps = [
        number
        for number, (one, two) in enumerate(pairwise(turn.words), start=1)
        if two.from_ms - one.until_ms >= _SPLIT_GAP_MS and two.from_ms <= at_ms
    ]
    return gaps[-1] if gaps else None


def _replace(words: list[str | Word], first: int, last: int, wanted: Sequence[str], replacement: str) -> None:
    texts = [one if isinstance(one, str) else one.text for one in words[first:last]]
    if len(wanted) == 1:
        text = folding.replaced(texts[0], wanted[0], replacement)
    else:
        text = folding.before(texts[0], wanted[0]) + replacement + folding.after(texts[-1], wanted[-1])
    if replacement.strip() or any(sign.isalnum() for sign in text):
        words[first:last] = text.split()
        return
    words[first:last] = []
    before = words[first - 1] if first else None
    if isinstance(before, Word) and before.kind is WordKind.SPOKEN and ends_sentence(text):
        ended = before.text if ends_sentence(before.text) else before.text.rstrip(",;:") + text.strip()
        words[first - 1] = replace(before, text=ended)


def _matchers(wanted: Sequence[str], *, whole_words: bool, match_case: bool) -> list[Callable[[str], bool]]:
    """Return for each word of a phrase whether a word of the text is it. Each word of a text is folded once."""
    seen: dict[str, str] = {}
    fold = folding.bare if whole_words or len(wanted) > 1 else folding.folded

    def key(text: str) -> str:
        if text not in seen:
            seen[text] = fold(text, match_case=match_case)
        return seen[text]

    def same_as(term: str) -> Callable[[str], bool]:
        return lambda text: key(text) == term

    keys = [fold(term, match_case=match_case) for term in wanted]
    if whole_words:
        return [same_as(term) for term in keys]
    if len(keys) == 1:
        return [lambda text: keys[0] in key(text)]
    return [
        lambda text: key(text).endswith(keys[0]),
        *(same_as(term) for term in keys[1:-1]),
        lambda text: key(text).startswith(keys[-1]),
    ]
