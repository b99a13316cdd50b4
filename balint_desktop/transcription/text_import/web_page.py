"""Turns of a transcript saved as HTML: noScribe's, whose anchors hold times and speakers, or any page in paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from balint_desktop.domain.transcript.imported_text import ImportedTurn, TimedText
from balint_desktop.transcription.text_import import plain_text
from balint_desktop.transcription.text_import.labels import Labels, split_label

_BLOCKS = frozenset("p div li ul ol tr table body h1 h2 h3 h4 h5 h6 blockquote pre dt dd section article".split())
_UNSEEN = frozenset("head style script title template".split())
_BREAK = "\n\n"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ANCHOR = re.compile(r"""name\s*=\s*["']ts_(\d{1,9})_(\d{1,9})_([^"']{0,60})["']""")
_STAMP = re.compile(r"\[\d{1,2}:\d\d:\d\d\]")
_PAUSE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What noScribe notes before a stretch of text: its times in milliseconds, and its own label of the speaker."""

    from_ms: int
    until_ms: int
    label: str

    @property
    def own(self) -> str:
        """The label without the slashes of one who speaks while another does."""
        return self.label.removeprefix("//")


_Token = str | _Anchor


def is_web_page(text: str) -> bool:
    """Return whether a text is HTML."""
    head = text[:2000].lstrip().casefold()
    tags = ("html",) if head.startswith("<?xml") else ("!doctype html", "html", "body", "p>", "p ", "div")
    return head.startswith("<") and any(f"<{tag}" in head for tag in tags)


def turns_of(text: str) -> tuple[ImportedTurn, ...]:
    """Return the turns of a page. noScribe's heading and its marks for a pause without a speaker are left out."""
    tokens = list(_tokens(text))
    if any(isinstance(token, _Anchor) for token in tokens):
        return tuple(_of_anchors(tokens))
    return plain_text.turns_of("".join(token for token in tokens if isinstance(token, str)))


def _of_anchors(tokens: list[_Token]) -> Iterator[ImportedTurn]:
    label, pieces = "", list[TimedText]()
    names: dict[str, str] = {}
    anchored = [(anchor, _said(text), begins) for anchor, text, begins in _anchored(tokens)]
    found = [_label(anchor, text, begins=begins) for anchor, text, begins in anchored]
    renamed = [one[0] for one, (anchor, _, _) in zip(found, anchored, strict=True) if one and one[0] != anchor.own]
    labels = Labels(renamed, len(found))
    for (anchor, text, begins_paragraph), one in zip(anchored, found, strict=True):
        is_label = one is not None and (one[0] == anchor.own or one[0] in labels)
        named, said = one if one is not None and is_label else (None, text)
        if not said or (not anchor.label and _PAUSE.fullmatch(said)):
            continue
        if named is not None:
            names[anchor.own] = named
        speaker = names.get(anchor.own, anchor.own)
        if pieces and (begins_paragraph or speaker != label):
            yield ImportedTurn(label, tuple(pieces))
            pieces = []
        label = speaker
        pieces.append(TimedText(said, anchor.from_ms, max(anchor.from_ms, anchor.until_ms)))
    if pieces:
        yield ImportedTurn(label, tuple(pieces))


def _anchored(tokens: list[_Token]) -> Iterator[tuple[_Anchor, str, bool]]:
    """Yield each anchor with the text up to the next one, and whether a paragraph begins with it."""
    anchor: _Anchor | None = None
    text, begins, after_break = list[str](), True, True
    for token in [*tokens, _Anchor(0, 0, "")]:
        if isinstance(token, str):
            text.append(token)
            after_break = token == _BREAK or (after_break and not token.strip())
            continue
        if anchor is not None:
            yield anchor, "".join(text), begins
        anchor, text, begins, after_break = token, [], after_break, False


def _said(text: str) -> str:
    """Return a stretch of text without noScribe's times and its slashes around those who speak at once."""
    return " ".join(_STAMP.sub(" ", text.strip().strip("/")).split())


def _label(anchor: _Anchor, text: str, *, begins: bool) -> tuple[str, str] | None:
    """Return the label that a text itself begins with, which a person may have changed, and what is said.

    noScribe writes it at the beginning of a paragraph, and where another voice is heard at once.
    """
    return split_label(text) if anchor.label and (begins or anchor.label.startswith("//")) else None


def _tokens(text: str) -> Iterator[_Token]:
    """Yield what is seen of a page, and noScribe's anchors: one pass, whatever is left open."""
    at, unseen = 0, ""
    while at < len(text):
        begin = text.find("<", at)
        begin = len(text) if begin < 0 else begin
        if begin > at and not unseen:
            yield html.unescape(_spaces(text[at:begin]))
        if begin == len(text):
            return
        comment = text.startswith("<!--", begin)
        end = text.find("-->" if comment else ">", begin)
        if end < 0:
            return
        tag = text[begin + 1 : end]
        at = end + (3 if comment else 1)
        if not comment:
            closing, name = tag.startswith("/"), _NAME.match(tag.lstrip("/"))
            word = name.group().casefold() if name is not None else ""
            if word in _UNSEEN and word != unseen:
                unseen = unseen or ("" if closing or tag.endswith("/") else word)
            elif closing and word == unseen:
                unseen = ""
            elif not unseen:
                yield from _seen(word, tag)


def _seen(word: str, tag: str) -> Iterator[_Token]:
    anchor = _ANCHOR.search(tag[:400]) if word == "a" else None
    if anchor is not None:
        yield _Anchor(int(anchor.group(1)), int(anchor.group(2)), html.unescape(anchor.group(3)))
    elif word == "br":
        yield "\n"
    elif word in {"td", "th"}:
        yield "\t"
    elif word in _BLOCKS:
        yield _BREAK


def _spaces(text: str) -> str:
    """Return text with a space for each of its line breaks, which are none on a page."""
    return re.sub(r"[\r\n]+", " ", text)
