"""Fixtures for tests of every page: the theme, and English again afterwards."""

from __future__ import annotations

import pytest
from window_fixtures import theme

from balint_desktop import i18n
from balint_desktop.ui.theme.theme import Appearance

__all__ = ["theme"]


@pytest.fixture(autouse=True)
def as_it_was(qapp, theme):
    """Put the look and the language back: a walk builds themes of its own over the same application."""
    yield
    i18n.use(("en",))
    theme.set_dimmed(True)
    theme.set_dimmed(False)
    theme.choose(Appearance.LIGHT)
