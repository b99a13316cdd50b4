"""All situations can be read before and after a session, with every line and how it is meant."""

from __future__ import annotations

import accessible
import pytest
from PySide6.QtWidgets import QLabel

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.library.formats import shipped_bank
from balint_desktop.ui.room.situations_list import SituationsFold, SituationsList

BANK = shipped_bank()


def lines(listed):
    return {label.objectName().removeprefix("situation-line-"): label.text() for label in listed.findChildren(QLabel)}


@pytest.mark.parametrize("themes", [True, False])
def test_every_situation_has_all_its_lines(theme, look_at, themes):
    listed = SituationsList(BANK, themes=themes)
    look_at(listed)
    situations = [one for one in BANK.situations if themes or not one.theme]
    expected = {p.id for one in situations for p in BANK.situation_prompts(one.key) if themes or not p.theme}

    assert {name for name in lines(listed) if name in {p.id for p in BANK.prompts}} == expected
    assert accessible.nameless(listed) == []


def test_a_line_says_whether_it_is_to_be_said(theme, look_at):
    listed = SituationsList(BANK, themes=False)
    look_at(listed)

    assert lines(listed)["ADV1"] == "Say: I notice we’re moving to solutions."
    assert lines(listed)["SIL1"].startswith("For you: ")


def test_a_button_shows_the_list_and_hides_it_again_without_the_findings_in_research(theme, look_at):
    fold = SituationsFold(Group(GroupId("g"), "Block B", for_research=True))
    look_at(fold)
    assert fold.listed is None
    fold.button.click()
    assert "HIE4" not in lines(fold)
    assert "RAC1" in lines(fold)
    fold.button.click()
    assert fold.listed.isHidden()
    assert fold.button.text() == "All situations"
