"""From code to theme: what a theme was called, how far it was and which codes it had, each time that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from balint_desktop.domain.analysis.study import StudyTheme, ThemeState

# A name that is still being typed is one change, and so are codes ticked one after another.
_TOGETHER_S = 600.0


@dataclass(frozen=True, slots=True)
class ThemeStep:
    """A theme as it was from a moment on; `wall` is seconds since 1970."""

    theme: str
    wall: float
    name: str
    state: ThemeState
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """What a step changed: the state and the name where they did, the codes that came and those that went."""

    wall: float
    state: ThemeState | None
    name: str
    came: tuple[str, ...]
    went: tuple[str, ...]


def steps_after(steps: tuple[ThemeStep, ...], themes: Iterable[StudyTheme], wall: float) -> tuple[ThemeStep, ...]:
    """Return the steps with those that themes as they are now add.

    A change within ten minutes of the one before is part of it, unless the state changed: that is never overwritten.
    """
    last = {one.theme: one for one in steps}
    found = list(steps)
    for theme in themes:
        now = ThemeStep(theme.id, wall, theme.name, theme.state, theme.codes)
        before = last.get(theme.id)
        if before is None:
            found.append(now)
        elif (before.name, before.state, before.codes) != (now.name, now.state, now.codes):
            if before.state is now.state and 0 <= wall - before.wall < _TOGETHER_S:
                found[found.index(before)] = ThemeStep(theme.id, before.wall, theme.name, theme.state, theme.codes)
            else:
                found.append(now)
    return tuple(found)


def theme_changes(steps: Iterable[ThemeStep], theme: str) -> tuple[ThemeChange, ...]:
    """Return what changed in one theme, the oldest first. A step that was taken back within ten minutes is none."""
    found: list[ThemeChange] = []
    before: ThemeStep | None = None
    for one in (step for step in steps if step.theme == theme):
        codes = before.codes if before is not None else ()
        change = ThemeChange(
            one.wall,
            one.state if before is None or one.state is not before.state else None,
            one.name if before is None or one.name != before.name else "",
            tuple(code for code in one.codes if code not in codes),
            tuple(code for code in codes if code not in one.codes),
        )
        if change.state is not None or change.name or change.came or change.went:
            found.append(change)
        before = one
    return tuple(found)
