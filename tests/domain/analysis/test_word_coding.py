"""Comments and highlights come back as codings and memos, each checked against the approved text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_copies import FOLDER, TEXT, Copy, Note, packed, word_file

from balint_desktop.domain.analysis.coding import snapped
from balint_desktop.domain.analysis.word_coding import (
    ChangedLine,
    CommentMeaning,
    HighlightColour,
    LineChange,
    comment_meaning,
    matching_text,
    read_returned_copy,
    whole_words,
)
from balint_desktop.domain.analysis.word_copy import read_word_copy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId

SILENCE = "[silence, 14 s]"
YELLOW = '<w:highlight w:val="yellow"/>'


def returned(text=TEXT, notes=(), colours=(), approved=TEXT):
    return read_returned_copy(word_file(Copy(text, tuple(notes), tuple(colours))), "a.docx", approved)


def passages(copy, approved=TEXT):
    return [approved[one.begin : one.end] for one in copy.comments]


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Anger", CommentMeaning(("Anger",))),
        ("Anger; Guilt ;anger;", CommentMeaning(("Anger", "Guilt", "anger"))),
        ("Anger;Anger", CommentMeaning(("Anger",))),
        ("Anger: why the ‘then’", CommentMeaning(("Anger",), "why the ‘then’")),
        ("Anger; Guilt: both", CommentMeaning(("Anger", "Guilt"), "both")),
        ("Anger:\nwhy", CommentMeaning(("Anger",), "why")),
        ("Anger\n\nwhy\nand how", CommentMeaning(("Anger",), "why\nand how")),
        ("Anger: why\nand how", CommentMeaning(("Anger",), "why\nand how")),
        ("  Turned   on her \u202e", CommentMeaning(("Turned on her",))),
        ("Memo: nobody is there", CommentMeaning((), "nobody is there")),
        ("note: one\ntwo", CommentMeaning((), "one\ntwo")),
        ("Memo", CommentMeaning(("Memo",))),
        ("at 10:30", CommentMeaning(("at 10:30",))),
        ("x" * 60, CommentMeaning(("x" * 60,))),
        ("x" * 61, CommentMeaning((), "x" * 61)),
        (f"Anger; {'x' * 61}", CommentMeaning((), f"Anger; {'x' * 61}")),
        (f"{'x' * 61}\nmore", CommentMeaning((), f"{'x' * 61}\nmore")),
        (": why", CommentMeaning((), ": why")),
        ("", CommentMeaning()),
    ],
)
def test_a_comment_is_codes_or_a_memo_or_both(words, meaning):
    assert meaning == comment_meaning(words)


@given(st.text(max_size=200))
def test_no_word_of_a_comment_is_lost(words):
    meaning = comment_meaning(words)

    assert all(0 < len(code) <= 60 for code in meaning.codes)
    assert bool(meaning.codes or meaning.memo) == bool(words.strip(" \n")) or not words.strip()


@given(st.text(st.sampled_from("ab ’\n"), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_selections_are_widened_as_the_window_widens_them(text, one, other):
    begin, end = sorted((min(one, len(text)), min(other, len(text))))
    found = whole_words(text, begin, end)

    if text[begin:end].strip():
        assert snapped(text, begin, end) == found
    else:
        assert found[0] == found[1]


@pytest.mark.parametrize("name", ["libreoffice.docx", "python-docx.docx"])
def test_a_copy_from_another_program_comes_back_whole(name):
    copy = read_returned_copy((FOLDER / name).read_bytes(), name, TEXT)

    assert [(one.author, TEXT[one.begin : one.end], one.meaning.codes, one.meaning.memo) for one in copy.comments] == [
        ("Coder 2", "made me angry.", ("Anger", "Turned on her"), "why: the ‘then’"),
        ("Coder 2", "whānau were there — “all of them”.\n\nF: What is", ("Alone",), ""),
        ("Supervisor", "toughen up", ("Leading?",), ""),
        ("Coder 2", "Nobody asked", ("Left out",), "by us"),
    ]
    assert (copy.not_placed, copy.changes) == ((), ())
    assert (
        HighlightColour("#ffff00", 1, ("only tired.",)),
        HighlightColour("#00ffff", 1, ("move on.",)),
    ) == copy.colours
    assert copy.authors == (("Coder 2", 3), ("Supervisor", 1))


def test_the_clean_copy_itself_says_nothing_and_differs_in_nothing():
    copy = read_returned_copy((FOLDER / "clean.docx").read_bytes(), "clean.docx", TEXT)

    assert (copy.comments, copy.highlights, copy.not_placed, copy.changes) == ((), (), (), ())


def test_lines_that_are_alike_keep_their_places():
    at = TEXT.rindex(SILENCE)
    copy = returned(TEXT[:at] + "[silence, 15 s]" + TEXT[at + len(SILENCE) :], [Note("[silence, 14 s]", "Silence")])

    assert [(TEXT.index(SILENCE), False)] == [(one.begin, one.is_moved) for one in copy.comments]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n\n", "\n\n\n\n"),
        TEXT.replace("Like  being", "Like \u00a0being").replace("’", "'"),
        "A heading of my own\n\n" + TEXT,
        TEXT + "\n\nMy summary: they were angry at everybody.",
        TEXT.replace("F: What is that like?\n\n", ""),
    ],
)
def test_blank_lines_other_signs_notes_and_turns_taken_out_move_no_comment(text):
    copy = returned(text, [Note("made me angry", "Anger"), Note("toughen up", "Toughen up"), Note("asked me", "Alone")])

    assert passages(copy) == ["made me angry.", "toughen up", "asked me."]
    assert not any(one.is_moved for one in copy.comments)


def test_changed_added_and_taken_out_lines_are_said():
    text = TEXT.replace("out of depth", "out of my depth").replace("F: What is that like?", "Mine: see my notebook")
    copy = returned(f"{text}\n\nThe end.")

    assert (
        ChangedLine(LineChange.CHANGED, 2, text.split("\n\n")[2]),
        ChangedLine(LineChange.ADDED, None, "Mine: see my notebook"),
        ChangedLine(LineChange.TAKEN_OUT, 3),
        ChangedLine(LineChange.ADDED, None, "The end."),
    ) == copy.changes


def test_in_a_turn_that_was_changed_a_comment_is_placed_by_its_words():
    text = TEXT.replace("I would have", "I think I would have")
    copy = returned(text, [Note("very out of depth", "Alone"), Note("think I", "Unsure"), Note("angry", "Anger")])

    assert [(TEXT[one.begin : one.end], one.is_moved) for one in copy.comments] == [
        ("angry.", False),
        ("very out of depth,", True),
    ]
    assert [(one.words, one.quoted) for one in copy.not_placed] == [("Unsure", "think I")]


def test_words_that_are_there_twice_in_a_changed_turn_are_not_placed():
    approved = TEXT.replace("Nobody. Nobody", "Nobody") + " No one no one."
    copy = returned(approved.replace("R3: Nobody", "R3: Well, nobody"), [Note("one", "Alone")], approved=approved)

    assert [one.quoted for one in copy.not_placed] == ["one"]


def test_words_that_a_changed_turn_begins_with_and_has_again_are_not_placed():
    approved = f"{TEXT}\n\nNobody came. Nobody came. I did."
    copy = returned(
        approved.replace("\n\nNobody", "\n\nWell. Nobody"), [Note("Nobody came", "Alone")], approved=approved
    )

    assert [one.quoted for one in copy.not_placed] == ["Nobody came."]


def test_two_turns_that_a_coder_made_one_are_searched_both():
    text = TEXT.replace("F: What is that like?\n\nR1: Like", "F: What is that like? R1: Like")
    copy = returned(text, [Note("that like?", "Leading"), Note("toughen up", "Toughen up")])

    assert [(TEXT[one.begin : one.end], one.is_moved) for one in copy.comments] == [
        ("that like?", True),
        ("toughen up", True),
    ]


def test_a_passage_around_a_note_typed_into_the_text_is_still_from_its_first_to_its_last_word():
    text = TEXT.replace("F: What", "My note in between\n\nF: What")
    copy = returned(text, [Note("“all of them”.\n\nMy note in between\n\nF: What", "Alone")])

    assert passages(copy) == ["“all of them”.\n\nF: What"]
    assert [one.is_moved for one in copy.comments] == [True]


def test_a_comment_without_selected_words_is_on_its_turn():
    with zipfile.ZipFile(io.BytesIO(word_file(Copy(notes=(Note("What", "Question"),))))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    document = parts["word/document.xml"].replace('<w:commentRangeStart w:id="0"/>', "")
    parts["word/document.xml"] = document.replace('<w:commentRangeEnd w:id="0"/>', "")

    assert passages(read_returned_copy(packed(parts), "a.docx", TEXT)) == ["F: What is that like?"]


@pytest.mark.parametrize("words", ["_Marked as resolved_", "_Re-opened_"])
def test_what_google_docs_writes_of_its_own_is_no_code(words):
    copy = returned(notes=[Note("made me", "Anger"), Note("made me", words)])

    assert [one.meaning.codes for one in copy.comments] == [("Anger",)]
    assert copy.authors == (("Coder 2", 1),)


def test_replies_come_with_their_comment():
    notes = [
        Note("made me", "Anger"),
        Note("made me", "At whom?", by="Supervisor", answers=0),
        Note("made me", "Hers", answers=0),
    ]

    (comment,) = returned(notes=notes).comments

    assert [(one.author, one.words) for one in comment.replies] == [("Supervisor", "At whom?"), ("Coder 2", "Hers")]


def test_highlights_come_back_by_colour_with_examples():
    copy = returned(colours=[("made me", YELLOW), ("out of depth", '<w:shd w:fill="00B0F0"/>'), ("toughen up", YELLOW)])

    assert [(one.colour, TEXT[one.begin : one.end]) for one in copy.highlights] == [
        ("#ffff00", "made me"),
        ("#00b0f0", "out of depth,"),
        ("#ffff00", "toughen up"),
    ]
    assert (
        HighlightColour("#ffff00", 2, ("made me", "toughen up")),
        HighlightColour("#00b0f0", 1, ("out of depth,",)),
    ) == copy.colours


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", TroubleCode.WORD_COPY_DAMAGED),
        (packed({"a.txt": "b"}), TroubleCode.WORD_COPY_KIND),
        (packed({"word/document.xml": " " * (17 * 1024 * 1024)}), TroubleCode.WORD_COPY_LARGE),
        (word_file(Copy("R1: Another session, of other people.\n\nR2: Yes.")), TroubleCode.WORD_COPY_OTHER_TEXT),
        (word_file(Copy("")), TroubleCode.WORD_COPY_OTHER_TEXT),
    ],
)
def test_what_is_no_copy_of_this_text_is_said(data, code):
    with pytest.raises(Trouble) as caught:
        read_returned_copy(data, "a.docx", TEXT)

    assert code is caught.value.code


@given(st.data())
def test_each_passage_of_an_untouched_copy_comes_back_as_it_was_selected(data):
    begin = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(begin + 1, len(TEXT)))
    words = TEXT[begin:end]
    first = TEXT.index(words)
    # Comments begin and end in paragraphs, not between them.
    if "\n" in (words[0], words[-1]) or not words.strip():
        return

    copy = returned(notes=[Note(words, "Anger")])

    assert [snapped(TEXT, first, first + len(words))] == [(one.begin, one.end) for one in copy.comments]


LINES = TEXT.split("\n\n")


@given(st.lists(st.sampled_from([*LINES, "My note.", "R2: I would have felt fine."]), max_size=9), st.integers(0, 8))
def test_whatever_a_coder_does_to_the_text_a_placed_comment_is_on_its_own_words(lines, which):
    text = "\n\n".join(lines)
    if which >= len(lines):
        return
    words = lines[which].split()[-1]
    try:
        copy = returned(text, [Note(words, "Code")])
    except Trouble:
        return

    assert len(copy.comments) + len(copy.not_placed) == 1
    assert all(words in TEXT[one.begin : one.end] for one in copy.comments)


def test_the_text_that_a_copy_is_of_is_found_among_several():
    texts = {
        RecordingId("a"): "R1: Something else.",
        RecordingId("b"): f"{TEXT}\n\nF: Thank you.",
        RecordingId("c"): TEXT,
    }
    copy = read_word_copy(word_file(Copy()))

    assert matching_text(copy, texts)[0] == "c"
    assert matching_text(copy, {RecordingId("a"): texts["a"]}) is None


def test_two_sessions_are_not_taken_for_one_by_the_words_that_all_talk_has():
    folder = Path(__file__).parent.parent / "deidentify" / "held_apart"
    one, other = ((folder / f"{name}.clean.txt").read_text("utf-8") for name in ("leeds", "auckland"))
    turns = "\n\n".join(line for line in one.split("\n") if line.strip())

    assert matching_text(read_word_copy(word_file(Copy(turns))), {RecordingId("a"): other}) is None
