"""Which word is being decided, at one of its places or at all, what a person marks by hand, and the decision on either.

No widget: the card and the text show what is here.
"""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind, TermPlace
from balint_desktop.domain.deidentify.marks import MarkState, Term, TextMark, place_of, places_in
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.i18n import SOURCE
from balint_desktop.ui.deidentify import choices
from balint_desktop.ui.deidentify.sitting import DeidentifySitting

# A word that a person marks at more places than these is first replaced at one of them.
_MANY = 10


class Deciding:
    """The word that is decided, by its `key`, at its place `mark`; or the stretch of the text in `marking`.

    `key_of` folds a term as suggestions are folded; `wall` is now, seconds since 1970. Places count code points of the
    text that is read, not of what a page shows.
    """

    def __init__(self, sitting: DeidentifySitting, key_of: Callable[[str], str], wall: Callable[[], float]) -> None:
        self._sitting, self._key_of, self._wall = sitting, key_of, wall
        self.begin(SOURCE)

    def begin(self, language: str) -> None:
        """Begin with a text in a language, with no word chosen."""
        self._language = language
        self._scopes: dict[str, bool] = {}
        self._answers: dict[str, tuple[str, ...]] = {}
        self.key = ""
        self.mark: TextMark | None = None
        self.is_single = False
        self.marking: Span | None = None
        self.is_only_here = False

    def forget(self) -> None:
        """Drop every word that was decided."""
        self.begin(SOURCE)

    # --- which word, and where ---

    @property
    def term(self) -> Term | None:
        """The word that is decided, None where none is or the text has it no more."""
        return self._sitting.term(self.key) if self.key else None

    @property
    def span(self) -> Span | None:
        """The stretch of the text that is decided: what is being marked, else the word's place."""
        if self.marking is not None or self.mark is None:
            return self.marking
        return self.mark.suggestion.begin, self.mark.suggestion.end

    def choose(self, mark: TextMark) -> None:
        """Decide the word at a mark."""
        if mark.suggestion.key != self.key:
            self.is_single = self._decides_single(mark)
        self.key, self.mark = mark.suggestion.key, mark

    def choose_nothing(self) -> None:
        """Decide no word."""
        self.key, self.mark = "", None

    def follow(self) -> Term | None:
        """Return the word as the sitting has it now, at the place where it was, else at its first that is open."""
        term = self.term
        if term is None:
            self.choose_nothing()
        else:
            self.mark = _same_place(term, self.mark)
        return term

    def next_open(self, here: int, *, forward: bool) -> TextMark | None:
        """Return the next place to decide after the word's own, else after `here`, or the one before.

        From the other end again where there is none; None where nothing is left.
        """
        places = [mark for mark in self._sitting.marks if mark.state is MarkState.TO_DECIDE]
        if not places:
            return None
        at = self.mark.suggestion.begin if self.mark is not None else here
        if forward:
            return next((one for one in places if one.suggestion.begin > at), places[0])
        return next((one for one in reversed(places) if one.suggestion.begin < at), places[-1])

    def _decides_single(self, mark: TextMark) -> bool:
        """Return whether a word is decided one by one: as it was before, else a name that is also a word."""
        key = mark.suggestion.key
        was_single = any(of == key for of, _ in self._sitting.decisions.single)
        return self._scopes.get(key, was_single or mark.suggestion.layer is Layer.NAME_OR_WORD)

    # --- marking by hand ---

    @property
    def marked_words(self) -> str:
        """The words that a person is marking, empty where none are."""
        return self._sitting.reading.text[slice(*self.marking)] if self.marking is not None else ""

    @property
    def marked_places(self) -> int:
        """At how many places the text has the words that are being marked."""
        return len(places_in(self._sitting.reading, self.marked_words)) if self.marking is not None else 0

    def begin_marking(self, span: Span) -> None:
        """Mark a stretch of the text: at that place alone where its words are ordinary, or at many places."""
        self.marking = span
        word = self.marked_words
        is_ordinary = word.isalpha() and word == word.lower()
        self.is_only_here = is_ordinary or self.marked_places > _MANY

    def end_marking(self) -> None:
        """Mark nothing after all."""
        self.marking = None

    # --- answers and decisions ---

    @property
    def answers(self) -> tuple[str, ...]:
        """What can replace the words, in the language of the text; the same before and after one was given."""
        if self.marking is not None:
            return choices.choices_for(None, self._language)
        term = self.term
        if term is None:
            return ()
        return self._answers.setdefault(self.key, choices.choices_for(term, self._language))

    @property
    def words(self) -> str:
        """The words that an answer would replace, empty where there are none."""
        if self.marking is not None:
            return self.marked_words
        term = self.term
        return term.text if term is not None else ""

    def decide(self, replacement: str, by: str) -> bool:
        """Replace the word, or leave it where the replacement is empty; return whether that changed a word's decision.

        What was being marked has none before, and is False.
        """
        verdict = DecisionKind.REPLACE if replacement else DecisionKind.LEAVE
        if self.marking is not None:
            self._decide_marked(self.marking, verdict, replacement, by)
            return False
        term = self.term
        if term is None:
            return False
        at = self._single_place()
        said = self.mark.suggestion.text if at is not None and self.mark is not None else term.text
        decision = Decision(said, term.key, verdict, replacement, term.layer, by, self._wall(), at)
        return self._sitting.apply(self._sitting.decisions.with_decision(decision))

    def _decide_marked(self, span: Span, verdict: DecisionKind, replacement: str, by: str) -> None:
        words, answers = self.marked_words, self.answers
        self.marking = None
        self.key, self.mark = self._key_of(words), None
        self._answers.setdefault(self.key, answers)
        self.is_single = self._scopes[self.key] = self.is_only_here
        at = place_of(self._sitting.reading, span[0], words) if self.is_only_here else None
        decision = Decision(words, self.key, verdict, replacement, Layer.MARKED, by, self._wall(), at)
        self._sitting.mark(*span, decision)

    def decide_later(self) -> None:
        """Take the decision back: the word waits again."""
        if self.key:
            self._sitting.apply(self._sitting.decisions.without_decision(self.key, self._single_place()))

    def set_single(self, *, is_single: bool) -> None:
        """Decide the word at one of its places, or at all of them."""
        self.is_single = is_single
        if self.key:
            self._scopes[self.key] = is_single

    def _single_place(self) -> TermPlace | None:
        return self.mark.place if self.is_single and self.mark is not None else None


def _same_place(term: Term, mark: TextMark | None) -> TextMark:
    """Return the mark of a word at the place where one was, else its first that is open."""
    if mark is not None:
        for one in term.marks:
            if one.suggestion.begin == mark.suggestion.begin:
                return one
    return next((one for one in term.marks if one.state is MarkState.TO_DECIDE), term.marks[0])
