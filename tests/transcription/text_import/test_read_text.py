"""Transcripts of other programs: labels and times as the file has them, and no word lost."""

from __future__ import annotations

import pytest
from transcript_files import FILES, TURNS

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription.text_import import read_text
from balint_desktop.transcription.text_import.read_text import MAX_BYTES, MAX_WORDS, parse_text

T = TroubleCode


def turns(text):
    return [
        (turn.label, " ".join(" ".join(piece.text.split()) for piece in turn.pieces), turn.pieces[0].from_ms)
        for turn in text.turns
    ]


def refused(data):
    with pytest.raises(Trouble) as caught:
        parse_text(data, "session 2.txt")
    assert caught.value.details == {"name": "session 2.txt"}
    return caught.value.code


@pytest.mark.parametrize("name", FILES)
def test_the_turns_of_a_file_are_read_as_its_program_wrote_them(name):
    assert TURNS[name] == turns(parse_text(FILES[name], name))


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".docx")])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_is_read_in_every_encoding_of_the_same_text(name, codec):
    text = parse_text(FILES[name], name)
    again = parse_text(FILES[name].decode(_codec(name)).encode(codec), name)

    assert text.turns == again.turns


def _codec(name):
    return {"stamped.txt": "utf-16", "teams.vtt": "utf-8-sig"}.get(name, "utf-8")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems_change_nothing(ending):
    data = FILES["zoom.vtt"]

    assert parse_text(data, "a").turns == parse_text(data.replace(b"\n", ending.encode()), "a").turns


def test_how_a_text_was_decoded_is_said_where_it_was_guessed():
    sure, guessed = parse_text("P4: naïve".encode(), "a"), parse_text("P4: naïve".encode("cp1252"), "a")

    assert (sure.encoding, sure.guessed) == ("UTF-8", False)
    assert (guessed.encoding, guessed.guessed) == ("Windows-1252", True)
    assert sure.turns == guessed.turns


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", T.TEXT_FILE_EMPTY),
        (b" \r\n\t", T.TEXT_FILE_EMPTY),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", T.TEXT_FILE_EMPTY),
        (b"<html><body><p></p></body></html>", T.TEXT_FILE_EMPTY),
        (b"[00:00:03]\n[00:00:04]\n", T.TEXT_FILE_EMPTY),
        (b"%PDF-1.7\n", T.TEXT_FILE_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", T.TEXT_FILE_KIND),
        (b"{\\rtf1\\ansi P4: I do.}", T.TEXT_FILE_KIND),
        (b'{"segments": []}', T.TEXT_FILE_KIND),
        (b'<?xml version="1.0"?><tt><body/></tt>', T.TEXT_FILE_KIND),
        (b"PK\x05\x06" + bytes(18), T.TEXT_FILE_KIND),
        (b"OggS\x00\x02", T.TEXT_FILE_KIND),
        (b"\x00\x01\x02\x03" * 9, T.TEXT_FILE_ENCODING),
        (b"PK\x03\x04" + bytes(60), T.TEXT_FILE_DAMAGED),
        (b" " * (MAX_BYTES + 1), T.TEXT_FILE_LARGE),
        (b"so " * (MAX_WORDS + 1), T.TEXT_FILE_LARGE),
        (b"<html>" + b"<p>" * (4 * MAX_WORDS) + b"so", T.TEXT_FILE_LARGE),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_reason(data, expected):
    assert expected == refused(data)


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "session 2.vtt"
    path.write_bytes(FILES["zoom.vtt"])

    assert parse_text(FILES["zoom.vtt"], "a") == read_text.read_text(path)


def test_what_is_no_file_is_missing(tmp_path):
    for path in (tmp_path, tmp_path / "absent.txt"):
        with pytest.raises(Trouble) as caught:
            read_text.read_text(path)
        assert caught.value.code == T.TEXT_FILE_MISSING


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 8)

    with pytest.raises(Trouble) as caught:
        read_text.read_text(path)
    assert caught.value.code == T.TEXT_FILE_LARGE


def test_a_text_is_read_in_the_encoding_that_a_person_chose():
    found = parse_text("P4: whānau".encode("cp1257"), "hour.txt", "Windows-1257")

    assert (found.turns[0].pieces[0].text, found.encoding, found.guessed) == ("whānau", "Windows-1257", True)
