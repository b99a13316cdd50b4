"""Transcripts for tests: spoken words a fifth of a second long, and any transcript that can be."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from balint_desktop.domain.transcript.transcript import (
    LEADER,
    SEVERAL,
    UNKNOWN,
    Speaker,
    Transcript,
    Turn,
    Word,
    WordKind,
)

P2, P4 = Speaker("P2"), Speaker("P4")
WORD_MS = 200


def spoken(text, from_ms=0, *, probability=0.9, gap_ms=0):
    """Return the words of a text, one after another."""
    step = WORD_MS + gap_ms
    return tuple(
        Word(one, from_ms + at * step, from_ms + at * step + WORD_MS, probability)
        for at, one in enumerate(text.split())
    )


def turn(turn_id, text, from_ms=0, speaker=P4, **kwargs):
    words = spoken(text, from_ms, **kwargs)
    return Turn(turn_id, speaker, from_ms, words[-1].until_ms if words else from_ms, words)


def transcript(*turns):
    return Transcript(tuple(turns))


def texts(one):
    """Return the words of a turn as text."""
    return [word.text for word in one.words]


def times(one):
    return [(word.from_ms, word.until_ms) for word in one.words]


def text(one):
    """Return a whole transcript as text, a line each turn."""
    return [" ".join(texts(each)) for each in one.turns]


def require_ordered(one):
    """Require what holds of every transcript: turns in order, ids unique, words in order and within their turn."""
    assert len({each.id for each in one.turns}) == len(one.turns)
    assert all(first.from_ms <= second.from_ms for first, second in pairwise(one.turns))
    for each in one.turns:
        assert each.from_ms <= each.until_ms
        assert all(word.from_ms <= word.until_ms for word in each.words)
        assert all(first.until_ms <= second.from_ms for first, second in pairwise(each.words))
        assert all(each.from_ms <= word.from_ms and word.until_ms <= each.until_ms for word in each.words)


SPEAKERS = st.sampled_from([P2, P4, LEADER, SEVERAL, UNKNOWN])
WORD_TEXTS = st.sampled_from("I imagine she was tired of being asked. Whānau, “yes”, the registrar? the the".split())
_PROBABILITIES = st.none() | st.integers(0, 1000).map(lambda n: n / 1000)


@st.composite
def any_words(draw, from_ms, most=8):
    words, at = [], from_ms
    for _ in range(draw(st.integers(0, most))):
        at += draw(st.sampled_from([0, 0, 40, 250, 900]))
        end = at + draw(st.sampled_from([0, 120, 200, 480]))
        kind = draw(st.sampled_from([WordKind.SPOKEN] * 6 + list(WordKind)))
        if kind is WordKind.SPOKEN:
            words.append(Word(draw(WORD_TEXTS), at, end, draw(_PROBABILITIES)))
        else:
            words.append(Word("te reo Māori" if kind is WordKind.OTHER_LANGUAGE else "", at, end, kind=kind))
        at = end
    return tuple(words)


@st.composite
def any_transcripts(draw, most=5):
    turns, at = [], 0
    ids = draw(st.permutations(range(1, most + 1)))
    for turn_id in ids[: draw(st.integers(0, most))]:
        begin = at + draw(st.sampled_from([0, 300, 5_000]))
        words = draw(any_words(begin))
        at = (words[-1].until_ms if words else begin) + draw(st.sampled_from([0, 100]))
        turns.append(Turn(turn_id, draw(SPEAKERS), begin, at, words))
    return Transcript(tuple(turns))
