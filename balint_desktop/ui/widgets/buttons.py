"""Buttons: plain, primary, quiet, large, chip."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy

from balint_desktop.ui.widgets.key_names import key_name
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.press_once import PressOnceButton

_ESCAPE, _BY_ESCAPE = "escape", "pressed-by-escape"
HELP_ACTION = "help-action"
"""The window's action that opens Help. Its data is the page asked for, None for that of the current place."""


class ButtonKind(StrEnum):
    """A button's visual weight."""

    PLAIN = "plain"  # outlined
    PRIMARY = "primary"  # filled: the primary action
    LARGE = "large"  # outlined, a little larger: the next step before its time
    QUIET = "quiet"  # text alone
    CHIP = "chip"  # a pill that is on or off
    PLACE = "place"  # a row of the navigation


class EscapeRole(StrEnum):
    """What Escape does by pressing a button. A button without a role is never pressed by it."""

    CANCEL = "cancel"  # closes a form, a panel or a question
    LEAVE = "leave"  # goes back from a page


def button(
    words: str,
    identifier: str,
    pressed: Callable[[], object] | None = None,
    kind: ButtonKind = ButtonKind.PLAIN,
    *,
    shortcut: str = "",
    description: str = "",
    escape: EscapeRole | None = None,
    repeats: bool = False,
) -> QPushButton:
    """Return a button that calls pressed. The shortcut is shown in its tool tip; single letters are rejected.

    Escape presses the innermost button with a role (`ui/widgets/enter_escape.py`), so "Esc" is no shortcut of any.
    A double press counts once, unless it `repeats`.
    """
    made = named(PressOnceButton(words, repeats=repeats), identifier, description=description)
    made.setProperty("kind", kind.value)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if escape is not None:
        set_escape_role(made, escape)
        made.setToolTip(key_name("Esc"))
    if shortcut:
        add_shortcut(made, shortcut)
    if pressed is not None:
        made.clicked.connect(lambda: pressed())  # noqa: PLW0108  Qt would pass `checked`
    return made


def escape_role(of: QAbstractButton) -> EscapeRole | None:
    """Return what Escape does by pressing a button, None where it leaves the button alone."""
    role = of.property(_ESCAPE)
    return EscapeRole(role) if role else None


def set_escape_role(of: QAbstractButton, role: EscapeRole | None) -> None:
    """Change what Escape does by pressing a button, as where it closes something only while that is open."""
    of.setProperty(_ESCAPE, role.value if role is not None else None)


def press_by_escape(of: QAbstractButton) -> None:
    """Press a button for Escape."""
    of.setProperty(_BY_ESCAPE, True)
    try:
        of.click()
    finally:
        of.setProperty(_BY_ESCAPE, None)


def is_by_escape(of: QAbstractButton) -> bool:
    """Return whether Escape presses the button at the moment: a slip of the key, which should lose nothing."""
    return bool(of.property(_BY_ESCAPE))


def add_shortcut(to: QPushButton, shortcut: str) -> None:
    """Add a shortcut to the button. A key without Ctrl or Alt must be a function key."""
    sequence = QKeySequence(shortcut)
    if sequence.count() != 1 or len(shortcut) == 1 or sequence == QKeySequence(Qt.Key.Key_Escape):
        raise ValueError(f"{shortcut!r} is not a shortcut we use: Ctrl, Alt or a function key; Escape is a role")
    to.setShortcut(sequence)
    to.setToolTip(key_name(shortcut))


def set_words(of: QPushButton, words: str) -> None:
    """Set a button's text; Qt would drop its shortcut with the old text."""
    sequence = of.shortcut()
    of.setText(words)
    of.setShortcut(sequence)


def chip(words: str, identifier: str, toggled: Callable[[bool], None] | None = None) -> QPushButton:
    """Return a pill that is on or off."""
    made = button(words, identifier, kind=ButtonKind.CHIP)
    made.setCheckable(True)
    if toggled is not None:
        made.toggled.connect(toggled)
    return made


def when_chosen(of: QAbstractButton, call: Callable[[bool], None]) -> None:
    """Call when the user toggles a button: with the mouse, a key, or a screen reader.

    A screen reader toggles without emitting `clicked`. Use `show_on` for changes by the program.
    """
    subscribe(of, of.toggled, call)


def show_on(of: QAbstractButton, on: bool) -> None:
    """Show a button as on or off without reporting a choice."""
    with QSignalBlocker(of):
        of.setChecked(on)


def set_kind(of: QPushButton, kind: ButtonKind) -> None:
    """Change a button's visual weight; its size stays, so that nothing moves."""
    if of.property("kind") != kind.value:
        of.setProperty("kind", kind.value)
        repolish(of)


def repolish(widget: QPushButton) -> None:
    """Re-evaluate the style sheet for the widget's properties."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
