"""How many passages each theme has by session, or by phase; a cell opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from balint_desktop.domain.analysis.retrieval import FoundPassage
from balint_desktop.domain.analysis.study import StudyTheme
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.text import quiet

Cells = Mapping[tuple[str, str], tuple[FoundPassage, ...]]


class MatrixView(QWidget):
    """A table of counts. Enter or a double click on a cell opens its passages."""

    opened = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "themes-matrix")
        self._themes: Sequence[StudyTheme] = ()
        self._rows: tuple[Sequence[str], Sequence[str]] = ((), ())
        self._cells: tuple[Cells, Cells] = ({}, {})
        self.by = ChoiceField()
        self.by.addItem(tr("session"), 0)
        self.by.addItem(tr("phase"), 1)
        self.by.currentIndexChanged.connect(lambda _: self._show())
        self.none = named(quiet(tr("Give your themes codes, and their passages are counted here.")), "matrix-none")
        self.table = _Cells()
        self.table.cellDoubleClicked.connect(self._on_cell)
        self.table.entered_at.connect(self._on_cell)
        column = layouts.column(self, 10)
        column.addWidget(narrow(labelled(tr("Passages of each theme by"), self.by, "matrix-by")))
        column.addWidget(self.none)
        column.addWidget(self.table)
        column.addStretch(1)

    def show_cells(
        self,
        themes: Sequence[StudyTheme],
        sessions: Sequence[str],
        by_session: Cells,
        phases: Sequence[str],
        by_phase: Cells,
    ) -> None:
        """Show what was counted."""
        self._themes = [one for one in themes if one.codes]
        # Where the phase is not known, a passage is in a row of its own.
        unknown = [""] if any(row == "" for row, _ in by_phase) else []
        self._rows, self._cells = (sessions, [*phases, *unknown]), (by_session, by_phase)
        self._show()

    def forget(self) -> None:
        """Drop what was counted."""
        self.show_cells((), (), {}, (), {})

    def _show(self) -> None:
        which = int(self.by.currentData())
        rows, cells = self._rows[which], self._cells[which]
        self.none.setVisible(not self._themes)
        self.table.setVisible(bool(self._themes))
        self.table.clear()
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(len(self._themes))
        self.table.setHorizontalHeaderLabels([one.name for one in self._themes])
        self.table.setVerticalHeaderLabels([row or tr("phase not known") for row in rows])
        for at, row in enumerate(rows):
            for column, theme in enumerate(self._themes):
                count = len(cells.get((row, theme.id), ()))
                item = QTableWidgetItem(str(count) if count else "–")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, self._about(row, theme, count))
                if not count:
                    item.setForeground(QColor(colours_now().quiet_ink))
                self.table.setItem(at, column, item)
        self.table.fit()

    @staticmethod
    def _about(row: str, theme: StudyTheme, count: int) -> str:
        words = tr_n("{theme}, {row}: {n} passage", "{theme}, {row}: {n} passages", count)
        return words.format(theme=theme.name, row=row or tr("phase not known"), n=count)

    def _on_cell(self, row: int, column: int) -> None:
        which = int(self.by.currentData())
        rows, cells = self._rows[which], self._cells[which]
        if 0 <= row < len(rows) and 0 <= column < len(self._themes):
            theme = self._themes[column]
            found = cells.get((rows[row], theme.id), ())
            about = tr("{theme}, {row}").format(theme=theme.name, row=rows[row] or tr("phase not known"))
            self.opened.emit(found, about)


class _Cells(QTableWidget):
    """The table: as tall as its rows; Enter opens a cell."""

    entered_at = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        named(self, "matrix-table", spoken=tr("Passages by theme"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.entered_at.emit(self.currentRow(), self.currentColumn())
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()

    def fit(self) -> None:
        """Make the table as tall as its rows."""
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + bar + 2 * self.frameWidth())
