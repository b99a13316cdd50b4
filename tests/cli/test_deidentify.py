"""`deidentify check`: the layers over any text file, by code points, without a vault."""

from __future__ import annotations

import json

import pytest

from balint_desktop import i18n
from balint_desktop.cli import main as cli

ROSTER = "code,name,short names,heard as\nP1,Aroha Te Kanawa,Ro;Rory,a row ha\nP2,Zoë Ng,,\n"


@pytest.fixture
def check(tmp_path, capsys):
    def checked(text, *options, roster=ROSTER, code=0):
        """Return what the command prints for a text: what it found, or the sentence of its failure."""
        (tmp_path / "text.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
        (tmp_path / "roster.csv").write_bytes(roster if isinstance(roster, bytes) else roster.encode())
        arguments = ["deidentify", "check", str(tmp_path / "text.txt"), "--roster", str(tmp_path / "roster.csv")]
        assert cli.main([*arguments, *options]) == code
        out, err = capsys.readouterr()
        return err.strip() if code else out

    return checked


@pytest.fixture
def objects(check):
    def found(text, **more):
        return [json.loads(line) for line in check(text, "--json", **more).splitlines()]

    return found


def test_each_place_is_an_object_on_a_line(objects):
    assert objects("I saw Aroha’s notes in room 12B.") == [
        {"from": 6, "until": 11, "layer": "roster", "text": "Aroha", "replacement": "[P1]"},
        {"from": 23, "until": 31, "layer": "pattern", "text": "room 12B", "replacement": "[room]"},
    ]


@pytest.mark.parametrize(
    "data",
    [
        "é Aroha".encode(),
        "é Aroha".encode("utf-8-sig"),
        "é Aroha".encode("utf-16"),
        "é Aroha".encode("utf-16-be"),
        b"\xfe\xff" + "é Aroha".encode("utf-16-be"),
        "é Aroha".encode("utf-32"),
        "é Aroha".encode("cp1252"),
    ],
)
def test_places_are_code_points_of_any_encoding_without_its_mark(objects, data):
    (only,) = objects(data)

    assert (only["from"], only["until"]) == (2, 7)


def test_line_ends_count_as_they_stand_and_signs_beyond_the_first_plane_once(objects):
    (only,) = objects("a\r\n\U0001f600\r\n\rAroha\r\n")

    assert (only["from"], only["until"]) == (7, 12)


def test_hidden_signs_are_escaped_as_json_has_it(objects):
    (only,) = objects("A\u200bro\U000e0041ha")

    assert only["text"] == "A\u200bro\U000e0041ha"


@pytest.mark.parametrize(
    "roster",
    [
        ROSTER,
        ROSTER.encode("utf-16"),
        ROSTER.encode("cp1252"),
        ROSTER.encode("utf-8-sig"),
        ROSTER.replace("\n", "\r\n"),
        ROSTER.replace(",", "\t"),
        "Heard As,CODE,Short names,Name\n,p1,,Aroha Te Kanawa\n\na row ha,P1,Ro;Rory,Aroha Te Kanawa\n,P2,,Zoë Ng\n",
        'code;heard_as;NAME;shortnames\nP1;"a row ha";Aroha Te Kanawa;"Ro;Rory"\nP2;;"Zoë Ng";\n',
        "code,name\nP1,Aroha Te Kanawa\nP1,a row ha\nP1,Rory\nP2,Zoë Ng\n",
    ],
)
def test_a_roster_is_read_in_any_order_encoding_and_separator(objects, roster):
    found = objects("Rory, zoë and Aroha; a row ha", roster=roster)

    assert [one["replacement"] for one in found] == ["[P1]", "[P2]", "[P1]", "[P1]"]


def test_without_json_a_table_names_the_lines(check):
    printed = check("\nI saw\nAroha\nwho was 26\n")

    assert [line.split("  ")[0] for line in printed.splitlines()[1:3]] == ["3", "4"]
    assert "2 places found." in printed
    assert "read the whole text" in printed


def test_where_nothing_is_found_the_table_says_so(check):
    assert "Nothing was found." in check("we sat with her")


def test_nouns_of_a_language_that_writes_them_with_capitals_are_left(check):
    assert "Nothing was found." in check("Ich sah die Frau im Zimmer.", "--language", "de")


def test_without_a_language_the_words_of_the_text_tell_it(check):
    assert "Nothing was found." in check("Ich sah die Frau im Zimmer, und sie war nicht allein.")


def test_the_language_of_the_window_counts_for_nothing(check):
    before = i18n.language()
    i18n.use(["de"])
    try:
        assert "Kilkenny" in check("I was with her in the Kilkenny hills.")
    finally:
        i18n.use([before])


@pytest.mark.parametrize("code", ["en-NZ", "de_CH", "mi", "LB", "gsw"])
def test_a_language_is_given_by_its_code(check, code):
    assert check("we sat with her", "--language", code)


@pytest.mark.parametrize("code", ["xx", "english please", "-"])
def test_what_is_no_language_is_refused(check, code):
    assert "is not a language" in check("we sat with her", f"--language={code}", code=1)


@pytest.mark.parametrize("text", ["", " \n\r\n"])
def test_an_empty_file_is_said_to_be_empty(check, text):
    assert check(text, code=1).endswith("text.txt is empty.")


def test_a_folder_is_said_to_be_one(tmp_path, capsys):
    (tmp_path / "roster.csv").write_text(ROSTER)
    arguments = ["deidentify", "check", str(tmp_path), "--roster", str(tmp_path / "roster.csv")]

    assert cli.main(arguments) == 1
    assert "is a folder. Give a text file." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "roster", "sentence"),
    [
        (b"\x00\x01\x02", ROSTER, "text.txt is not text"),
        ("Aroha", b"\x00\x01", "roster.csv is not text"),
        ("Aroha", "", "no column “code”"),
        ("Aroha", "code\nP1\n", "no column “name”"),
        ("Aroha", "code,name\n", "contains no names"),
        ("Aroha", "code,name\nQ7,Aroha\n", "row 2: “Q7” is not a code"),
        ("Aroha", "code,name\nP7,\n", "row 2: the name is missing"),
        ("Aroha", 'code,name\nP7,"Aroha\n', "not a table"),
    ],
)
def test_bad_input_gets_one_sentence(check, text, roster, sentence):
    said = check(text, roster=roster, code=1)

    assert sentence in said
    assert len(said.splitlines()) == 1


def test_a_missing_file_gets_one_sentence(tmp_path, capsys):
    arguments = ["deidentify", "check", str(tmp_path / "none.txt"), "--roster", str(tmp_path / "none.csv")]

    assert cli.main(arguments) == 1
    assert "none.csv could not be found or read." in capsys.readouterr().err


def test_a_roster_is_asked_for(tmp_path, capsys):
    assert cli.main(["deidentify", "check", str(tmp_path / "text.txt")]) == 2
    assert "--roster" in capsys.readouterr().err
