"""Find words in the texts of a study, whatever their case and accents: what is typed without a macron is found, too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from balint_desktop.domain.analysis.retrieval import FoundPassage
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.folding import plain, plain_with_places


@dataclass(frozen=True, slots=True)
class SearchableText:
    """A text as it is searched: folded, with where each letter of that stands, and the labels of its turns."""

    folded: str
    places: tuple[int, ...]
    labels: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: ApprovedText) -> SearchableText:
        """Fold a text. Takes some 10 ms for an hour of talk."""
        # One sign for one, so that no place moves: what is typed has a space where the text has the end of a line.
        folded, places = plain_with_places(text.text.replace("\n", " "))
        return cls(folded, tuple(places), tuple((turn.begin, turn.words_begin) for turn in text.turns))

    def found(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Yield where folded words are, in code points and in order. Who speaks is no word that was said."""
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            begin = self.places[at]
            if not self._is_label(begin):
                # To the end of the last sign: an accent after it belongs to it.
                yield begin, max(begin + 1, self.places[end])
            at = self.folded.find(wanted, end)

    def _is_label(self, place: int) -> bool:
        turn = bisect_right(self.labels, (place, len(self.folded) + 1)) - 1
        return turn >= 0 and self.labels[turn][0] <= place < self.labels[turn][1]


def search_words(
    typed: str,
    texts: Mapping[str, SearchableText],
    within: Iterable[FoundPassage] | None = None,
    most: int | None = None,
) -> tuple[FoundPassage, ...]:
    """Return where the words that were typed are, text by text; only inside some passages where those are given.

    Only the first `most` are looked for: nobody reads all places of a single letter.
    """
    wanted = " ".join(plain(typed).split())
    inside: dict[str, list[FoundPassage]] = {}
    for one in within or ():
        inside.setdefault(one.text, []).append(one)
    hits = (FoundPassage(text, *span, ()) for text, searched in texts.items() for span in searched.found(wanted))
    if within is not None:
        hits = (
            hit
            for hit in hits
            if any(one.begin <= hit.begin and hit.end <= one.end for one in inside.get(hit.text, ()))
        )
    return tuple(islice(hits, most))
