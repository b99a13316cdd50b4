"""The codes as a tree, each with its letter, how many passages it has and its key; found by typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.folding import plain
from balint_desktop.i18n import tr, tr_in, tr_n
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.naming import named

_GUID = Qt.ItemDataRole.UserRole
_NAME, _COUNT, _DIGIT = range(3)
# The size of a heading, of that of the text.
_HEADING = 0.87
_Spoken = Qt.ItemDataRole.AccessibleTextRole


class CodesTree(QTreeWidget):
    """A view of the sitting's codes. Enter on a code, or a double click, gives it to what is selected."""

    code_opened = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, sitting: CodingSitting) -> None:
        super().__init__()
        named(self, "code-tree", spoken=tr_in("analysis", "Codes"))
        self._sitting = sitting
        self._book: Codebook | None = None
        self._items: dict[str, QTreeWidgetItem] = {}
        self._counted: dict[str, tuple[int, str]] = {}
        self._fitted = (-1, -1)
        self._words = ""
        self.setColumnCount(3)
        self.setIndentation(self.fontMetrics().averageCharWidth() * 2)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(8)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_COUNT, _DIGIT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self.itemDoubleClicked.connect(lambda item, _column: self.code_opened.emit(item.data(_NAME, _GUID)))

    def _name_columns(self) -> None:
        """Head the columns: a screen reader says the heading before what is in a row."""
        self.setHeaderLabels([tr_in("analysis", "Code"), tr("Passages"), tr_in("keyboard", "Key")])
        head = self.headerItem()
        head.setToolTip(_COUNT, tr("How many passages have the code, in all texts"))
        head.setToolTip(_DIGIT, tr("What to press in the text to give the code"))
        for column in (_COUNT, _DIGIT):
            head.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # The names of codes need the room.
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _HEADING)
        for column in range(self.columnCount()):
            head.setFont(column, font)

    def show_codes(self) -> None:
        """Show the codes as they are: built anew where the book has changed, counted anew otherwise."""
        if self._sitting.book is not self._book:
            self._book = self._sitting.book
            self._build(self.chosen())
        self._count()

    def show_matching(self, words: str) -> None:
        """Show the codes whose name or definition has these words, and what they are under."""
        self._words = plain(words)
        wanted = self._words.split()
        shown: set[str] = set()
        for code in self._sitting.book.codes:
            if all(word in plain(f"{code.name} {code.definition}") for word in wanted):
                above: str | None = code.guid
                while above is not None and above not in shown:
                    shown.add(above)
                    above = self._sitting.book.code(above).parent
        for guid, item in self._items.items():
            item.setHidden(guid not in shown)

    def chosen(self) -> str:
        """Return the current code, empty without one."""
        item = self.currentItem()
        return str(item.data(_NAME, _GUID)) if item is not None else ""

    def choose(self, code: str) -> None:
        """Make a code the current one. It is the page that chooses: no signal says so to it."""
        item = self._items.get(code)
        if item is not None and item is not self.currentItem():
            was = self.blockSignals(True)
            self.setCurrentItem(item)
            self.blockSignals(was)

    def _build(self, chosen: str) -> None:
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        self._counted.clear()
        self._fitted = (-1, -1)
        quiet = QColor(colours_now().quiet_ink)
        self._name_columns()
        # Without codes under others, their names have the room of the arrows.
        self.setRootIsDecorated(any(code.parent is not None for code in self._sitting.book.codes))
        for _, code in self._sitting.book.nested():
            item = QTreeWidgetItem()
            item.setData(_NAME, _GUID, code.guid)
            item.setText(_NAME, f"{self._sitting.letter(code.guid)}  {code.name}")
            item.setToolTip(_NAME, code.name)
            item.setIcon(_NAME, self._swatch(code))
            for column in (_COUNT, _DIGIT):
                item.setForeground(column, quiet)
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[code.guid] = item
            above = self._items.get(code.parent or "")
            if above is None:
                self.addTopLevelItem(item)
            else:
                above.addChild(item)
        self.expandAll()
        self.blockSignals(False)
        self.show_matching(self._words)
        if chosen in self._items:
            self.setCurrentItem(self._items[chosen])

    def _count(self) -> None:
        """Write counts and digits where they have changed."""
        digits = {code: str(at) for at, code in enumerate(self._sitting.recent, start=1)}
        for guid, item in self._items.items():
            now = count, digit = self._sitting.count(guid), digits.get(guid, "")
            before = self._counted.get(guid)
            if now == before:
                continue
            self._counted[guid] = now
            if before is None or before[0] != count:
                item.setText(_COUNT, str(count) if count else "")
                passages = tr_n("{n} passage", "{n} passages", count).format(n=count)
                item.setToolTip(_COUNT, passages)
                item.setData(_COUNT, _Spoken, passages)
                item.setData(_NAME, _Spoken, self._spoken(self._sitting.book.code(guid), count))
            if before is None or before[1] != digit:
                press = tr("Press {digit} in the text to give this code").format(digit=digit)
                item.setText(_DIGIT, digit)
                item.setToolTip(_DIGIT, press if digit else "")
                item.setData(_DIGIT, _Spoken, press if digit else tr("no key"))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give counts and digits the width of the longest or their heading: Qt would measure every row at each step."""
        most = max((count for count, _ in self._counted.values()), default=0)
        lengths = len(str(most)) if most else 0, max((len(digit) for _, digit in self._counted.values()), default=0)
        if lengths == self._fitted or not self._items:
            return
        self._fitted = lengths
        metrics, item = self.fontMetrics(), next(iter(self._items.values()))
        widest = max(metrics.horizontalAdvance(digit) for digit in "0123456789")
        for column, length in zip((_COUNT, _DIGIT), lengths, strict=True):
            around = self.sizeHintForIndex(self.indexFromItem(item, column)).width()
            around -= metrics.horizontalAdvance(item.text(column))
            self.setColumnWidth(column, max(around + length * widest, self.header().sectionSizeHint(column)))

    @staticmethod
    def _spoken(code: Code, count: int) -> str:
        words = tr_n("{code}, {n} passage", "{code}, {n} passages", count).format(code=code.name, n=count)
        return tr("{code}, retired").format(code=words) if code.is_retired else words

    def _swatch(self, code: Code) -> QIcon:
        size = round(self.fontMetrics().height() * 0.7)
        made = QPixmap(QSize(size, size))
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setPen(QColor(colours_now().edge))
        if not code.is_retired:
            painter.setBrush(QColor(code.colour))
        painter.drawRect(1, 1, size - 3, size - 3)
        if code.is_retired:
            painter.drawLine(1, size - 2, size - 2, 1)
        painter.end()
        return QIcon(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen():
            self.code_opened.emit(self.chosen())
        elif event.matches(QKeySequence.StandardKey.Copy):
            # Qt would copy the row past the gate of names.
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_book"):
            self._book = None
            self.setIndentation(self.fontMetrics().averageCharWidth() * 2)
            self.show_codes()


class CodesBox(QWidget):
    """The tree below a field to find codes in it. Enter in the field goes to the tree."""

    def __init__(self, sitting: CodingSitting) -> None:
        super().__init__()
        named(self, "code-codes")
        self.tree = CodesTree(sitting)
        self.filter = named(QLineEdit(), "code-filter", spoken=tr("Find a code"))
        self.filter.setPlaceholderText(tr("Find a code"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.tree.show_matching)
        self.filter.returnPressed.connect(self.tree.setFocus)
        column = layouts.column(self, 8)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
