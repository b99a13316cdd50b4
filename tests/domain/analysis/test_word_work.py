"""What a Word copy says becomes a coder's own codes, codings and memos, and nobody else's."""

from __future__ import annotations

from itertools import count

import pytest
from word_copies import FOLDER, TEXT, Copy, Note, word_file

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.line_numbers import line_numbered, span_of_lines
from balint_desktop.domain.analysis.word_coding import read_returned_copy
from balint_desktop.domain.analysis.word_work import (
    CopyGain,
    CopyStamp,
    copy_gain,
    memos_of_copy,
    memos_of_unplaced,
    merged_work,
    work_with_copy,
    work_with_passages,
)
from balint_desktop.domain.deidentify.approved import ApprovedTurn

NOTES = (
    Note("made me angry", "Anger; Guilt: at her"),
    Note("made me angry", "At whom?", by="Supervisor", answers=0),
    Note("made me angry", "and at me", answers=0),
    Note("out of depth", "Memo: nobody is there", date="2026-11-04T10:00:00Z"),
    Note("toughen up", "Toughen up", by="Supervisor"),
)
LIBREOFFICE = (FOLDER / "libreoffice.docx").read_bytes()


@pytest.fixture
def stamp():
    numbers = count(1)
    return CopyStamp("r", 5.0, lambda: f"g{next(numbers)}")


def copy(*notes, colours=()):
    return read_returned_copy(word_file(Copy(notes=notes, colours=colours)), "a.docx", TEXT)


def coded(work):
    return [(work.book.code(one.code).name, TEXT[one.begin : one.end], one.memo) for one in work.codings.all]


def test_codes_are_found_by_name_or_made_and_the_coders_replies_are_their_memo(stamp):
    before = CoderWork(Codebook().with_code("old", "anger"))

    work = work_with_copy(before, copy(*NOTES), ["Coder 2"], {}, stamp)

    memo = "at her\nand at me"
    assert [("anger", "made me angry.", memo), ("Guilt", "made me angry.", memo)] == coded(work)
    assert [one.wall for one in work.codings.all] == [1793696400.0] * 2


def test_a_copy_that_comes_twice_adds_nothing(stamp):
    notes = (*NOTES, Note("angry. With", "Anger: more"))
    once = work_with_copy(CoderWork(), copy(*notes), ["Coder 2"], {}, stamp)

    assert once == work_with_copy(once, copy(*notes), ["Coder 2"], {}, stamp)
    assert ("Anger", "made me angry. With", "at her\nand at me\nmore") in coded(once)


def test_a_colour_is_the_code_that_was_said_and_one_without_is_none(stamp):
    colours = (("made me", '<w:highlight w:val="yellow"/>'), ("toughen up", '<w:highlight w:val="green"/>'))

    work = work_with_copy(CoderWork(), copy(colours=colours), [], {"#ffff00": "Anger"}, stamp)

    assert coded(work) == [("Anger", "made me", "")]


def test_others_comments_are_not_taken_into_a_coders_work(stamp):
    assert work_with_copy(CoderWork(), copy(*NOTES), ["Coder 9"], {}, stamp) == CoderWork()


def test_memos_are_by_author_and_of_a_supervisor_all_comments_are(stamp):
    found = memos_of_copy(copy(*NOTES), {"Coder 2": "c2", "Supervisor": "s"}, stamp, comments_only=frozenset({"s"}))

    assert [(one.author, one.words, TEXT[one.begin : one.end]) for one in found] == [
        ("s", "At whom?", "made me angry."),
        ("c2", "nobody is there", "out of depth,"),
        ("s", "Toughen up", "toughen up"),
    ]
    assert [one.wall for one in found if one.author == "c2"] == [1793782800.0]


def test_memos_that_are_known_are_not_repeated_and_unknown_authors_have_none(stamp):
    authors = {"Coder 2": "c2"}
    known = memos_of_copy(copy(*NOTES), authors, stamp)

    assert memos_of_copy(copy(*NOTES), authors, stamp, known=known) == ()
    assert [one.author for one in known] == ["c2"]


def test_a_whole_copy_of_libreoffice_becomes_work(stamp):
    found = read_returned_copy(LIBREOFFICE, "a.docx", TEXT)

    work = work_with_copy(CoderWork(), found, ["Coder 2"], {"#ffff00": "Excuses"}, stamp)

    assert [code.name for code in work.book.codes] == ["Anger", "Turned on her", "Alone", "Left out", "Excuses"]


def test_lines_of_a_print_are_codings_with_a_memo(stamp):
    lines = line_numbered(TEXT, 30)

    work = work_with_passages(CoderWork(), " Anger ", span_of_lines("1-2, 5", lines), stamp, "twice")

    assert coded(work) == [
        ("Anger", "R1: It made me angry. With the registrar, and then with her.", "twice"),
        ("Anger", "R2: I would have felt very out", "twice"),
    ]
    assert work == work_with_passages(work, "anger", span_of_lines("2", lines), stamp)


