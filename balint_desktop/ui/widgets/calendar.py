"""Calendar that opens below a date field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.naming import named

# In lines of text, so that it scales with them.
_WIDE = 18
_TALL = 14


class CalendarPopup(QCalendarWidget):
    """A month as a popup. The arrow keys move, Enter and a click choose, Escape closes."""

    chosen = Signal(QDate)

    def __init__(self, field: QWidget, day: date, first: date | None, last: date | None) -> None:
        super().__init__(field)
        named(self, f"{field.objectName()}-calendar", spoken=tr("Calendar"))
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = self.layout()
        if layout is not None:
            # Space for the border of the style sheet.
            layout.setContentsMargins(1, 1, 1, 1)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        # Qt's own arrows are black in every theme.
        for name, sign, spoken in (
            ("qt_calendar_prevmonth", "‹", tr("Previous month")),
            ("qt_calendar_nextmonth", "›", tr("Next month")),
        ):
            for arrow in self.findChildren(QToolButton, name):
                arrow.setIcon(QIcon())
                arrow.setText(sign)
                arrow.setAccessibleName(spoken)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, QTextCharFormat())
        if first is not None:
            self.setMinimumDate(_q(first))
        if last is not None:
            self.setMaximumDate(_q(last))
        self.setSelectedDate(_q(day))
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def open_below(self, field: QWidget) -> None:
        """Show the calendar below a field, above it where there is more room, and always whole on the screen."""
        # Qt makes it too small for our text sizes: the names of the days and the last week are clipped.
        line = self.fontMetrics().lineSpacing()
        screen = field.screen().availableGeometry()
        wide, tall = max(line * _WIDE, self.sizeHint().width()), min(line * _TALL, screen.height())
        self.setFixedSize(wide, tall)
        below, above = (field.mapToGlobal(QPoint(0, y)).y() for y in (field.height(), -tall))
        fits = [y for y in (below, above) if screen.top() <= y <= screen.bottom() + 1 - tall]
        # With no room on either side it lies over the field: whole, which the day under it need not be.
        top = fits[0] if fits else min(below, screen.bottom() + 1 - tall)
        left = max(screen.left(), min(field.mapToGlobal(QPoint(0, 0)).x(), screen.right() + 1 - wide))
        self.move(left, top)
        self.show()
        self.setFocus()

    def _on_chosen(self, day: QDate) -> None:
        # Enter is reported twice, as clicked and as activated; the popup closes after the first.
        if self.isVisible():
            self.close()
            self.chosen.emit(day)


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
