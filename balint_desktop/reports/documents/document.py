"""A document to be written as Word, OpenDocument or HTML: headings, paragraphs, lists and tables, as values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import escape

PRODUCER = "Balint Desktop"
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


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table. `shares` are the widths of its columns among each other; equal where empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()

    @property
    def widths(self) -> tuple[float, ...]:
        """Return each column's part of the page's width."""
        shares = self.shares or (1,) * len(self.headings)
        return tuple(one / sum(shares) for one in shares)


Block: TypeAlias = "DocumentHeading | Paragraph | BulletList | DocumentTable"


@dataclass(frozen=True, slots=True)
class CodingPage:
    """Page options of a copy to be coded: numbered lines, a wide margin, changes tracked.

    `first_page` stands above the text of the first page, as its header, and so is no part of the text.
    """

    first_page: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `title` is printed where `shows_title`, and is its property; `foot` is printed below each page."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-NZ"
    foot: str = ""
    shows_title: bool = True
    for_coding: CodingPage | None = None


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
