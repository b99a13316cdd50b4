"""Read a page of Help: Markdown in a few kinds of lines, so that the same file is shown, printed and translated.

Keywords: what a person may search for that the page calls otherwise, not shown
# Title
## Heading
A paragraph, with the names of *buttons* and *pages* in asterisks; lines that follow each other are one.
- An item
1. A step
![What the picture shows](pictures/room.png)
- [Title of another page](other-page.md)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

_NAME = re.compile(r"\*([^*]+)\*")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/([a-z0-9-]+)\.png\)")
_LINK = re.compile(r"- \[([^\]]*)\]\(([a-z0-9-]+)\.md\)")
_STEP = re.compile(r"(\d+)\. (.*)")
_KEYWORDS = "Keywords: "


class BlockKind(StrEnum):
    """The kinds of lines of a page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    STEP = "step"
    PICTURE = "picture"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """A heading, a paragraph, an item, a step, a picture with what it shows, or a link to another page.

    `target` is the page of a link or the picture's name, `number` that of a step.
    """

    kind: BlockKind
    text: str
    target: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page of Help. Its keywords are searched and not shown."""

    key: str
    title: str
    blocks: tuple[HelpBlock, ...]
    keywords: str = ""

    def links(self) -> tuple[str, ...]:
        """Return the keys of the pages it leads to."""
        return tuple(block.target for block in self.blocks if block.kind is BlockKind.LINK)

    def pictures(self) -> tuple[str, ...]:
        """Return the names of its pictures."""
        return tuple(block.target for block in self.blocks if block.kind is BlockKind.PICTURE)

    def texts(self) -> tuple[str, ...]:
        """Return its title and the texts of its own, in order: the text of a link is the title of another page."""
        own = (block.text for block in self.blocks if block.kind is not BlockKind.LINK)
        return (self.title, *own)


def parse_page(key: str, text: str) -> HelpPage:
    """Read a page. Raise ValueError where it does not begin with its title."""
    first, *rest = text.strip().splitlines()
    keywords = ""
    if first.startswith(_KEYWORDS) and rest:
        keywords = first.removeprefix(_KEYWORDS).strip()
        first, *rest = rest
    if not first.startswith("# "):
        raise ValueError(f"the page {key} does not begin with its title")
    blocks: list[HelpBlock] = []
    ends = True
    for line in map(str.strip, rest):
        if not line:
            ends = True
            continue
        block = _block(line)
        if block.kind is BlockKind.PARAGRAPH and not ends:
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {line}")
        else:
            blocks.append(block)
        ends = block.kind in {BlockKind.HEADING, BlockKind.PICTURE, BlockKind.LINK}
    return HelpPage(key, first[2:].strip(), tuple(blocks), keywords)


def _block(line: str) -> HelpBlock:
    if found := _PICTURE.fullmatch(line):
        return HelpBlock(BlockKind.PICTURE, found[1], found[2])
    if found := _LINK.fullmatch(line):
        return HelpBlock(BlockKind.LINK, found[1], found[2])
    if found := _STEP.fullmatch(line):
        return HelpBlock(BlockKind.STEP, found[2], number=int(found[1]))
    if line.startswith("## "):
        return HelpBlock(BlockKind.HEADING, line[3:])
    if line.startswith("- "):
        return HelpBlock(BlockKind.ITEM, line[2:])
    return HelpBlock(BlockKind.PARAGRAPH, line)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of buttons and pages in a text."""
    return tuple(_NAME.findall(text))


def runs_of(text: str) -> tuple[tuple[str, bool], ...]:
    """Return a text in stretches, each with whether it is the name of a button or a page."""
    stretches = enumerate(_NAME.split(text))
    return tuple((stretch, at % 2 == 1) for at, stretch in stretches if stretch)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text without the marks of names."""
    return _NAME.sub(r"\1", text)
