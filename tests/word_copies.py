"""Word copies with a coder's comments, as different programs write them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).parent / "domain" / "analysis" / "word_copies"
TEXT = (
    "R1: It made me angry. With the registrar, and then with her. I know she was only tired.\n\n"
    "[silence, 14 s]\n\n"
    "R2: I would have felt very out of depth, whānau were there — “all of them”.\n\n"
    "F: What is that like?\n\n"
    "R1: Like  being told to toughen up & move on.\n\n"
    "[silence, 14 s]\n\n"
    "R3: Nobody asked me. Nobody."
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid" '
    'xmlns:w16cex="http://schemas.microsoft.com/office/word/2018/wordml/cex" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


@dataclass(frozen=True)
class Note:
    """A comment to be written: on some words, by somebody, `answers` the number of another."""

    on: str
    says: str
    by: str = "Coder 2"
    answers: int | None = None
    done: bool = False
    date: str = "2026-11-03T10:00:00Z"


@dataclass(frozen=True)
class Copy:
    """A copy to be written. `colours` are words and the XML of their look; `parts` more members of the file."""

    text: str = TEXT
    notes: tuple[Note, ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    document: str = "word/document.xml"
    has_ids: bool = True


def word_file(copy):
    """Return a copy in the manner of Word: threads, ids and moments in parts of their own."""
    parts = {copy.document: document_xml(copy), "word/comments.xml": comments_xml(copy)}
    if copy.has_ids:
        parts |= {
            "word/commentsExtended.xml": _rows("w15:commentsEx", "w15:commentEx", map(_thread, *_numbered(copy))),
            "word/commentsIds.xml": _rows(
                "w16cid:commentsIds",
                "w16cid:commentId",
                (f'w16cid:paraId="{_id(at)}" w16cid:durableId="{at:08X}"' for at, _ in enumerate(copy.notes)),
            ),
            "word/commentsExtensible.xml": _rows(
                "w16cex:commentsExtensible",
                "w16cex:commentExtensible",
                (
                    f'w16cex:durableId="{at:08X}" w16cex:dateUtc="{one.date.replace("T10", "T09")}"'
                    for at, one in enumerate(copy.notes)
                ),
            ),
            "word/people.xml": f'<w15:people {NAMES}><w15:person w15:author="Coder 2"/></w15:people>',
        }
    return packed(parts | copy.parts)


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def _numbered(copy):
    return range(len(copy.notes)), copy.notes


def _id(at):
    return f"0AB{at:05X}"


def _thread(at, note):
    parent = f' w15:paraIdParent="{_id(note.answers)}"' if note.answers is not None else ""
    return f'w15:paraId="{_id(at)}"{parent} w15:done="{int(note.done)}"'


def _rows(around, tag, rows):
    return f"<{around} {NAMES}>{''.join(f'<{tag} {row}/>' for row in rows)}</{around}>"


def comments_xml(copy):
    return (
        f"<w:comments {NAMES}>{''.join(map(_comment, *_numbered(copy), [copy.has_ids] * len(copy.notes)))}</w:comments>"
    )


def _comment(at, note, has_id):
    *before, last = [
        "<w:r><w:rPr><w:rStyle w:val='CommentReference'/></w:rPr><w:annotationRef/></w:r>"
        f"<w:r><w:t>{escape(line)}</w:t></w:r>"
        for line in note.says.split("\n")
    ]
    paragraphs = "".join(f"<w:p>{one}</w:p>" for one in before)
    ident = f' w14:paraId="{_id(at)}"' if has_id else ""
    return (
        f'<w:comment w:id="{at}" w:author="{escape(note.by)}" w:date="{note.date}" w:initials="C">'
        f"{paragraphs}<w:p{ident}>{last}</w:p></w:comment>"
    )


def document_xml(copy, body=None):
    inside = body if body is not None else body_xml(copy)
    return f"<w:document {NAMES}><w:body>{inside}<w:sectPr/></w:body></w:document>"


def body_xml(copy):
    """Return the paragraphs of a copy, cut into runs wherever something begins or ends."""
    marks = {}
    for at, note in enumerate(copy.notes):
        begin = copy.text.index(note.on)
        end = begin + len(note.on)
        marks.setdefault(end, []).insert(0, ("end", at))
        marks.setdefault(begin, []).append(("begin", at))
    looks = {}
    for on, look in copy.colours:
        begin = copy.text.index(on)
        marks.setdefault(begin, [])
        marks.setdefault(begin + len(on), [])
        looks |= dict.fromkeys(range(begin, begin + len(on)), look)
    pieces, at = [], 0
    for line in copy.text.split("\n\n"):
        inside, edges = [], sorted({at, at + len(line), *(one for one in marks if at <= one <= at + len(line))})
        for edge, after in zip(edges, [*edges[1:], edges[-1]], strict=True):
            inside += [_mark(kind, number) for kind, number in marks.pop(edge, ())]
            if after > edge:
                look = looks.get(edge, "")
                inside.append(
                    f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{escape(copy.text[edge:after])}</w:t></w:r>"
                )
        pieces.append(f"<w:p>{''.join(inside)}</w:p>")
        at += len(line) + 2
    return "".join(pieces)


def _mark(kind, number):
    if kind == "begin":
        return f'<w:commentRangeStart w:id="{number}"/>'
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
