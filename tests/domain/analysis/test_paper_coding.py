"""What was typed from paper becomes codes and codings by the lines of the print."""

from __future__ import annotations

from itertools import count

import pytest
from word_copies import TEXT

from balint_desktop.domain.analysis.line_numbers import LinesError, line_numbered
from balint_desktop.domain.analysis.paper_coding import (
    PaperCoding,
    TypedCoding,
    paper_from_json,
    paper_to_json,
    typed_codes,
    work_of_paper,
)
from balint_desktop.domain.analysis.word_work import CopyStamp
from balint_desktop.domain.values import RecordingId

LINES = line_numbered(TEXT)
PAPER = PaperCoding(
    RecordingId("r"),
    2,
    (TypedCoding("Anger; Guilt", "1–2", "at whom?"), TypedCoding("anger", "4"), TypedCoding("", "1")),
)


def test_each_code_of_a_line_is_on_the_words_of_its_lines_and_one_name_is_one_code():
    numbers = count(1)
    work = work_of_paper(PAPER, LINES, CopyStamp(RecordingId("r"), 5.0, lambda: f"g{next(numbers)}"))
    words = [(work.book.code(one.code).name, TEXT[one.begin : one.end], one.memo) for one in work.codings.all]
    first = TEXT[LINES[0].begin : LINES[1].end]

    assert [("Anger", first, "at whom?"), ("Guilt", first, "at whom?"), ("Anger", LINES[3].words, "")] == words


def test_a_line_that_the_text_has_not_is_refused():
    paper = PaperCoding(RecordingId("r"), 1, (TypedCoding("Anger", "999"),))

    with pytest.raises(LinesError):
        work_of_paper(paper, LINES, CopyStamp(RecordingId("r"), 5.0, str))


def test_what_was_typed_comes_back_from_its_file():
    assert paper_from_json(paper_to_json(PAPER)) == PAPER


@pytest.mark.parametrize("data", ["", "[]", '{"text": 1}', '{"text": "r", "version": 1, "typed": [["a"]]}'])
def test_what_is_no_such_file_is_refused(data):
    with pytest.raises(ValueError, match="typed from paper"):
        paper_from_json(data)


def test_semicolons_part_codes_and_empty_ones_are_none():
    assert typed_codes(" Anger ;; Guilt; Anger") == ("Anger", "Guilt")
    assert typed_codes(" ; ") == ()
