"""Names of a group's roster as they are searched for in a text, in any spelling."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from balint_desktop.domain.deidentify.name_text import NameWord, WordGap, has_no_case, name_words
from balint_desktop.domain.deidentify.name_words import (
    AFTER_A_NAME,
    ALSO_WORDS,
    GIVEN_NAMES,
    HARDLY_NAMES,
    MAKE_A_WORD,
    NO_NAME_AFTER,
    PARTICLES,
    TOO_COMMON,
)
from balint_desktop.domain.folding import plain, plain_with_places
from balint_desktop.domain.values import ParticipantCode

_SHORT = 2
_LEAST_PLURAL = 4
_LEAST_SPELT = 3
_MOST_FORMS = 8
_BESIDE_INITIALS = frozenset({WordGap.SPACE, WordGap.DOT})
_LETTERS_THAT_ARE_WORDS = frozenset("ai")
# Before a word of Hebrew or Arabic these are "and", "the", "to", "of".
_PREFIXES = frozenset("והבכלמשوفبلك")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person's name, what they are called, and how an engine hears it.

    `heard_words` are ways to hear it that are everyday words, such as "gone": each is asked about in a transcript, and
    is no name anywhere else.
    """

    code: ParticipantCode
    name: str
    short_names: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()
    heard_words: tuple[str, ...] = ()


def everyday_apart(name: KnownName, everyday: Container[str]) -> KnownName:
    """Return a name of which the ways to hear it that are everyday words are apart from the others."""
    # Two words beside each other are rarely said for another reason: "shove on".
    words = tuple(one for one in name.heard_as if [part.folded in everyday for part in name_words(one)] == [True])
    heard_as = tuple(one for one in name.heard_as if one not in words)
    return replace(name, heard_as=heard_as, heard_words=(*name.heard_words, *words))


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in a text, `begin` to `end` in code points, without its possessive.

    `is_word` is whether it is also a word: then it is a name only as far as its place tells.
    """

    begin: int
    end: int
    code: ParticipantCode
    is_word: bool


@dataclass(frozen=True, slots=True)
class _NameTerm:
    """Letters that name a person. `seams` are the places in them where two words may be parted."""

    code: ParticipantCode
    seams: frozenset[int]
    parts: tuple[str, ...]
    is_heard: bool = False
    is_everyday: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.parts) > 1

    @property
    def are_words(self) -> bool:
        """Return whether each of its parts is also a word, or too short to be a name by itself."""
        return all(len(one) <= _SHORT or one in ALSO_WORDS | HARDLY_NAMES | PARTICLES for one in self.parts)


def find_names(text: str, names: Sequence[KnownName]) -> tuple[NameFound, ...]:
    """Return where names stand in a text, in any spelling of them. Those that are words, where they stand as names."""
    return tuple(_found_in(text, name_words(text), _NameTerms(names)))


def find_names_heard(text: str, words: tuple[NameWord, ...], names: Sequence[KnownName]) -> tuple[NameFound, ...]:
    """Return where names stand in what was heard and cut into its words: everyday words for them, too."""
    terms = _NameTerms(names)
    terms.add_heard_words(names)
    return tuple(_found_in(text, words, terms))


def _found_in(text: str, words: tuple[NameWord, ...], terms: _NameTerms) -> Iterable[NameFound]:
    finder = _NameFinder(text, words, terms)
    return _merged(list(finder.found()), finder)


class _NameTerms:
    """All that names somebody, by its letters."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        self.by_letters: dict[str, _NameTerm] = {}
        self.beginnings: set[str] = set()
        self.parts: set[str] = set()
        self.initials: dict[ParticipantCode, set[str]] = {}
        self.unspaced: dict[str, _NameTerm] = {}
        every = list(names)
        for one in every:
            self._add_name(one.code, one.name)
        for one in every:
            for short in one.short_names:
                self._add(one.code, _parts(short), is_heard=False)
            for heard in one.heard_as:
                self._add(one.code, _parts(heard), is_heard=True)
        self.longest_spelt = max((len(letters) for letters in self.by_letters), default=0)

    def add_heard_words(self, names: Iterable[KnownName]) -> None:
        """Search for the everyday words by which names were heard, unless one names somebody anyway."""
        for one in names:
            for heard in one.heard_words:
                self._add(one.code, _parts(heard), is_heard=True, is_everyday=True)

    def may_begin(self, form: str) -> bool:
        """Return whether a name, or its plural, may begin with a word."""
        return form in self.beginnings or (form[-1:] == "s" and form[:-1] in self.by_letters)

    def _add_name(self, code: ParticipantCode, name: str) -> None:
        parts = _parts(name)
        self.initials.setdefault(code, set()).update(form[0] for part in parts for form in part.forms if form)
        for first in range(len(parts)):
            for last in range(first + 1, len(parts) + 1):
                # A name may begin with what is a particle in another one: Van, Al, Ben.
                own = [part for part in parts[first:last] if part is parts[0] or part.folded not in PARTICLES]
                if any(len(part.folded) > 1 for part in own):
                    self._add(code, parts[first:last], is_heard=False)

    def _add(
        self, code: ParticipantCode, parts: Sequence[_NamePart], *, is_heard: bool, is_everyday: bool = False
    ) -> None:
        if not parts:
            return
        self.parts.update(form for part in parts for form in part.forms)
        folded = tuple(part.folded for part in parts)
        for letters, seams in _spellings(parts):
            if len(letters) > 1 or is_heard:
                known = self.by_letters.get(letters)
                if known is None:
                    self.by_letters[letters] = _NameTerm(code, seams, folded, is_heard, is_everyday)
                    self.beginnings.update(letters[:at] for at in range(1, len(letters) + 1))
                elif known.code == code and not is_everyday:
                    self.by_letters[letters] = _NameTerm(
                        code, known.seams | seams, known.parts, known.is_heard or is_heard
                    )
                if len(letters) > 1 and all(map(_is_unspaced, letters)):
                    self.unspaced[letters] = self.by_letters[letters]