def test_a_second_file_adds_to_the_first_and_one_code_is_one_by_its_name(stamp):
    first = work_with_passages(CoderWork(), "Anger", [(0, 20)], stamp)
    second = work_with_passages(CoderWork(), "anger", [(30, 40)], CopyStamp("r2", 6.0, stamp.new_guid))

    both = merged_work(first, second, stamp.new_guid)

    assert [one.name for one in both.book.codes] == ["Anger"]
    assert [(one.text, one.begin) for one in both.codings.all] == [("r", 0), ("r2", 30)]
    assert {one.code for one in both.codings.all} == {both.book.codes[0].guid}


def test_the_same_file_merged_twice_adds_nothing(stamp):
    once = work_with_copy(CoderWork(), copy(*NOTES), ["Coder 2"], {}, stamp)

    assert merged_work(once, work_with_copy(CoderWork(), copy(*NOTES), ["Coder 2"], {}, stamp), stamp.new_guid) == once


def test_guids_of_a_file_that_are_taken_are_drawn_anew(stamp):
    first = work_with_passages(CoderWork(), "Anger", [(0, 20)], CopyStamp("r", 5.0, lambda: "same"))
    second = work_with_passages(CoderWork(), "Guilt", [(30, 40)], CopyStamp("r", 5.0, lambda: "same"))

    both = merged_work(first, second, stamp.new_guid)

    assert len({one.guid for one in both.book.codes}) == len({one.guid for one in both.codings.all}) == 2


CHANGED = "R1: It made us cross. With the registrar, and then with her. I know she was only tired."
UNPLACED = (Note("us cross", "Anger"), Note("us cross", "Whose?", by="Supervisor", answers=0))


def unplaced():
    text = TEXT.replace(TEXT.split("\n\n")[0], CHANGED)
    colours = (("made us cross", '<w:highlight w:val="yellow"/>'),)
    return read_returned_copy(word_file(Copy(text=text, notes=UNPLACED, colours=colours)), "a.docx", TEXT)


def test_what_could_not_be_placed_becomes_memos_on_the_whole_text_by_author(stamp):
    authors = {"Coder 2": "c2", "Supervisor": "s"}
    found = memos_of_unplaced(unplaced(), "c2", authors, {"#ffff00": "Anger"}, stamp)

    assert [(one.author, one.words, one.text, one.begin) for one in found] == [
        ("c2", "“us cross.”\nAnger", "r", None),
        ("s", "“us cross.”\nWhose?", "r", None),
        ("c2", "“made us cross.”\nAnger", "r", None),
    ]
    assert memos_of_unplaced(unplaced(), "c2", authors, {"#ffff00": "Anger"}, stamp, known=found) == ()


def test_what_could_not_be_placed_is_counted_as_the_memos_that_it_becomes():
    authors = {"Coder 2": "c2", "Supervisor": "s"}
    found = copy_gain(unplaced(), "c2", authors, {"#ffff00": "Anger"}, frozenset())

    assert (found.not_placed, found.whole_memos) == (2, 3)
    assert copy_gain(unplaced(), "c2", {}, {}, frozenset()).whole_memos == 0


def test_what_a_copy_would_add_is_counted_by_who_is_who_and_by_what_colours_mean():
    colours = (("made me", '<w:highlight w:val="yellow"/>'), ("toughen up", '<w:highlight w:val="green"/>'))
    authors = {"Coder 2": "c2", "Supervisor": "s"}
    found = copy(*NOTES, colours=colours)

    assert copy_gain(found, "c2", authors, {"#ffff00": "Anger"}, frozenset({"s"})) == CopyGain(
        2, 3, 0, (("Anger", 1), ("Guilt", 1))
    )
    assert copy_gain(found, "c2", {"Coder 2": "", "Supervisor": "s"}, {}, frozenset({"s"})) == CopyGain(0, 2, 0)
    assert copy_gain(found, "", authors, {"#ffff00": "Anger"}, frozenset({"s", "c2"})) == CopyGain(0, 5, 0)


def test_a_turn_that_is_chosen_with_who_speaks_is_coded_without_it():
    turns = (ApprovedTurn(0, 16, "R1", 0, 900), ApprovedTurn(18, 25, "R2", 1000, 1900))
    stamp = CopyStamp("r", 5.0, lambda: "g", turns)

    work = work_with_passages(CoderWork(), "Anger", [(0, 16)], stamp)

    assert [(one.begin, one.end) for one in work.codings.all] == [(4, 16)]
