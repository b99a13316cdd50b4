"""Wording of de-identifying: why a word was found, what becomes of it, what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from balint_desktop.domain.deidentify.gate import FindingKind, GateFinding
from balint_desktop.domain.deidentify.marks import MarkState, Term, TextMark
from balint_desktop.domain.deidentify.named_things import NAME, is_titled
from balint_desktop.domain.deidentify.replacements import ReplacementProblem
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.capital import with_capital
from balint_desktop.text.lists import listed

_OF_ROSTER = {Layer.ROSTER, Layer.NAME_OR_WORD, Layer.SOUNDS_LIKE}


def times(term: Term) -> str:
    """Return how often a word is in the text."""
    many = len(term.marks)
    return tr("once") if many == 1 else tr_n("{n} time", "{n} times", many).format(n=many)


def row(term: Term) -> str:
    """Return a word's line in the list: to decide in angle brackets, or what becomes of it."""
    if term.layer is Layer.STORY and not _replacements(term):
        return term.text if term.marks[0].state is MarkState.NOTE else tr("{word}, dismissed").format(word=term.text)
    if term.is_open:
        return tr("‹{word}› {times}").format(word=term.text, times=times(term))
    return tr("{word}: {becomes}").format(word=term.text, becomes=becomes(term))


def becomes(term: Term) -> str:
    """Return what becomes of a word at its places that are decided."""
    shown = list(_replacements(term))
    if any(mark.state is MarkState.LEFT for mark in term.marks):
        shown.append(tr("left"))
    return listed(shown)


def _replacements(term: Term) -> dict[str, None]:
    return dict.fromkeys(mark.replacement for mark in term.marks if mark.state is MarkState.REPLACED)


def state(term: Term, mark: TextMark | None) -> str:
    """Return what was decided, for all of a word or at one of its places; empty where nothing was."""
    if mark is not None and mark.state is MarkState.TO_DECIDE:
        return ""
    if mark is None and term.is_open:
        decided = becomes(term)
        return tr("Decided so far: {becomes}").format(becomes=decided) if decided else ""
    if mark is not None:
        what = mark.replacement if mark.state is MarkState.REPLACED else tr("left")
        return tr("Decided: {becomes}").format(becomes=what)
    return tr("Decided: {becomes}").format(becomes=becomes(term))


def why(term: Term) -> str:
    """Return why a word was found."""
    if term.layer is Layer.PATTERN and is_titled(term.text):
        return tr("A title and a name.")
    if term.layer is Layer.PATTERN and any(one.casefold() == NAME for one in (term.replacement, *term.others)):
        return tr("It follows words that say who someone is.")
    if term.layer is Layer.SOUNDS_LIKE and term.replacement:
        return tr("Sounds like {code} on this group’s roster.").format(code=term.replacement.strip("[]"))
    return {
        Layer.ROSTER: tr("A name on this group’s roster. It cannot stay in the text."),
        Layer.NAME_OR_WORD: tr("A name on this group’s roster, and also a word."),
        Layer.SOUNDS_LIKE: tr("Sounds like a name on this group’s roster."),
        Layer.MARKED: tr("Marked by hand."),
        Layer.PATTERN: tr("Written like a date, an address, a number or a place."),
        Layer.NUMBER: tr("An age or another number."),
        Layer.CAPITAL: tr("Not an ordinary word: it may be a name."),
        Layer.DOUBT: tr("The machine was not sure of this word: it may be a name."),
        Layer.STORY: tr("A rare detail: it may say who someone is."),
    }[term.layer]


def replacement_problem(of: ReplacementProblem) -> str:
    """Return why a typed replacement cannot be used."""
    return {
        ReplacementProblem.NAME: tr("This has a name in it. Use words that say less."),
        ReplacementProblem.ITSELF: tr("This repeats the word that it replaces. Use words that say less."),
        ReplacementProblem.REPLACED: tr("This has a word that is taken out of the text. Use words that say less."),
    }[of]


def to_decide(many: int) -> str:
    """Return how many words wait for a decision."""
    return tr_n("{n} to decide", "{n} to decide", many).format(n=many) if many else tr("nothing to decide")


def pages_read(read: int, pages: int) -> str:
    """Return how many pages were read."""
    return tr_n("{read} of {n} page read", "{read} of {n} pages read", pages).format(read=read, n=pages)


def findings(of: Sequence[GateFinding]) -> str:
    """Return how many words, pages and places keep a text from being approved."""
    count = Counter(one.kind for one in of)
    waiting, unread = count[FindingKind.UNDECIDED], count[FindingKind.UNREAD]
    names = count[FindingKind.NAME]
    others = len(of) - waiting - unread - names
    return listed(
        [
            *([to_decide(waiting)] if waiting else []),
            *([tr_n("{n} page to read", "{n} pages to read", unread).format(n=unread)] if unread else []),
            *([tr_n("{n} name in the text", "{n} names in the text", names).format(n=names)] if names else []),
            *([tr_n("{n} more place", "{n} more places", others).format(n=others)] if others else []),
        ]
    )


def finding(of: GateFinding, pages: Sequence[int], term: Term | None = None) -> str:
    """Return what keeps a text of these pages from being approved, with its page and never with a name.

    `term` is the word that waits for a decision there: it is named unless it may be a name of the roster.
    """
    if term is not None and term.layer not in _OF_ROSTER:
        shown = tr("‹{word}› {times}").format(word=term.text, times=times(term))
        if of.page not in pages:
            return shown
        return tr("Page {page}: {what}").format(page=pages.index(of.page) + 1, what=shown)
    words = {
        FindingKind.NAME: tr("a name is still in the text"),
        FindingKind.UNDECIDED: tr("a word waits for a decision"),
        FindingKind.UNREAD: tr("not read, or changed since it was read"),
        FindingKind.OTHER_TEXT: tr("this is not the text that was approved"),
        FindingKind.QUOTATION: tr("a quotation that may not be used"),
        FindingKind.WITHDRAWN: tr("words of someone who withdrew"),
    }[of.kind]
    if of.page not in pages:
        return with_capital(words)
    # As the page is counted where it is shown: five minutes without a word are no page.
    return tr("Page {page}: {what}").format(page=pages.index(of.page) + 1, what=words)
