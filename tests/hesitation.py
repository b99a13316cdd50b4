"""A person who hesitates on whatever page is shown: tries each field and takes it back, opens each form and closes it.

Which widgets a page has is asked of the page, and what is done to one is decided by its kind. So a page that is added
is hesitated on without a line here.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from qt_events import process_events
from wheel import turn_wheel

from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.enter_escape import press_escape
from balint_desktop.ui.widgets.table import Table

JUNK = "zz9"
# What these open is not a form on the same page, but another place, another section or another panel.
_LEADING = ("today-open-", "date-enter", "agreement-by-person", "keeping-audio-recording", "view-microphone")
_PANELS = ("open-who", "open-time", "open-view", "needs-care", "mark")
_CTRL = Qt.KeyboardModifier.ControlModifier


class Hesitation:
    """Hesitates in a window, as far as nothing is meant by it. `problems` are the fields that did not come back.

    `leave_alone` are how the names of widgets begin that are not tried.
    """

    def __init__(self, shell, *, leave_alone=()):
        self._shell = shell
        self._leave_alone = (*leave_alone, *_LEADING)
        self.problems = []
        self.tried = 0

    def on_page(self, name=""):
        """Do to everything on the page what a person may do without meaning it; forms are opened and closed."""
        self._on_what_is_shown(name)
        for opener in [one.objectName() for one in self._openers()]:
            button = self._find(opener)
            # What an earlier form has brought may be gone with it.
            if button is None or not button.isEnabled():
                continue
            before = self._named()
            press_twice(self._shell, button)
            opened = self._named() - before
            if opened or popups(self._shell):
                self._on_what_is_shown(f"{name}+{opener}", opened)
            self._close(opened)
            if self._named() != before:
                lost, added = before - self._named(), self._named() - before
                self.problems.append(
                    (name, opener, f"Escape does not bring back {sorted(lost)}, leaves {sorted(added)}")
                )

    def _on_what_is_shown(self, page, names=None):
        fields = [one for one in self.fields() if names is None or one.objectName() in names]
        # The current row of a table is no input: it follows the rows that a filter leaves.
        before = {one: value_of(one) for one in fields if not isinstance(one, Table)}
        for widget in self._visible(QWidget):
            turn_wheel(widget)
        process_events()
        for one in fields:
            # A field may come and go with what another one says.
            if shiboken6.isValid(one) and one.isVisibleTo(self._shell) and one.isEnabled():
                self.tried += 1
                try_field(one)
                process_events()
        self.close_popups()
        for one, value in before.items():
            if shiboken6.isValid(one) and value_of(one) != value:
                self.problems.append((page, one.objectName(), f"{value!r} became {value_of(one)!r}"))

    def fields(self):
        """Return the fields that can be filled in."""
        kinds = (QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QCheckBox, Table)
        return [
            one
            for one in self._visible(QWidget)
            if isinstance(one, kinds)
            and one.isEnabled()
            and not one.objectName().startswith("qt_")
            and not one.objectName().startswith(self._leave_alone)
            and not (isinstance(one, QLineEdit | QPlainTextEdit) and one.isReadOnly())
        ]

    def _openers(self):
        """Return the buttons that only open something, where no form is open: their words end in three dots.

        In the room, which has no room for dots, they are known by name.
        """
        shown = [one.objectName() for one in self._visible(QPushButton)]
        # Where the clock stands alone, a panel brings the rest of the room back.
        panels = _PANELS if _PANELS[0] in shown else ()
        open_ones = ("-cancel", "-leave", "-confirm-do", *(("-back",) if panels else ()))
        if any(name.endswith(open_ones) for name in shown):
            return []
        buttons = [one for one in self._visible(QPushButton) if one.isEnabled()]
        return [
            one
            for one in buttons
            if (one.text().endswith("…") or one.objectName() in panels)
            and not one.objectName().startswith(self._leave_alone)
        ]

    def _visible(self, kind):
        return [one for one in self._shell.findChildren(kind) if one.isVisibleTo(self._shell)]

    def _find(self, name):
        return next((one for one in self._visible(QPushButton) if one.objectName() == name), None)

    def _named(self):
        process_events()
        names = {one.objectName() for one in self._visible(QWidget)}
        # Scroll bars come and go with the length of a page, and are Qt's; a message stays until it is dismissed.
        return {name for name in names if name and not name.startswith(("qt_", "banner"))}

    def _close(self, opened):
        """Close what was opened: with Escape, as often as it takes."""
        self.close_popups()
        for _ in range(3):
            page = self._shell.gate or self._shell.place(self._shell.current)
            if not opened & self._named() or not press_escape(page, self._shell.focusWidget()):
                return

    def close_popups(self):
        for popup in popups(self._shell):
            QTest.keyClick(popup, Qt.Key.Key_Escape)
            popup.close()
        process_events()


def cancel_dialogs(monkeypatch):
    """Let every dialog of the system be cancelled at once."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_named: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: "")
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)


