"""Number fields and drop-down lists. The mouse wheel scrolls the page over them, and changes none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QSpinBox, QStyle, QStyledItemDelegate, QWidget

T = TypeVar("T")

_QUARTER_MINUTES = 15
# The style sheet's padding beside the text of a line, which no size hint counts.
_AROUND_PX = 12
# In heights of a line, as the style sheet pads the other fields.
_TEXT_FROM_EDGE = 0.53


def pass_to_page(event: QWheelEvent) -> None:
    """Leave a turn of the wheel to the page, also where the field has the focus.

    Its first field often has that as a page opens, and whoever turns the wheel over it means to scroll.
    """
    event.ignore()


class ChoiceField(QComboBox):
    """A drop-down list of a few values."""

    def __init__(self) -> None:
        super().__init__()
        # The style's own delegate of a list ignores the style sheet, and with it the height of a line.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pass_to_page(event)

    def showPopup(self) -> None:
        super().showPopup()
        # Qt forgets the list's own frame, and cuts a line where the screen ends: here it shows whole lines alone.
        view, popup, screen = self.view(), self.view().window(), self.screen().availableGeometry()
        around = view.height() - view.viewport().height() + 2 * _frame_width(popup)
        line, lines = max(1, view.sizeHintForRow(0)), min(self.count(), self.maxVisibleItems())
        above, below = self.mapToGlobal(QPoint(0, 0)).y(), self.mapToGlobal(QPoint(0, self.height())).y()
        over, under = above - screen.top(), screen.bottom() + 1 - below
        is_over = under < lines * line + around and over > under
        fitting = max(1, min(lines, ((over if is_over else under) - around) // line))
        tall = fitting * line + around
        popup.setGeometry(popup.x(), above - tall if is_over else below, popup.width(), tall)
        view.scrollTo(view.currentIndex())


def _frame_width(widget: QWidget) -> int:
    return widget.frameWidth() if isinstance(widget, QFrame) else 0


def chosen(of: QComboBox, kind: Callable[[Any], T]) -> T | None:
    """Return the chosen value, None if its row has none.

    The enum member is rebuilt: Qt stores it as a plain string.
    """
    value = of.currentData()
    return kind(value) if value is not None else None


class ShortField(QLineEdit):
    """A line for a few letters, wide enough for its placeholder in any language."""

    def minimumSizeHint(self) -> QSize:
        return self._with_room(super().minimumSizeHint())

    def sizeHint(self) -> QSize:
        return self._with_room(super().sizeHint())

    def _with_room(self, hint: QSize) -> QSize:
        frame = self.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return hint.expandedTo(QSize(words + 2 * (frame + _AROUND_PX), 0))


class NumberField(QSpinBox):
    """A whole number, with two small arrows."""

    def __init__(self, lowest: int, highest: int, value: int | None = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(lowest, highest)
        if value is not None:
            self.setValue(value)
        self._align_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._align_text()

    def _align_text(self) -> None:
        """Begin the text where other fields do. Depends on the size of the text.

        WORKAROUND: a style sheet's padding does not reach the text of a spin box (seen with Qt 6.11).
        """
        self.lineEdit().setTextMargins(round(self.fontMetrics().height() * _TEXT_FROM_EDGE), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pass_to_page(event)


class HoursField(NumberField):
    """A duration in hours, in steps of a quarter of an hour, in the user's number format."""

    def __init__(self, most_hours: int, minutes: int) -> None:
        super().__init__(1, most_hours * 4)
        self.set_minutes(minutes)

    def minutes(self) -> int:
        """Return the duration in minutes."""
        return self.value() * _QUARTER_MINUTES

    def set_minutes(self, minutes: int) -> None:
        """Show a duration, to the nearest quarter of an hour."""
        self.setValue(round(minutes / _QUARTER_MINUTES))

    def textFromValue(self, value: int) -> str:
        return QLocale().toString(value / 4, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value)

    def valueFromText(self, text: str) -> int:
        hours, is_number = QLocale().toDouble(text.strip())
        return round(hours * 4) if is_number else self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        hours, is_number = QLocale().toDouble(text.strip())
        fits = is_number and self.minimum() <= round(hours * 4) <= self.maximum()
        return (QValidator.State.Acceptable if fits else QValidator.State.Intermediate), text, position
