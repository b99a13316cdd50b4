"""Texts in which what identifies is marked by hand, and the group whose names are in them. All of it is invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.values import participant_code

TEXTS = Path(__file__).parent / "domain" / "deidentify" / "texts"
_ROSTER = (
    ("Aroha Te Kanawa",),
    ("Siobhan Daly",),
    ("Tāmati Reweti",),
    ("Will Hargreaves",),
    ("Grace Lim",),
    ("Anne-Marie van der Berg",),
    ("Charlotte Pym", "Lotte"),
    ("Mohammed Rahimi",),
    ("Hope Adeyemi",),
    ("Gurpreet Gill",),
    ("Xin Ng",),
    ("Priyanka Rao",),
    ("Tamsin Voss",),
    ("Kiri Hata",),
)

GROUP = tuple(
    KnownName(participant_code(number), name, tuple(short)) for number, (name, *short) in enumerate(_ROSTER, start=1)
)


@dataclass(frozen=True)
class MarkedText:
    """A text with the places of what identifies in it, marked by hand: {{so}} in its file."""

    text: str
    items: tuple[tuple[int, int], ...]


def marked_text(name):
    """Return a text of the folder. Every name in it is invented."""
    pieces, items, at, begin = [], [], 0, 0
    for piece in re.split(r"(\{\{|\}\})", (TEXTS / name).read_text(encoding="utf-8")):
        if piece == "{{":
            begin = at
        elif piece == "}}":
            items.append((begin, at))
        else:
            pieces.append(piece)
            at += len(piece)
    return MarkedText("".join(pieces), tuple(items))