def popups(shell):
    """Return the windows over the window."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not shell]


def press_twice(shell, button):
    """Double-click where a button is, in the window: the second half goes to whatever is there by then."""
    process_events()
    bring_into_view(button)
    QTest.mouseDClick(
        shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place_of(button, shell)
    )
    process_events()


def place_of(button, shell):
    """Return the point of a button, in the window, that the window would give to it."""
    region = button.visibleRegion().boundingRect()
    area = region if not region.isEmpty() else QRect(QPoint(0, 0), button.size())
    point = QPoint(area.left() + min(12, area.width() // 2), area.center().y())
    return button.mapTo(shell, point)


def bring_into_view(widget):
    outer = widget.parentWidget()
    while outer is not None:
        if hasattr(outer, "ensureWidgetVisible"):
            outer.ensureWidgetVisible(widget)
        outer = outer.parentWidget()
    process_events()


def value_of(field):
    """Return the value of a field, whatever its kind."""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, Table):
        return field.currentIndex().row()
    return field.isChecked()


def try_field(field):
    """Change a field by the keyboard, and change it back."""
    bring_into_view(field)
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    kinds = (
        (QLineEdit, _try_line),
        (QPlainTextEdit, _try_note),
        (QSpinBox, _try_number),
        (QComboBox, _try_list),
        (Table, _try_table),
        (QWidget, _try_tick),
    )
    next(act for kind, act in kinds if isinstance(field, kind))(field)


def _try_line(field):
    _type_and_restore(field, field.text())
    if isinstance(field, DateField):
        field.show_calendar()
        process_events()
        for popup in popups(field.window()):
            QTest.keyClick(popup, Qt.Key.Key_Escape)


def _try_note(field):
    QTest.keyClick(field, Qt.Key.Key_End, _CTRL)
    QTest.keyClicks(field, JUNK)
    QTest.keyClick(field, Qt.Key.Key_Z, _CTRL)


def _try_number(field):
    ways = (Qt.Key.Key_Up, Qt.Key.Key_Down)
    for key in ways if field.value() < field.maximum() else reversed(ways):
        QTest.keyClick(field, key)
    _type_and_restore(field, field.cleanText())


def _try_table(field):
    if field.currentIndex().isValid() and field.currentIndex().row() + 1 < field.model().rowCount():
        QTest.keyClick(field, Qt.Key.Key_Down)
        QTest.keyClick(field, Qt.Key.Key_Up)


def _try_tick(field):
    for _ in range(2):
        QTest.keyClick(field, Qt.Key.Key_Space)


def _type_and_restore(field, text):
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, JUNK)
    # It undoes what was typed, and no act that stands behind the field.
    QTest.keyClick(field, Qt.Key.Key_Z, _CTRL)
    QTest.keyClick(field, Qt.Key.Key_A, _CTRL)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def _try_list(field):
    window, name = field.window(), field.objectName()
    field.showPopup()
    process_events()
    QTest.keyClick(field.view(), Qt.Key.Key_Escape)
    field.hidePopup()
    process_events()
    if field.currentIndex() + 1 < field.count():
        QTest.keyClick(field, Qt.Key.Key_Down)
        process_events()
        if not shiboken6.isValid(field):
            # Another language builds the page anew.
            field = next(one for one in window.findChildren(QComboBox, name) if one.isVisibleTo(window))
        QTest.keyClick(field, Qt.Key.Key_Up)
        process_events()
