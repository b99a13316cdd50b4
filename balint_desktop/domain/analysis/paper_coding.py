"""What was typed from a coder's line-numbered print: codes with the lines that each covers, as they were typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.analysis.codebook import NAME_LIMIT
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.line_numbers import NumberedLine, span_of_lines
from balint_desktop.domain.analysis.word_work import CopyStamp, work_with_passages
from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.values import RecordingId


@dataclass(frozen=True, slots=True)
class TypedCoding:
    """A line of the list: a code, or several with semicolons between; its lines, as 12 to 15, 18; and a memo."""

    code: str
    lines: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class PaperCoding:
    """All that was typed of one text in one `version`: the line numbers are those of that version alone."""

    text: RecordingId
    version: int
    typed: tuple[TypedCoding, ...] = ()


def typed_codes(code: str) -> tuple[str, ...]:
    """Return the names of codes in a field, each once, none longer than a code's name may be."""
    names = (one_line(one)[:NAME_LIMIT] for one in code.split(";"))
    return tuple(dict.fromkeys(one for one in names if one))


def work_of_paper(paper: PaperCoding, lines: Sequence[NumberedLine], stamp: CopyStamp) -> CoderWork:
    """Return what was typed as codes and codings. Raise LinesError for lines that this text has not."""
    work = CoderWork()
    for one in paper.typed:
        passages = span_of_lines(one.lines, lines)
        for name in typed_codes(one.code):
            work = work_with_passages(work, name, passages, stamp, one.memo)
    return work


def paper_to_json(paper: PaperCoding) -> bytes:
    """Return what was typed as JSON."""
    plain = {
        "text": paper.text,
        "version": paper.version,
        "typed": [[one.code, one.lines, one.memo] for one in paper.typed],
    }
    return json.dumps(plain, ensure_ascii=False).encode()


def paper_from_json(data: bytes | str) -> PaperCoding:
    """Return what was typed. Raise ValueError."""
    with foreign_errors(ValueError("not what was typed from paper")):
        plain = json.loads(data)
        typed = tuple(TypedCoding(str(code), str(lines), str(memo)) for code, lines, memo in plain["typed"])
        return PaperCoding(RecordingId(str(plain["text"])), int(plain["version"]), typed)
