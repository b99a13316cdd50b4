"""Grid of answers: codes down, purposes across, moved through with the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from balint_desktop.domain.study.consent import Cell, Consent, Purpose
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.text.consents import purpose_name
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.widgets.naming import named

PURPOSES = tuple(Purpose)
_MAX_TALL = 460
_MAX_LINES = 24


class ConsentGrid(QTableWidget):
    """Read-only grid. `walked` is emitted when a cell is selected by key or mouse, `enter_asked` on Enter.

    Nothing is selected initially: the selection is the target of the next entry.
    """

    current_changed = Signal(str, str)
    enter_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(0, len(PURPOSES))
        named(self, "consents-grid", spoken=tr("Answers by code and purpose"))
        self.codes: tuple[ParticipantCode, ...] = ()
        self._fills = False
        self.setHorizontalHeaderLabels([purpose_name(purpose) for purpose in PURPOSES])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(60)
        self.verticalHeader().setHighlightSections(False)
        self.itemSelectionChanged.connect(self._on_selected)

    def show_answers(self, codes: Sequence[ParticipantCode], known: Mapping[Cell, Consent]) -> None:
        """Show the current answers; the current cell stays."""
        at = (self.currentRow(), self.currentColumn())
        self._fills = True
        self.codes = tuple(codes)
        self.setRowCount(len(self.codes))
        self.setVerticalHeaderLabels(list(self.codes))
        for row, code in enumerate(self.codes):
            for column, purpose in enumerate(PURPOSES):
                self.setItem(row, column, _item(code, purpose, known.get((code, purpose))))
        self._fit()
        if self.codes:
            self._make_current(min(max(0, at[0]), len(self.codes) - 1), max(0, at[1]))
        self._fills = False

    def show_choice(self, codes: Sequence[ParticipantCode], purposes: Sequence[Purpose]) -> None:
        """Select the chosen cell, or none."""
        self._fills = True
        self.clearSelection()
        if len(codes) == len(purposes) == 1 and codes[0] in self.codes:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.setCurrentCell(self.codes.index(codes[0]), PURPOSES.index(purposes[0]), flag)
        self._fills = False

    def words_at(self, code: str, purpose: Purpose) -> str:
        """Return a cell's text."""
        cell = self.item(self.codes.index(ParticipantCode(code)), PURPOSES.index(purpose))
        return cell.text() if cell is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            row, column = self.currentRow(), self.currentColumn()
            if 0 <= row < len(self.codes) and column >= 0:
                self.enter_asked.emit(self.codes[row], PURPOSES[column].value)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width out if all columns fit; otherwise give each column its width and scroll sideways."""
        header = self.horizontalHeader()
        needed = [max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(len(PURPOSES))]
        fits = sum(needed) <= self.viewport().width()
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Fixed
        header.setSectionResizeMode(mode)
        if not fits:
            for at, width in enumerate(needed):
                header.resizeSection(at, width)
        self.resizeRowsToContents()
        tall = header.sizeHint().height() + self.verticalHeader().length() + 4
        tall += 0 if fits else self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(min(tall, max(_MAX_TALL, self.fontMetrics().lineSpacing() * _MAX_LINES)))

    def _make_current(self, row: int, column: int) -> None:
        """Make a cell current without selecting it."""
        self.setCurrentCell(row, column, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_selected(self) -> None:
        found = self.selectedIndexes()
        if not self._fills and found and 0 <= found[0].row() < len(self.codes):
            self.current_changed.emit(self.codes[found[0].row()], PURPOSES[found[0].column()].value)


def _item(code: ParticipantCode, purpose: Purpose, row: Consent | None) -> QTableWidgetItem:
    item = QTableWidgetItem(wording.cell_words(row))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, wording.cell_description(code, purpose, row))
    return item
