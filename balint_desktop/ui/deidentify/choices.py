"""What a word can be replaced by: what was suggested, and words that say less without saying who."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.deidentify.marks import Term
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr

LIMIT = 40
_BRACKETS = str.maketrans("", "", "[]‹›")
_NAMES = frozenset({Layer.ROSTER, Layer.NAME_OR_WORD, Layer.SOUNDS_LIKE, Layer.MARKED, Layer.CAPITAL, Layer.DOUBT})
# With *Leave it* they have the keys 1 to 5.
_MOST = 4


def choices_for(term: Term | None) -> tuple[str, ...]:
    """Return the replacements to choose from, the likeliest first. None is a word that a person has just marked."""
    if term is None:
        return (_another_person(), _place(), tr("[relative]"), tr("[organisation]"))
    more = (_another_person(), _place()) if term.layer in _NAMES else ()
    suggested = (in_window_language(one) for one in (term.replacement, *term.others) if one)
    return tuple(dict.fromkeys((*suggested, *more)))[:_MOST]


def in_window_language(replacement: str) -> str:
    """Return a suggested replacement in the language of the window, as it is where that has no word for it."""
    words = {
        "[place]": _place(),
        "[another person]": _another_person(),
        "[organisation]": tr("[organisation]"),
        "[hospital]": tr("[hospital]"),
        "[ward]": tr("[ward]"),
        "[date]": tr("[date]"),
        "[year]": tr("[year]"),
        "[month]": tr("[month]"),
        "[time]": tr("[time]"),
        "[age]": tr("[age]"),
        "[number]": tr("[number]"),
        "[address]": tr("[address]"),
        "[room]": tr("[room]"),
        "[school]": tr("[school]"),
        "[university]": tr("[university]"),
        "[patient]": tr("[patient]"),
        "[relative]": tr("[relative]"),
        "[staff: nurse]": tr("[staff: nurse]"),
        "[staff: doctor]": tr("[staff: doctor]"),
    }
    return words.get(replacement, replacement)


def may_be_left(term: Term) -> bool:
    """Return whether a word may stay: anything but a name of the roster that is no word."""
    return term.layer is not Layer.ROSTER


def offers(people: Sequence[ParticipantCode]) -> tuple[str, ...]:
    """Return the words that generalise, for the field in which another replacement is typed."""
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
