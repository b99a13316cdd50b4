"""Wording of what a coder's copy says: lines that were typed, and turns that the copy has otherwise."""

from __future__ import annotations

from balint_desktop.domain.analysis.line_numbers import LinesError, LinesFault
from balint_desktop.domain.analysis.word_coding import LineChange
from balint_desktop.i18n import tr


def lines_fault(error: LinesError, last: int) -> str:
    """Return why what was typed means no lines of a text that ends with line `last`."""
    if not error.typed:
        return tr("Type line numbers: 12, or 12–15, or 12 to 15, 18.")
    words = {
        LinesFault.NOT_LINES: tr("“{typed}” is not a line number. Type 12, or 12–15, or 12 to 15, 18."),
        LinesFault.REVERSED: tr("“{typed}” runs backwards. Type the smaller number first."),
        LinesFault.BEYOND: tr("“{typed}” is not in this text. Its last line is {last}."),
    }[error.fault]
    return words.format(typed=error.typed, last=last)


def line_change(change: LineChange) -> str:
    """Return what happened to a turn in a copy that came back."""
    return {
        LineChange.CHANGED: tr("Turn edited"),
        LineChange.ADDED: tr("Text added"),
        LineChange.TAKEN_OUT: tr("Turn deleted"),
        LineChange.TRACKED: tr("Edited with tracked changes; the original was used"),
    }[change]
