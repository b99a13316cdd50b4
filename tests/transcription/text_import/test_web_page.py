from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from transcript_files import FILES

from balint_desktop.transcription.text_import.web_page import is_web_page, turns_of


def turns(text):
    return [(turn.label, " / ".join(piece.text for piece in turn.pieces)) for turn in turns_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><p>so", True),
        ("\n<html lang='en'>", True),
        ("<?xml version='1.0'?><html>", True),
        ("<?xml version='1.0'?><tt><body>", False),
        ("<v P4>so", False),
        ("P4: <p>so", False),
    ],
)
def test_a_page_is_known_by_how_it_begins(text, expected):
    assert expected is is_web_page(text)


def test_any_page_is_read_in_paragraphs():
    page = "<html><head><style>p {}</style></head><body><p>P4: I\n do.<br>So.</p><div>P2: Well.</div></html>"

    assert turns(page) == [("P4", "I do. So."), ("P2", "Well.")]


def test_what_is_not_seen_is_not_read():
    assert turns("<p>P4: <!-- no -- > <p> --><script>no<b></script>I <!x>do.<template>no</template></p>") == [
        ("P4", "I do.")
    ]


def test_cells_of_a_row_are_label_and_text():
    assert turns("<table><tr><td>P4</td><td>I do.</td></tr></table>") == [("P4", "I do.")]


def test_entities_are_signs_and_none_is_resolved_further():
    assert turns("<p>P4: I &amp; she &bomb; &lt;b&gt; &#257;</p>") == [("P4", "I & she &bomb; <b> ā")]


def test_a_label_that_a_person_gave_holds_for_all_of_the_speakers_turns():
    page = (
        "<p><a name='ts_0_900_S01'>P4: I do.</a></p><p><a name='ts_1000_1900_S00'>S00: So.</a></p>"
        "<p><a name='ts_2000_2900_S01'>Well.</a></p>"
    )

    assert turns(page) == [("P4", "I do."), ("S00", "So."), ("P4", "Well.")]


def test_a_colon_within_what_is_said_makes_no_label():
    page = (
        "<p><a name='ts_0_900_S01'>S01: I do.</a><a name='ts_1000_1900_S01'> So: well.</a></p>"
        "<p><a name='ts_2000_2900_S01'>Then: yes.</a></p>"
    )

    assert turns(page) == [("S01", "I do. / So: well."), ("S01", "Then: yes.")]


def test_a_pause_without_a_speaker_is_left_out_and_words_without_one_are_not():
    page = "<p><a name='ts_0_900_'>(12 seconds pause)</a><a name='ts_900_1200_'>So.</a></p>"

    assert turns(page) == [("", "So.")]


def test_an_end_before_its_beginning_is_the_beginning():
    (turn,) = turns_of("<p><a name='ts_900_100_S01'>So.</a></p>")

    assert (turn.pieces[0].from_ms, turn.pieces[0].until_ms) == (900, 900)


@pytest.mark.parametrize("text", ["<p>so<", "<p>so<!-- ", "<p>so<script>no", "<p>so<a name='ts_1_2_", "<p>so</"])
def test_what_is_left_open_ends_with_the_page(text):
    assert turns(text) == [("", "so")]


@pytest.mark.parametrize("name", ["noscribe.html", "edited.html"])
def test_a_page_that_noscribes_editor_saved_has_the_same_turns(qapp, name):
    # Its editor is Qt's: it writes each anchor empty, and splits the text after it.
    document = QTextDocument()
    document.setHtml(FILES[name].decode())

    assert turns(document.toHtml()) == turns(FILES[name].decode())


@given(st.text("<>/!-a ps'\"=&;ts_12\n", max_size=80))
def test_anything_is_read(text):
    assert all(piece.text for turn in turns_of(f"<p>{text}") for piece in turn.pieces)
