"""A key is named as its user reads it on the keyboard, in the user's language."""

from __future__ import annotations

import pytest

from balint_desktop import i18n
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.key_names import key_name


@pytest.fixture(autouse=True)
def in_english():
    i18n.use(("en",))
    yield
    i18n.use(("en",))


@pytest.mark.parametrize(
    ("key", "english", "german"),
    [
        ("Ctrl+Return", "Ctrl+Enter", "Strg+Eingabe"),
        ("Ctrl+Backspace", "Ctrl+Backspace", "Strg+Rücktaste"),
        ("Ctrl+-", "Ctrl+−", "Strg+−"),
        ("Ctrl++", "Ctrl++", "Strg++"),
        ("Ctrl+Shift+J", "Ctrl+Shift+J", "Strg+Umschalt+J"),
        ("Ctrl+PgUp", "Ctrl+Page\u00a0Up", "Strg+Bild\u00a0auf"),
        ("F2", "F2", "F2"),
    ],
)
def test_a_key_has_one_name(key, english, german):
    assert english == key_name(key)
    i18n.use(("de",))

    assert german == key_name(key)


def test_a_tool_tip_names_the_key_as_the_lists_do(qapp):
    assert button("Next", "next", shortcut="Ctrl+Return").toolTip() == "Ctrl+Enter"
