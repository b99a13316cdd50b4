"""What a word can be replaced by: what was suggested, and words that say less without saying who."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.deidentify.marks import Term
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import SOURCE, in_language, tr
from balint_desktop.text.replacements import replacement_words

LIMIT = 40
_BRACKETS = str.maketrans("", "", "[]‹›")
_NAMES = frozenset({Layer.ROSTER, Layer.NAME_OR_WORD, Layer.SOUNDS_LIKE, Layer.MARKED, Layer.CAPITAL, Layer.DOUBT})
# They have the keys from 1; *Leave it* has 0.
_MOST = 4


def choices_for(term: Term | None, language: str = SOURCE) -> tuple[str, ...]:
    """Return the replacements to choose from, the likeliest first, in the language of the text.

    None is a word that a person has just marked.
    """
    with in_language(language):
        return _choices_for(term)


def _choices_for(term: Term | None) -> tuple[str, ...]:
    if term is None:
        return (_another_person(), _place(), tr("[name]"), tr("[date]"), tr("[relative]"))
    more = (_another_person(), _place()) if term.layer in _NAMES else ()
    suggested = (replacement_words(one) for one in (term.replacement, *term.others) if one)
    return tuple(dict.fromkeys((*suggested, *more)))[:_MOST]


def may_be_left(term: Term) -> bool:
    """Return whether a word may stay: anything but a name of the roster that is no word."""
    return term.layer is not Layer.ROSTER


def offers(people: Sequence[ParticipantCode], language: str = SOURCE) -> tuple[str, ...]:
    """Return the words that generalise, in the language of the text, for the field of another replacement."""
    with in_language(language):
        return _offers(people)


def _offers(people: Sequence[ParticipantCode]) -> tuple[str, ...]:
    return (
        *(f"[{code}]" for code in people),
        _another_person(),
        tr("[facilitator]"),
        tr("[patient]"),
        tr("[relative]"),
        tr("[staff: nurse]"),
        tr("[staff: doctor]"),
        tr("[staff: registrar]"),
        tr("[hospital]"),
        tr("[ward]"),
        _place(),
        tr("[organisation]"),
        tr("[date]"),
        tr("[age]"),
        tr("[in her twenties]"),
        tr("[number]"),
    )


def bracketed(typed: str) -> str:
    """Return what was typed as a replacement: one line in brackets, empty for nothing."""
    words = one_line(typed.translate(_BRACKETS)).strip()
    return f"[{words}]" if words else ""


def _another_person() -> str:
    return tr("[another person]")


def _place() -> str:
    return tr("[place]")
