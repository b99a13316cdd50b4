"""What can be read on a page: its words, counted; every text a person or a screen reader gets; what is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accessible import cut
from languages.pseudo import outside_brackets
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

# Keys of the keyboard, codes, paths, and what is spelt in capitals and digits, such as a recovery key.
_NOT_OURS = re.compile(
    r"\b(?:Ctrl|Alt|Shift|Esc|Return|Enter|Space|Tab|Left|Right|Up|Down|Backspace|Del|F\d+|PgUp|PgDown)\b"
    r"|/\S+|\b[A-Z0-9-]{2,}\b|\bh\b|\bmin\b"
)
# What is the same in every language: packages and their licences, a public key and its words, and words of a text.
_OF_OTHERS = {"licences-choice", "reader-key-own", "reader-key-words"}
_OF_OTHERS |= {"passage-words", "passage-before", "passage-after", "author-key-words"}
_OF_OTHERS |= {"approved-fingerprint", "deidentify-word", "deidentify-context", "redact-word"}
# Stretches of a longer text, which begin and end between its brackets.
_EXCERPTS = ("help-excerpt-", "word-examples-")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_WORD = re.compile(r"[^\W_]+(?:[’'.:-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text: of which widget, where it stands there, and what it says."""

    widget: str
    kind: str
    words: str


def seen(page: QWidget) -> list[Text]:
    """Return the texts that stand on a page, scrolled to or not, without what was typed and without rows of data."""
    return [one for one in texts(page) if one.kind in {"label", "button", "heading", "placeholder"}]


def count_words(page: QWidget) -> int:
    """Return the number of words on a page."""
    return sum(len(_WORD.findall(one.words)) for one in seen(page))


def untranslated(page: QWidget, names: Iterable[str]) -> list[str]:
    """Return the texts of a page in the pseudo-language that came from no catalogue, but for these names of data."""
    return [
        f"{one.widget}: {one.kind} “{one.words}”"
        for one in texts(page)
        if one.widget not in _OF_OTHERS and not one.widget.startswith(_EXCERPTS) and foreign(one.words, names)
    ]


def foreign(text: str, names: Iterable[str]) -> list[str]:
    """Return the words of a text that came from no catalogue, but for these names of data."""
    rest = outside_brackets(text)
    for name in (*names, *_names_of_dates()):
        rest = rest.replace(name, " ")
    return [" ".join(line.split()) for line in _NOT_OURS.sub(" ", rest).splitlines() if _LETTERS.search(line)]


def _names_of_dates() -> list[str]:
    locale, long, short = QLocale(), QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat
    months = [locale.monthName(n, form) for n in range(1, 13) for form in (long, short)]
    days = [locale.dayName(n, form) for n in range(1, 8) for form in (long, short)]
    return [name for name in (*months, *days, locale.amText(), locale.pmText()) if name]


def texts(page: QWidget) -> list[Text]:
    """Return every text of a page: seen, spoken, and in tool tips."""
    return [
        Text(_name(widget), kind, words)
        for widget in (page, *page.findChildren(QWidget))
        if widget is page or (widget.isVisibleTo(page) and not widget.isWindow())
        for kind, words in _texts(widget)
        if words.strip()
    ]


def _texts(widget: QWidget):
    if _belongs_to_qt(widget):
        return
    yield "tool tip", widget.toolTip()
    yield "spoken name", widget.accessibleName()
    yield "spoken description", widget.accessibleDescription()
    if isinstance(widget, QLabel):
        yield "label", plain_text(widget)
    elif isinstance(widget, QAbstractButton):
        yield "button", widget.text().replace("&", "")
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QComboBox):
        for row in range(widget.count()):
            yield "choice", widget.itemText(row)
    elif isinstance(widget, QTableView):
        yield from _table(widget)


def plain_text(label: QLabel) -> str:
    """Return what is read of a label: its text without markup."""
    if label.textFormat() is not Qt.TextFormat.RichText:
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def _table(table: QTableView):
    model = table.model()
    if model is None:
        return
    for column in range(model.columnCount()):
        if not table.isColumnHidden(column):
            yield "heading", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            for row in range(min(model.rowCount(), 50)):
                yield "cell", str(model.index(row, column).data() or "")


def _belongs_to_qt(widget: QWidget) -> bool:
    if widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView):
        return True
    parent = widget.parentWidget()
    return isinstance(parent, QCalendarWidget) and not isinstance(widget, QLabel)


def _name(widget: QWidget) -> str:
    while not widget.objectName() and widget.parentWidget() is not None:
        widget = widget.parentWidget()
    return widget.objectName()


def cut_off(page: QWidget) -> list[str]:
    """Return what is cut off on a page: clipped, shortened, under something else, or only by scrolling sideways."""
    return [*cut(page), *_shortened(page), *_sideways(page)]


def _shortened(page: QWidget):
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page) or _belongs_to_qt(widget):
            continue
        if isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
            needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if needed > widget.width() - 8:
                yield f"{_name(widget)}: its placeholder needs {needed} of {widget.width()} pixels"
        if isinstance(widget, QComboBox) and widget.currentText():
            needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
            if needed > widget.width() - 24:
                yield f"{_name(widget)}: “{widget.currentText()}” needs {needed} of {widget.width()} pixels"
        if isinstance(widget, QTableView) and widget.model() is not None:
            yield from _short_headings(widget)


def _short_headings(table: QTableView):
    header, model = table.horizontalHeader(), table.model()
    if header.isHidden():
        return
    for column in range(model.columnCount()):
        words = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        needed = header.fontMetrics().horizontalAdvance(words)
        if not table.isColumnHidden(column) and needed > header.sectionSize(column):
            yield f"{_name(table)}: heading “{words}” needs {needed} of {header.sectionSize(column)} pixels"


def _sideways(page: QWidget):
    for area in page.findChildren(QAbstractScrollArea):
        scrolls = area.horizontalScrollBar()
        if isinstance(area, QScrollArea) and area.isVisibleTo(page) and scrolls.maximum() > scrolls.minimum():
            yield f"{_name(area)}: wider than the window by {scrolls.maximum()} pixels"
