from __future__ import annotations

import pytest

from balint_desktop.transcription.text_import.labels import Labels, is_like_label, split_label


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("P4: I do.", ("P4", "I do.")),
        ("Group Leader : Welcome.", ("Group Leader", "Welcome.")),
        ("P4\tI do.", ("P4", "I do.")),
        ("P4： I do.", ("P4", "I do.")),
        ("Dr. K: so: no", ("Dr. K", "so: no")),
        ("P4:", ("P4", "")),
    ],
)
def test_what_stands_before_a_colon_may_be_a_label(line, expected):
    assert expected == split_label(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "I do.",
        "10:30 we met",
        "https://example.org",
        "and then she said: no",
        "Is it so? Yes: it is",
        "one two three four five: six",
        "x" * 41 + ": so",
        ": so",
    ],
)
def test_what_is_no_label_is_text(line):
    assert split_label(line) is None


@pytest.mark.parametrize(
    "label", ["P4", "S01", "F", "Speaker 1", "SPEAKER_02", "Unknown Speaker", "facilitator", "Sprecherin 2"]
)
def test_codes_and_roles_are_labels_where_they_come_once(label):
    assert label in Labels([label], 100)


@pytest.mark.parametrize("label", ["Note", "So", "OK", "we", "she said"])
def test_another_word_that_comes_once_is_none(label):
    assert label not in Labels([label], 100)


def test_what_comes_twice_is_a_label():
    assert "she said" in Labels(["she said", "she said"], 100)


def test_names_are_labels_where_half_of_the_lines_have_one():
    assert "Kiri Example" in Labels(["Kiri Example", "Ari"], 4)
    assert "Kiri Example" not in Labels(["Kiri Example", "Ari"], 5)
    assert "kiri" not in Labels(["kiri", "Ari"], 4)


@pytest.mark.parametrize("label", [4, None, "", "12", "a" * 41])
def test_what_has_not_the_form_of_one_is_none(label):
    assert label not in Labels([label] * 3, 3)


def test_a_label_has_a_letter():
    assert [is_like_label(text) for text in ("P 4", "4")] == [True, False]
