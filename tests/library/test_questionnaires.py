"""Questionnaires: the shipped one, and the user's own as files, refused with line and reason."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.library.questionnaires import SHIPPED, QuestionnaireLibrary


@pytest.fixture
def library(tmp_path):
    return QuestionnaireLibrary(tmp_path / "questionnaires")


def test_one_comes_with_the_app_and_cannot_be_changed(library):
    (line,) = library.lines()
    assert (line.key, line.own, line.problem) == (SHIPPED, False, "")
    with pytest.raises(Trouble) as raised:
        library.save(SHIPPED, library.text(SHIPPED))
    assert raised.value.code is TroubleCode.EXPORT_EXISTS


def test_a_copy_belongs_to_the_user_and_is_listed_beside_the_original(library):
    key = library.copy(SHIPPED)
    text = library.text(key).replace("I felt safe to speak.", "The room was quiet.")
    library.save(key, text)
    assert library.load(key).statements[0] == "The room was quiet."
    assert library.load(SHIPPED).statements[0] == "I felt safe to speak."


def test_an_error_is_reported_with_its_line_and_the_others_are_listed(library):
    key = library.copy(SHIPPED)
    result = library.check(key, library.text(key) + '\n[[line]]\ntext = "a third"\n')
    assert "questionnaire" in result
    assert "at most 2" in result
    (library.folder / "broken.toml").write_bytes(b'key = "x"\nname = "\xff"\n')
    assert any("line 2" in line.problem and "UTF-8" in line.problem for line in library.lines())
    assert [one.key for one in library.usable()] == [SHIPPED, key]


def test_a_missing_questionnaire_is_reported(library):
    with pytest.raises(Trouble) as raised:
        library.load("nothing")
    assert raised.value.code is TroubleCode.QUESTIONNAIRE_MISSING
