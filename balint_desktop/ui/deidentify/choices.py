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
    suggested = (term.replacement, *term.others) if term is not None else ()
    layer = term.layer if term is not None else Layer.MARKED
    more = (_another_person(), _place()) if layer in _NAMES else ()
    if term is not None and layer is Layer.STORY:
        return ()
    found = dict.fromkeys(one for one in (*suggested, *more) if one)
    if term is None:
        found |= dict.fromkeys((tr("[relative]"), tr("[organisation]")))
    return tuple(found)[:_MOST]


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
        tr("[staff: registrar]"),
        tr("[staff: consultant]"),
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
