"""Wording of what a coder's copy says: lines that were typed, and turns that the copy has otherwise."""

from __future__ import annotations

from balint_desktop.domain.analysis.line_numbers import LinesError, LinesFault
from balint_desktop.domain.analysis.word_coding import LineChange
from balint_desktop.i18n import tr, tr_n


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


def gain_words(codings: int, memos: int) -> str:
    """Return how many passages and memos a copy adds, or would add."""
    passages = tr_n("{n} passage", "{n} passages", codings).format(n=codings)
    return tr("{passages}, {memos}").format(
        passages=passages, memos=tr_n("{n} memo", "{n} memos", memos).format(n=memos)
    )


def colour_name(colour: str) -> str:
    """Return what people call a colour #rrggbb: the nearest of those that word processors offer."""
    wanted = _parts(colour)
    near = min(_COLOURS, key=lambda one: sum((a - b) ** 2 for a, b in zip(_parts(one), wanted, strict=True)))
    return {
        "#ffff00": tr("Yellow"),
        "#00ff00": tr("Bright green"),
        "#00ffff": tr("Turquoise"),
        "#ff00ff": tr("Pink"),
        "#0000ff": tr("Blue"),
        "#ff0000": tr("Red"),
        "#000080": tr("Dark blue"),
        "#008080": tr("Teal"),
        "#008000": tr("Green"),
        "#800080": tr("Violet"),
        "#800000": tr("Dark red"),
        "#808000": tr("Dark yellow"),
        "#808080": tr("Dark grey"),
        "#c0c0c0": tr("Light grey"),
        "#000000": tr("Black"),
        "#ffa500": tr("Orange"),
    }[near]


_COLOURS = (
    *("#ffff00", "#00ff00", "#00ffff", "#ff00ff", "#0000ff", "#ff0000", "#000080", "#008080"),
    *("#008000", "#800080", "#800000", "#808000", "#808080", "#c0c0c0", "#000000", "#ffa500"),
)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
