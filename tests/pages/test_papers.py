"""What is printed, in the pseudo-language: every text of a paper comes from a catalogue."""

from __future__ import annotations

import html
import re

import pytest
from accounts import six_weeks_account, six_weeks_group
from languages.pseudo import speak_pseudo
from pages import example_vault
from pages.reading import foreign

from balint_desktop import resources
from balint_desktop.domain.evaluation.questionnaires import parse_questionnaire
from balint_desktop.domain.key_words import key_words
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.study.recording_terms import recording_terms
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n.library_texts import translated_format, translated_questionnaire
from balint_desktop.reports import coreq, methods, reader_key
from balint_desktop.reports.consent_form import form_html
from balint_desktop.sealed.keys import new_identity
from balint_desktop.text.reader_key import key_lines
from balint_desktop.ui.export import floor_card
from balint_desktop.ui.export.hour_card import hour_card
from balint_desktop.ui.group.evaluation.sheet_to_print import sheet_html
from balint_desktop.ui.group.reports.group_report import group_report
from balint_desktop.ui.widgets.dates import day_words

# Of the example, and what is the same in every language.
KEY = new_identity().recipient
NAMES = (
    *key_words(KEY),
    *key_lines(KEY),
    *example_vault.NAMES,
    "Student hour",
    "Balint Desktop prompts 4",
    "Student Health",
    "COREQ",
    "approval",
)
PAPERS = {
    "the group's report": lambda: group_report(six_weeks_account()),
    "the methods paragraph": lambda: methods.paragraph(six_weeks_account(), day_words),
    "the COREQ items": lambda: coreq.as_text(six_weeks_account(), day_words),
    "the consent form": lambda: form_html(Study(), recording_terms(six_weeks_group(), None, None)),
    "the session card": lambda: hour_card(_hour(), "Block B", "Student Health", "16:00"),
    "the card for the floor": lambda: " ".join(words for side in floor_card.sides() for words in side),
    "the sheet of the written part": lambda: sheet_html(_written()),
    "the sheet of the reader key": lambda: reader_key.sheet_html(KEY),
}


def _hour():
    return translated_format(parse_format(resources.text("formats/student-hour.toml")))


def _written():
    return translated_questionnaire(parse_questionnaire(resources.text("questionnaires/written-part.toml")))


@pytest.fixture(autouse=True)
def pseudo(monkeypatch):
    speak_pseudo(monkeypatch)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_text_of_a_paper_is_translated(paper):
    shown = html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", "\n", PAPERS[paper](), flags=re.DOTALL))

    assert foreign(shown, NAMES) == []
