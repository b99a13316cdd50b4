"""What a theme of a study is called."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.analysis.study import StudyTheme
from balint_desktop.i18n import tr


def theme_name(theme: StudyTheme) -> str:
    """Return the name of a theme, or what stands for it as long as it has none."""
    return theme.name or tr("New theme")


def with_name(theme: StudyTheme) -> StudyTheme:
    """Return a theme as it is shown: under a name."""
    return replace(theme, name=theme_name(theme))
