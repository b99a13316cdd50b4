"""What a person made of the engine's words: the words that were typed in their place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from balint_desktop.domain.transcript import folding
from balint_desktop.domain.transcript.first_text import from_machine
from balint_desktop.domain.transcript.machine_text import HeardPiece
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Transcript, WordKind


def machine_words(pieces: Iterable[HeardPiece]) -> Mapping[Span, str]:
    """Return the engine's words, by the times that they have in the first text and whatever replaces one keeps."""
    return {
        (word.from_ms, word.until_ms): word.text
        for turn in from_machine(pieces, ()).turns
        for word in turn.words
        if word.kind is WordKind.SPOKEN
    }


def typed_before(transcript: Transcript, machine: Mapping[Span, str]) -> Mapping[str, tuple[str, ...]]:
    """Return for each of the engine's words, folded, what a person typed in its place, the most frequent first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for turn in transcript.turns:
        for word in turn.words:
            if word.probability is not None or word.kind is not WordKind.SPOKEN:
                continue
            written, typed = machine.get((word.from_ms, word.until_ms), ""), folding.trimmed(word.text)
            if written and typed and folding.trimmed(written) != typed:
                found[folding.bare(written)][typed] += 1
    return {written: tuple(typed for typed, _ in counted.most_common()) for written, counted in found.items()}
