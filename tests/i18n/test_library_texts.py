"""Texts of files in the user's language: ours are translated, the user's own never."""

from __future__ import annotations

import re

import pytest
from languages.pseudo import pseudo, speak_pseudo

from balint_desktop import i18n, resources
from balint_desktop.domain.evaluation.questionnaires import parse_questionnaire
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.i18n.library_texts import translated_format, translated_questionnaire
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.library.questionnaires import QuestionnaireLibrary

HOUR = resources.text("formats/student-hour.toml")
WRITTEN = resources.text("questionnaires/written-part.toml")
OWN_HOUR = HOUR.replace('language = "en"\n', "").replace('"student-hour"', '"own-hour"')
OWN_WRITTEN = WRITTEN.replace('language = "en"\n', "").replace('"written-part"', '"own-part"')


@pytest.fixture(autouse=True)
def another_language(monkeypatch):
    speak_pseudo(monkeypatch)


def texts(of):
    """Return every text of a format that is shown."""
    phases = [
        text
        for phase in of.phases
        for text in (phase.label, phase.title, phase.sentence, phase.step, phase.step_words, *phase.words)
        if text
    ]
    return [of.name, of.about, of.end_words, *phases]


def test_a_shipped_format_is_shown_in_the_users_language(tmp_path):
    before = parse_format(HOUR)

    assert texts(FormatLibrary(tmp_path, shipped_bank()).load("student-hour")) == [pseudo(t) for t in texts(before)]


def test_a_users_format_is_shown_as_it_was_written_though_its_words_are_ours(tmp_path):
    (tmp_path / "own.toml").write_text(OWN_HOUR, encoding="utf-8")

    assert FormatLibrary(tmp_path, shipped_bank()).load("own-hour") == parse_format(OWN_HOUR)


def test_a_users_questionnaire_is_shown_as_it_was_written(tmp_path):
    (tmp_path / "own.toml").write_text(OWN_WRITTEN, encoding="utf-8")

    assert QuestionnaireLibrary(tmp_path).load("own-part") == parse_questionnaire(OWN_WRITTEN)


def test_what_a_session_stores_is_the_file_as_it_is_shipped(tmp_path):
    assert FormatLibrary(tmp_path, shipped_bank()).text("student-hour") == HOUR
    assert QuestionnaireLibrary(tmp_path).text("written-part") == WRITTEN


def test_a_stored_questionnaire_is_shown_in_the_users_language():
    shown = translated_questionnaire(parse_questionnaire(WRITTEN))

    assert shown.statements[0] == pseudo(parse_questionnaire(WRITTEN).statements[0])
    assert shown.from_words == pseudo("not at all")


def test_a_copy_is_in_the_users_language_and_is_not_translated_again(tmp_path):
    library = FormatLibrary(tmp_path, shipped_bank())
    key = library.copy("student-hour", "Mine")
    copied = library.load(key)

    assert copied.language == i18n.language()
    assert copied.phases[0].title == pseudo(parse_format(HOUR).phases[0].title)
    assert translated_format(copied) == copied
    assert "# The hour of Ng" in library.text(key)


def test_the_banks_name_stays_since_reports_cite_it():
    assert re.fullmatch(r"Balint Desktop prompts \d+", shipped_bank().deck)