@dataclass(frozen=True, slots=True)
class _NamePart:
    """A part of a name between spaces and hyphens: its forms, each with the places of the apostrophes in it."""

    forms: tuple[str, ...]
    seams: tuple[frozenset[int], ...]

    @property
    def folded(self) -> str:
        return self.forms[0]


def _parts(name: str) -> list[_NamePart]:
    words = name_words(name)
    parts: list[list[NameWord]] = []
    for word in words:
        if word.gap is WordGap.APOSTROPHE and parts:
            parts[-1].append(word)
        else:
            parts.append([word])
    made = []
    for pieces in parts:
        joined = list(_joined([word.forms for word in pieces]))
        inner = _capitals_inside(pieces[0].written) if len(pieces) == 1 else frozenset()
        made.append(_NamePart(tuple(one for one, _ in joined), tuple(seams | inner for _, seams in joined)))
    return made


def _capitals_inside(written: str) -> frozenset[int]:
    """Return where a name may be parted although it is written as one: McDonald, DeSouza."""
    pairs = enumerate(pairwise(written), start=1)
    inside = [at for at, (before, sign) in pairs if before.islower() and sign.isupper()]
    return frozenset(len(plain(written[:at])) for at in inside)


def _joined(forms: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield each way to write pieces as one, with the places where they meet."""
    ways: list[tuple[str, frozenset[int]]] = [("", frozenset())]
    for choice in forms:
        ways = [(f"{way}{form}", seams | ({len(way)} if way else set())) for way, seams in ways for form in choice]
        ways = ways[:_MOST_FORMS]
    yield from ways


def _spellings(parts: Sequence[_NamePart]) -> Iterator[tuple[str, frozenset[int]]]:
    ways: list[tuple[str, frozenset[int]]] = [("", frozenset())]
    for part in parts:
        ways = [
            (f"{way}{form}", seams | ({len(way)} if way else set()) | {len(way) + one for one in inner})
            for way, seams in ways
            for form, inner in zip(part.forms, part.seams, strict=True)
        ][:_MOST_FORMS]
    yield from ways


def _is_unspaced(sign: str) -> bool:
    """Return whether a sign is of a script that puts no spaces between words, or endings onto names."""
    return (
        "\u3040" <= sign <= "\u30ff"
        or "\u3400" <= sign <= "\u9fff"
        or "\uac00" <= sign <= "\ud7af"
        or "\u1100" <= sign <= "\u11ff"
        or "\u0e00" <= sign <= "\u0eff"
        or "\u1000" <= sign <= "\u109f"
        or "\u1780" <= sign <= "\u17ff"
    )


@dataclass(frozen=True, slots=True)
class _NameHit:
    """A name found: from word `first` to before word `last`, or inside of one word."""

    begin: int
    end: int
    first: int
    last: int
    code: ParticipantCode
    is_word: bool


class _NameFinder:
    """Finds the terms in the words of a text."""

    def __init__(self, text: str, words: tuple[NameWord, ...], terms: _NameTerms) -> None:
        self.text = text
        self.words = words
        self.terms = terms
        self._no_case = has_no_case(words)

    def found(self) -> Iterator[_NameHit]:
        """Yield the names, none within another one, in order."""
        spelt = {hit.first: hit for hit in self._spelt()}
        at = 0
        while at < len(self.words):
            hits = [spelt[at]] if at in spelt else list(self._at(at))
            yield from hits
            at = hits[-1].last if hits else at + 1

    # --- words ---

    def _at(self, first: int) -> Iterator[_NameHit]:
        # Most words begin no name: this spares them the rest.
        longest = self._longest(first) if any(map(self.terms.may_begin, self.words[first].forms)) else None
        if longest is not None:
            yield longest
            return
        yield from self._within(first)

    def _longest(self, first: int) -> _NameHit | None:
        """Return the longest name that begins with a word."""
        found = None
        ways: list[tuple[str, frozenset[int], frozenset[int]]] = [("", frozenset(), frozenset())]
        for last in range(first, len(self.words)):
            word = self.words[last]
            if last > first and word.gap is WordGap.BREAK:
                break
            joins_tightly = word.gap in {WordGap.HYPHEN, WordGap.APOSTROPHE}
            grown = []
            for way, tight, loose in ways:
                for form in word.forms:
                    seam = frozenset({len(way)} if way else ())
                    grown.append(
                        (way + form, tight | seam if joins_tightly else tight, loose if joins_tightly else loose | seam)
                    )
            for way, _, loose in grown:
                hit = self._hit(first, last + 1, way, loose)
                found = hit or found
            ways = [one for one in grown if one[0] in self.terms.beginnings][:_MOST_FORMS]
            if not ways:
                break
        return found

    def _hit(self, first: int, last: int, letters: str, loose: frozenset[int]) -> _NameHit | None:
        term, end = self.terms.by_letters.get(letters), self.words[last - 1].end
        if term is None:
            term, end = self._plural(letters, self.words[last - 1]), end - 1
        if term is None or not loose <= term.seams:
            return None
        is_word = self._may_be_word(first, last, term)
        if is_word and not self._stands_as_name(first, last, term):
            return None
        return _NameHit(self.words[first].begin, end, first, last, term.code, is_word)

    def _plural(self, letters: str, last: NameWord) -> _NameTerm | None:
        """Return the name before an s: the possessive of German, and of speech written without its apostrophe."""
        if not letters.endswith("s") or letters.endswith("ss") or len(letters) <= _LEAST_PLURAL:
            return None
        term = self.terms.by_letters.get(letters[:-1])
        return term if term is not None and not term.are_words and len(last.folded) > 1 else None

    def _may_be_word(self, first: int, last: int, term: _NameTerm) -> bool:
        """Return whether what stands there may be another word: all parts are words, and not written as a name."""
        if term.is_everyday:
            return True
        if not term.are_words or (term.is_heard and last - first > 1):
            return False
        is_written_as_name = all(word.is_capital for word in self.words[first:last]) and not self._no_case
        return not (len(term.parts) > 1 and is_written_as_name)

    def _stands_as_name(self, first: int, last: int, term: _NameTerm) -> bool:
        """Return whether a word that may be a name is one by its place."""
        word = self.words[first]
        before = self.words[first - 1] if first and not word.is_first else None
        after = self.words[last] if last < len(self.words) and not self.words[last].is_first else None
        if term.is_everyday or (term.is_heard and len(term.parts[0]) > _SHORT):
            return True
        if self._no_case:
            return self._stands_in_speech(word, before, after)
        if not all(one.is_capital for one in self.words[first:last]):
            return False
        if any(one is not None and one.is_capital and one.folded in self.terms.parts for one in (before, after)):
            return True
        if len(word.folded) <= _SHORT or word.folded in HARDLY_NAMES:
            is_shouted = len(word.folded) > 1 and word.written.isupper()
            return not is_shouted and not (word.is_first and word.folded in HARDLY_NAMES)
        return not (word.is_first and after is not None and after.folded in MAKE_A_WORD)

    def _stands_in_speech(self, word: NameWord, before: NameWord | None, after: NameWord | None) -> bool:
        """Return whether a word may be a name in a text without capitals: a given name, unless an article says not."""
        if after is not None and after.folded in AFTER_A_NAME:
            return True
        if len(word.folded) == _SHORT:
            return word.folded not in HARDLY_NAMES
        if word.folded not in GIVEN_NAMES or word.folded in TOO_COMMON:
            return False
        return before is None or before.folded not in NO_NAME_AFTER

    # --- inside a word ---

    def _within(self, at: int) -> Iterator[_NameHit]:
        """Yield names inside a word: where a script puts no space beside a name, and behind a prefix of one letter."""
        word = self.words[at]
        if word.written.isascii():
            return
        folded, places = plain_with_places(word.written)
        if self.terms.unspaced and any(map(_is_unspaced, folded)):
            begin = 0
            while begin < len(folded):
                letters = next((one for one in self._unspaced_longest_first if folded.startswith(one, begin)), "")
                if letters:
                    end = begin + len(letters)
                    until = max(places[end], places[end - 1] + 1) if end < len(folded) else len(word.written)
                    code = self.terms.unspaced[letters].code
                    yield _NameHit(word.begin + places[begin], word.begin + until, at, at + 1, code, is_word=False)
                begin += len(letters) or 1
        elif folded[:1] in _PREFIXES:
            term = self.terms.by_letters.get(folded[1:])
            if term is not None and len(folded) > _LEAST_SPELT:
                yield _NameHit(word.begin + places[1], word.end, at, at + 1, term.code, is_word=False)

    @property
    def _unspaced_longest_first(self) -> list[str]:
        return sorted(self.terms.unspaced, key=len, reverse=True)

    # --- letter by letter ---

    def _spelt(self) -> Iterator[_NameHit]:
        """Yield names that are spelt out, as single letters: "A r o h a", "A-R-O-H-A"."""
        for run in self._single_letters():
            begin = 0
            while begin < len(run):
                end = min(len(run), begin + self.terms.longest_spelt)
                term = None
                while end >= begin + _LEAST_SPELT and term is None:
                    term = self.terms.by_letters.get("".join(self.words[at].folded for at in run[begin:end]))
                    end -= term is None
                if term is not None:
                    first, last = self.words[run[begin]], self.words[run[end - 1]]
                    yield _NameHit(first.begin, last.end, run[begin], run[end - 1] + 1, term.code, is_word=False)
                begin = begin + 1 if term is None else end

    def _single_letters(self) -> Iterator[list[int]]:
        run: list[int] = []
        for at, word in enumerate(self.words):
            if run and not (word.is_single and word.is_apart):
                yield run
                run = []
            if word.is_single:
                run.append(at)
        if run:
            yield run


def _merged(hits: list[_NameHit], finder: _NameFinder) -> Iterator[NameFound]:
    """Yield names, with those side by side that are one person's as one, and the initials beside them."""
    groups: list[list[_NameHit]] = []
    for hit in hits:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and before.code == hit.code
            and before.last == hit.first
            and finder.words[hit.first].gap is not WordGap.BREAK
        ):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    for group in groups:
        begin, end = _with_initials(group, finder)
        yield NameFound(begin, end, group[0].code, all(hit.is_word for hit in group))


def _with_initials(group: list[_NameHit], finder: _NameFinder) -> tuple[int, int]:
    """Return where a name begins and ends with the initials of other parts of it: "A. Mori", "Ada M."."""
    words, initials = finder.words, finder.terms.initials.get(group[0].code, set())
    begin, end = group[0].begin, group[-1].end
    first, last = group[0].first, group[-1].last
    while first and words[first].gap in _BESIDE_INITIALS and _is_initial(words[first - 1], words[first].gap, initials):
        first -= 1
        begin = words[first].begin
    while (
        last < len(words) and words[last].gap in _BESIDE_INITIALS and _is_initial(words[last], WordGap.SPACE, initials)
    ):
        end = words[last].end
        if finder.text[end : end + 1] == ".":
            end += 1
        last += 1
    return begin, end


def _is_initial(word: NameWord, gap: WordGap, initials: set[str]) -> bool:
    """Return whether a word is an initial: "A" and "I" alone are words unless a stop follows them."""
    is_word = word.folded in _LETTERS_THAT_ARE_WORDS and gap is not WordGap.DOT
    return len(word.folded) == 1 and word.is_capital and word.folded in initials and not is_word
