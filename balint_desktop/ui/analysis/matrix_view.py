"""How many passages each theme has by session, by phase, or, once asked for, by person; a cell opens them."""

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
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.text import quiet

# Where counting by person is in the list, once it was asked for.
_PERSON = 2

Cells = Mapping[tuple[str, str], tuple[FoundPassage, ...]]


class MatrixView(QWidget):
    """A table of counts. Enter or a double click on a cell opens its passages.

    By person it counts only after a press that says why this is unusual. It is for the screen alone, and forgotten as
    the page is left; nothing that exports knows of it. Emits `people_asked` then.
    """

    opened = Signal(object, str)
    people_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "themes-matrix")
        self._themes: Sequence[StudyTheme] = ()
        self._rows: list[Sequence[str]] = [(), ()]
        self._cells: list[Cells] = [{}, {}]
        self.by = ChoiceField()
        self.by.addItem(tr("session"), 0)
        self.by.addItem(tr("phase"), 1)
        self.by.currentIndexChanged.connect(lambda _: self._show())
        self.person_button = button(tr("Count by person…"), "matrix-person", self._on_person)
        self.confirm = Confirm("matrix-person")
        self.none = named(quiet(tr("Give your themes codes, and their passages are counted here.")), "matrix-none")
        self.table = _Cells()
        self.table.cellDoubleClicked.connect(self._on_cell)
        self.table.entered_at.connect(self._on_cell)
        column = layouts.column(self, 10)
        column.addWidget(narrow(labelled(tr("Passages of each theme by"), self.by, "matrix-by")))
        self._person_row = flow(self.person_button)
        column.addWidget(self._person_row)
        column.addWidget(narrow(self.confirm))
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
        """Show what was counted; by person no more."""
        self._themes = [one for one in themes if one.codes]
        # Where the phase is not known, a passage is in a row of its own.
        unknown = [""] if any(row == "" for row, _ in by_phase) else []
        self._rows, self._cells = [sessions, [*phases, *unknown]], [by_session, by_phase]
        self.by.blockSignals(True)
        if self.by.count() > _PERSON:
            self.by.removeItem(_PERSON)
        self.by.blockSignals(False)
        self.confirm.dismiss()
        self._show()

    def show_people(self, people: Sequence[str], by_person: Cells) -> None:
        """Show what was counted by person, which was asked for."""
        self._rows, self._cells = [*self._rows[:_PERSON], people], [*self._cells[:_PERSON], by_person]
        if self.by.count() == _PERSON:
            self.by.addItem(tr("person"), _PERSON)
        self.by.setCurrentIndex(_PERSON)
        self.table.setFocus()

    def forget(self) -> None:
        """Drop what was counted."""
        self.show_cells((), (), {}, (), {})

    def _on_person(self) -> None:
        words = tr(
            "Counting by person is unusual: themes describe what a group shares, and a count can single someone out. "
            "It stays on this screen and is in no export."
        )
        self.confirm.ask(words, tr("Count by person"), self.people_asked.emit, self.person_button)

    def _show(self) -> None:
        which = int(self.by.currentData())
        rows, cells = self._rows[which], self._cells[which]
        self.none.setVisible(not self._themes)
        self.table.setVisible(bool(self._themes))
        self._person_row.setVisible(bool(self._themes) and self.by.count() == _PERSON)
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
