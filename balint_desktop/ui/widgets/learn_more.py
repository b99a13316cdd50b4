"""Buttons that open Help from where it is needed."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import HELP_ACTION, ButtonKind, button


def learn_more(page: str, identifier: str) -> QPushButton:
    """Return a button that opens a page of Help over the current one; KeyError where there is no such page."""
    from balint_desktop.library.help import help_page  # noqa: PLC0415  not needed before the first paint

    about = tr("Opens Help: {page}").format(page=help_page(page).title)
    made = button(tr("Learn more"), identifier, lambda: _ask(made, page), ButtonKind.QUIET, description=about)
    return made


def help_button(identifier: str) -> QPushButton:
    """Return a quiet button that does what the key for Help does: opens the page on the current place."""
    key = QKeySequence(QKeySequence.StandardKey.HelpContents).toString(QKeySequence.SequenceFormat.NativeText)
    made = button(tr("Help"), identifier, lambda: _ask(made, None), ButtonKind.QUIET)
    made.setToolTip(key)
    return made


def _ask(of: QPushButton, page: str | None) -> None:
    action = of.window().findChild(QAction, HELP_ACTION)
    if action is not None:
        action.setData(page)
        action.trigger()
