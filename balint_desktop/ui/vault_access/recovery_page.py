"""Show the recovery key once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.text.recovery_key import PREFIX, split_key
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet, small, text


class RecoveryPage(QWidget):
    """The key in numbered blocks. It cannot be selected or copied: it belongs on paper."""

    next_asked = Signal()
    print_asked = Signal()

    def __init__(self, key: str) -> None:
        super().__init__()
        named(self, "recovery-page")
        self.next_button = button(
            tr("I’ve written it down"), "recovery-next", self.next_asked.emit, ButtonKind.PRIMARY, shortcut="Alt+D"
        )
        self.print_button = button(tr("Print…"), "recovery-print", self.print_asked.emit, shortcut="Alt+P")
        self.body = column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addWidget(named(heading(tr("Write down the recovery key")), "recovery-heading"))
        column.addWidget(
            quiet(
                tr(
                    "It opens the vault if you forget the passphrase. It is shown only once and stored nowhere. Write "
                    "it on paper, and keep the paper away from this computer."
                )
            )
        )
        column.addWidget(_key_card(key))
        column.addWidget(flow(self.next_button, self.print_button, learn_more("recovery-key", "recovery-more")))
        column.addWidget(
            named(
                small(
                    tr(
                        "Handwriting leaves no trace. A print can stay in the print queue or in the printer, where "
                        "others could read it."
                    )
                ),
                "recovery-print-warning",
            )
        )
        column.addStretch(1)


def _key_card(key: str) -> Card:
    card = Card("recovery-key")
    card.body.setSpacing(10)
    card.body.addWidget(named(text(PREFIX, "key"), "recovery-prefix"))
    cells = [_cell(number, group) for number, group in enumerate(split_key(key), start=1)]
    card.body.addWidget(flow(*cells, spacing=24))
    return card


def _cell(number: int, group: str) -> QWidget:
    cell = QWidget()
    column = layouts.column(cell, 0)
    column.addWidget(small(str(number)))
    column.addWidget(_unbroken(named(text(group, "key"), f"recovery-group-{number}")))
    return cell


def _unbroken(label: QLabel) -> QLabel:
    label.setWordWrap(False)
    return label
