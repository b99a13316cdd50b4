"""The bar above a table: filter field, row count, columns menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import Table
from balint_desktop.ui.widgets.text import quiet

# Key presses closer together than this filter once.
_PAUSE_MS = 60


class TableBar(QWidget):
    """The line above one table."""

    def __init__(self, table: Table, hint: str = "") -> None:
        super().__init__()
        self._table = table
        identifier = table.objectName()
        self.field = named(QLineEdit(), f"{identifier}-filter", spoken=hint or tr("Filter"))
        self.field.setPlaceholderText(hint or tr("Filter"))
        self.field.setClearButtonEnabled(True)
        self.count = named(quiet(""), f"{identifier}-count")
        self.count.setWordWrap(False)
        self.columns_button = button(
            tr("Columns…"),
            f"{identifier}-columns",
            self.show_menu,
            ButtonKind.QUIET,
            description=tr("Choose, arrange and sort the columns"),
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: table.filter(self.field.text()))
        self.field.textChanged.connect(lambda _: self._pause.start())
        table.arranged.connect(self._show_count)
        row = layouts.row(self, 14)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addWidget(self.columns_button)
        self._show_count()

    def show_menu(self) -> None:
        """Show the columns' menu under its button."""
        corner = self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height()))
        self._table.menu().popup(corner)

    def _show_count(self) -> None:
        count = self._table.rows.rowCount()
        self.count.setText(tr_n("{n} row", "{n} rows", count).format(n=count))
