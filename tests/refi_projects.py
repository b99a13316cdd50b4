"""Projects for the tests of the exchange format REFI-QDA."""

from __future__ import annotations

import random

from balint_desktop.domain.analysis.project import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
)

WHEN = "2026-11-29T08:00:00Z"
TEXT = "R3: It made me angry, whānau too.\n\nR1: [not available]"


def guid(number):
    """Return the guid of a number."""
    return f"00000000-0000-4000-8000-{number:012}"


def project(**changes):
    """Return a small project with all that one can hold, in some of its fields changed."""
    fields = {
        "name": "A study",
        "origin": "Balint Desktop 1",
        "coders": (ProjectCoder(guid(1), "Coder 1"), ProjectCoder(guid(2), "Coder 2")),
        "codes": (
            ProjectCode(guid(11), "Anger & more", "When …\nnot when <it> is “said”", "#aa3300"),
            ProjectCode(guid(12), "At the team", parent=guid(11)),
        ),
        "sources": (ProjectSource(guid(21), "Session 1", TEXT, guid(1), WHEN, {"Session": "1"}),),
        "codings": (
            ProjectCoding(guid(31), guid(21), 4, 20, guid(11), guid(1), WHEN, TEXT[4:20], "why?"),
            ProjectCoding(guid(32), guid(21), 11, 33, guid(12), guid(2), WHEN, TEXT[11:33]),
        ),
        "notes": (ProjectNote(guid(41), "Memo", "two\nlines", guid(2), WHEN, (guid(31),)),),
        "cases": (ProjectCase(guid(51), "R3", ((guid(21), 0, 33),)),),
        "sets": (ProjectSet(guid(61), "Round 1", "open", (guid(21),)),),
        "writer": guid(1),
        "created": WHEN,
    }
    return Project(**(fields | changes))


def many_codings(count, *, sources=6, length=55_000):
    """Return a project as large as a study of six sessions: four coders, forty codes, `count` codings."""
    drawn = random.Random(1)
    words = ["anger", "whānau", "tired", "with", "her", "and", "then", "we", "sat"]
    texts = [" ".join(drawn.choices(words, k=length // 5))[:length] for _ in range(sources)]
    return Project(
        "A study of six sessions",
        coders=tuple(ProjectCoder(guid(number), f"Coder {number}") for number in range(1, 5)),
        codes=tuple(ProjectCode(guid(100 + number), f"Code {number}") for number in range(40)),
        sources=tuple(ProjectSource(guid(50 + at), f"Session {at}", text) for at, text in enumerate(texts)),
        codings=tuple(_coding(number, drawn, texts) for number in range(count)),
        writer=guid(1),
        created=WHEN,
    )


def _coding(number, drawn, texts):
    at = drawn.randrange(len(texts))
    begin = drawn.randrange(len(texts[at]) - 400)
    end = begin + drawn.randint(20, 300)
    code, coder = guid(100 + drawn.randrange(40)), guid(1 + number % 4)
    return ProjectCoding(guid(10_000 + number), guid(50 + at), begin, end, code, coder, WHEN, texts[at][begin:end])
