"""Codings from another file are placed by the words they say are there."""

from __future__ import annotations

import pytest

from balint_desktop.domain.analysis.placing import placed_codings, same_text
from balint_desktop.domain.analysis.project import ProjectCoding

TEXT = "R1: It made me angry, whānau.\n\nR2: I would have felt out of my depth, and angry."


def coding(words, begin=None, quoted=None, guid="1"):
    at = TEXT.index(words) if begin is None else begin
    return ProjectCoding(guid, "s", at, at + len(words), "c", quoted=words if quoted is None else quoted)


def words(codings):
    return [TEXT[one.begin : one.end] for one in codings]


def test_a_coding_whose_words_are_there_is_taken():
    assert words(placed_codings(TEXT, [coding("made me angry")]).placed) == ["made me angry"]


@pytest.mark.parametrize("quoted", ["", "I would have felt…", "I would have ..."])
def test_one_that_says_nothing_or_only_the_beginning_is_taken_at_its_place(quoted):
    found = placed_codings(TEXT, [coding("I would have felt out of my depth", quoted=quoted)])

    assert (found.moved, found.not_placed) == ((), ())


@pytest.mark.parametrize("off", [-1, 1, 2])
def test_codings_that_are_all_off_by_the_same_are_moved_together_and_it_is_said(off):
    found = placed_codings(
        TEXT,
        [coding("angry", TEXT.index("angry") + off), coding("depth", TEXT.index("depth") + off, guid="2")],
    )

    assert (-off, ["angry", "depth"], ()) == (found.offset, words(found.placed), found.moved)


def test_one_that_is_elsewhere_in_its_turn_is_moved_and_marked():
    found = placed_codings(TEXT, [coding("It"), coding("depth", TEXT.index("R2"), guid="2")])

    assert (found.offset, words(found.moved), words(found.placed)) == (0, ["depth"], ["It", "depth"])


@pytest.mark.parametrize(("said", "begin"), [("furious", 4), ("angry", 400), ("angry", -2)])
def test_one_whose_words_are_not_in_its_turn_is_listed_and_not_placed(said, begin):
    found = placed_codings(TEXT, [coding("It"), coding("angry", begin, quoted=said, guid="2")])

    assert (words(found.placed), [one.guid for one in found.not_placed]) == (["It"], ["2"])


def test_texts_are_the_same_however_their_letters_and_lines_are_written():
    decomposed = TEXT.replace("ā", "a\u0304").replace("\n", "\r\n")

    assert same_text(TEXT, "\ufeff" + decomposed + "\n")
    assert not same_text(TEXT, TEXT.replace("angry", "sad"))
