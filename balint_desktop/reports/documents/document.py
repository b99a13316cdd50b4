"""A document to be written as Word, OpenDocument or HTML: headings, paragraphs, lists and tables, as values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import escape

from balint_desktop.i18n import tr

PRODUCER = "Balint Desktop"
PAGE, PAGES = "{n}", "{count}"
_FIELDS = re.compile(r"(\{n\}|\{count\})")
# What XML forbids (XML 1.0, 2.2).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ParagraphStyle(StrEnum):
    """How a paragraph looks."""

    BODY = "body"
    QUOTATION = "quotation"
    NOTE = "note"
    TURN = "turn"
    """A turn of a transcript: no program corrects its spelling."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class DocumentHeading:
    """A heading. `level` is 1 to 3; the title is none of them."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in stretches."""

    runs: tuple[Run, ...]
    style: ParagraphStyle = ParagraphStyle.BODY


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list, a line for each."""

    lines: tuple[str, ...]


# How many wide signs a line of a table has, and from which length a word may be broken.
_SIGNS, _BREAKABLE = 68, 20


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table. `shares` are the widths of its columns among each other; equal where empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()

    @property
    def widths(self) -> tuple[float, ...]:
        """Return each column's part of the page's width, none narrower than its longest word where there is room.

        Words of over 20 signs, as fingerprints are, do not count: they may be broken.
        """
        shares = self.shares or (1,) * len(self.headings)
        needed = [_needed(column) for column in zip(self.headings, *self.rows, strict=True)]
        narrow: set[int] = set()
        while True:
            left = 1 - sum(needed[at] for at in narrow)
            free = sum(share for at, share in enumerate(shares) if at not in narrow)
            widths = tuple(needed[at] if at in narrow else share * left / free for at, share in enumerate(shares))
            more = {at for at, width in enumerate(widths) if width < needed[at]}
            if left <= 0 or len(narrow | more) == len(shares):
                return tuple(one / sum(shares) for one in shares)
            if not more:
                return widths
            narrow |= more


def _needed(column: Iterable[str]) -> float:
    """Return the part of a line that a column's longest word takes in a wide face, with the space at its sides."""
    longest = max((len(word) for cell in column for word in cell.split() if len(word) <= _BREAKABLE), default=0)
    return (longest + 2) / _SIGNS


Block: TypeAlias = "DocumentHeading | Paragraph | BulletList | DocumentTable"


@dataclass(frozen=True, slots=True)
class CodingPage:
    """Page options of a copy to be coded: a wide margin, changes tracked.

    `first_page` stands above the text of the first page, as its header, and so is no part of the text.
    """

    first_page: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `title` is its property, and printed where `shows_title`.

    `head` and `foot` are printed above and below each page, `page` says which of how many, with {n} and {count} in it.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-NZ"
    head: str = ""
    foot: str = ""
    page: str = ""
    shows_title: bool = True
    numbers_lines: bool = False
    for_coding: CodingPage | None = None

    def page_parts(self) -> tuple[str, ...]:
        """Return the words that say the page, its two fields apart."""
        return tuple(part for part in _FIELDS.split(self.page or tr("Page {n} of {count}")) if part)


def words(text: str, style: ParagraphStyle = ParagraphStyle.BODY) -> Paragraph:
    """Return a paragraph in one look."""
    return Paragraph((Run(text),), style)


def clean(text: str) -> str:
    """Return a text without what XML forbids."""
    return _NOT_IN_XML.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Return a text as it stands in XML, in an attribute too."""
    return escape(clean(text), {'"': "&quot;"})


def plain(blocks: Sequence[Block]) -> str:
    """Return the words of some blocks, a line for each paragraph, list line and row."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case DocumentHeading(text=text):
                lines.append(text)
            case Paragraph(runs=runs):
                lines.append("".join(run.text for run in runs))
            case BulletList(lines=found):
                lines += found
            case DocumentTable(headings=headings, rows=rows):
                lines += ["\t".join(row) for row in (headings, *rows)]
    return "\n".join(lines)
