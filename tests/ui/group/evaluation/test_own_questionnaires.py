"""The user's own questionnaires in Settings, with the line and the reason of an error below."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from balint_desktop.library.questionnaires import SHIPPED, QuestionnaireLibrary
from balint_desktop.ui.settings.own_files import QuestionnairesSection


@pytest.fixture
def library(tmp_path):
    return QuestionnaireLibrary(tmp_path / "questionnaires")


@pytest.fixture
def section(library, messages, look_at):
    made = look_at(QuestionnairesSection(library, lambda: None, messages))
    made.refresh()
    return made


def test_a_copy_is_written_refused_with_its_line_and_saved_once_valid(section, library):
    section.findChild(QAbstractButton, f"questionnaire-{SHIPPED}-change").click()
    editor = section.editor
    right = editor.field.toPlainText()
    editor.field.setPlainText(right.replace('from_words = "not at all"\n', ""))
    assert "line 1, “from_words” is missing" in editor.problem.text()
    assert not editor.save_button.isEnabled()
    editor.field.setPlainText(right.replace("I was listened to.", "My silence was let be."))
    editor.save_button.click()
    assert section.editor is None
    assert any("My silence was let be." in one.statements for one in library.usable())


def test_it_says_where_the_core_questions_are_edited(section):
    text = " ".join(label.text() for label in section.findChildren(QLabel))
    assert "Evaluation session" in text
    assert "licence" in text
