"""First page: try it, set up a vault, or restore a backup."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import help_button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet, subheading, text


class ChoicePage(QWidget):
    """Cards side by side, one for each way to start."""

    try_asked = Signal()
    set_up_asked = Signal()
    restore_asked = Signal()
    another_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "choice-page")
        column = QVBoxLayout(self)
        column.setSpacing(18)
        column.addWidget(
            named(heading(tr("Balint Desktop keeps the time, so you can stay with the group.")), "choice-heading")
        )
        column.addWidget(
            quiet(
                tr(
                    "An aid for leading Balint groups. It replaces neither training nor supervision. Everything stays "
                    "on this computer; the app never uses a network."
                )
            )
        )
        cards = QHBoxLayout()
        cards.setSpacing(18)
        self.try_button = button(
            tr("Try it now"), "try-it-now", self.try_asked.emit, ButtonKind.PRIMARY, shortcut="Alt+T"
        )
        self.set_up_button = button(tr("Set up"), "set-up", self.set_up_asked.emit, shortcut="Alt+S")
        cards.addWidget(
            _card(
                "try-card",
                tr("Try it now"),
                tr("Clock and prompts only. No microphone, and nothing is saved."),
                self.try_button,
            )
        )
        cards.addWidget(
            _card(
                "set-up-card",
                tr("Set up"),
                tr(
                    "Create an encrypted vault for your groups, log and recordings. It takes about five minutes; have "
                    "pen and paper ready."
                ),
                self.set_up_button,
            )
        )
        column.addLayout(cards)
        self.restore_button = button(
            tr("Restore a backup"), "restore-backup", self.restore_asked.emit, ButtonKind.QUIET, shortcut="Alt+R"
        )
        self.unfinished = named(
            text(
                tr(
                    "Set-up was not finished, so there is no vault yet. If you wrote down or printed a recovery key, "
                    "destroy that paper: the key opens nothing, and setting up again shows a new one."
                )
            ),
            "choice-unfinished",
        )
        column.insertWidget(column.count() - 1, self.unfinished)
        self.unfinished.hide()
        self.help_button = help_button("choice-help")
        self.another_button = button(
            tr("Another vault…"), "choice-another", self.another_asked.emit, ButtonKind.QUIET, shortcut="Alt+A"
        )
        self.folder = named(quiet(""), "choice-folder")
        self.folder.hide()
        column.addWidget(self.folder)
        column.addWidget(flow(self.restore_button, self.another_button, self.help_button, spacing=24))
        column.addStretch(1)

    def show_folder(self, folder: str) -> None:
        """Say where a vault would be created."""
        self.folder.setText(tr("The new vault will be in {folder}.").format(folder=folder))
        self.folder.show()

    def show_unfinished(self) -> None:
        """Say that an earlier set-up was not finished, and that its recovery key is void."""
        self.unfinished.show()


def _card(identifier: str, title: str, words: str, press: QWidget) -> Card:
    card = Card(identifier)
    card.body.setContentsMargins(22, 18, 22, 18)
    card.body.setSpacing(10)
    card.body.addWidget(subheading(title))
    card.body.addWidget(text(words))
    card.body.addStretch(1)
    card.body.addWidget(press)
    return card
