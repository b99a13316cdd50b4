"""Whether prompts are shown after the opening: chosen once, stored, and forgiving of what is stored."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.room.prompts_setting import PromptsSetting, PromptsSettingDeps, PromptsShown, prompts_shown


class Store:
    def __init__(self):
        self.shown = PromptsShown.ON_REQUEST
        self.broken = False

    def read(self):
        return self.shown

    def save(self, shown):
        if self.broken:
            raise Trouble(TroubleCode.DISK_FULL)
        self.shown = shown


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def setting(store, messages, look_at, theme):
    made = PromptsSetting(PromptsSettingDeps(store.read, store.save), messages)
    look_at(made)
    made.refresh()
    return made


def chosen(setting):
    return [shown for shown, made in setting.choices.items() if made.isChecked()]


def test_the_stored_choice_is_shown_and_another_one_stored(setting, store):
    assert chosen(setting) == [PromptsShown.ON_REQUEST]
    setting.choices[PromptsShown.NEVER].click()
    assert (store.shown, chosen(setting)) == (PromptsShown.NEVER, [PromptsShown.NEVER])


def test_showing_the_stored_choice_stores_nothing(setting, store):
    store.broken = True
    store.shown = PromptsShown.ALWAYS
    setting.refresh()
    assert chosen(setting) == [PromptsShown.ALWAYS]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [(None, PromptsShown.ALWAYS), ("", PromptsShown.ALWAYS), ("?", PromptsShown.ALWAYS), ("never", PromptsShown.NEVER)],
)
def test_what_is_not_known_shows_the_prompts(stored, shown):
    assert prompts_shown(stored) is shown
