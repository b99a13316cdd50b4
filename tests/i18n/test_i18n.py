"""Which language is spoken."""

from __future__ import annotations

import pytest

from balint_desktop import i18n


@pytest.fixture(autouse=True)
def english_again():
    yield
    i18n.use(("en",))


@pytest.mark.parametrize(
    ("expected", "wanted"),
    [
        ("de", ["de"]),
        ("de", ["de-CH", "en"]),
        ("de", ["de_AT.UTF-8"]),
        ("de", ["de_DE@euro"]),
        ("de", ["xx", "de-Latn-DE", "en-GB"]),
        ("en", ["en-GB", "de-DE"]),
        ("en", ["xx-YY"]),
        ("en", ["C"]),
        ("en", []),
    ],
)
def test_the_first_language_that_the_app_speaks_is_used(expected, wanted):
    assert i18n.use(wanted) == expected
    assert i18n.language() == expected


def test_german_is_spoken_in_a_fresh_checkout():
    i18n.use(("de",))

    assert i18n.tr("Settings") == "Einstellungen"


def test_a_chosen_language_is_read_from_the_windows_preferences(tmp_path):
    (tmp_path / "window.json").write_text('{"language": "de"}')

    assert i18n.chosen_language(tmp_path / "window.json") == "de"


@pytest.mark.parametrize("text", ["", "[]", '{"language": 3}', '"x"', "{" * 9, "[" * 100_000])
def test_a_damaged_file_chooses_no_language(tmp_path, text):
    (tmp_path / "window.json").write_text(text)

    assert i18n.chosen_language(tmp_path / "window.json") == ""


def test_without_a_file_no_language_is_chosen(tmp_path):
    assert i18n.chosen_language(tmp_path / "window.json") == ""
