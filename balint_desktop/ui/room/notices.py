"""Quiet notices of the room, each dismissible."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.session.notices import Notice
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text

_MAX_NOTICES = 2


class RoomNotices(QWidget):
    """Shows the latest notices. None asks a question or takes the focus."""

    dismissed = Signal(object)
    laid_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "notices")
        self._shown: tuple[tuple[Notice, str], ...] = ()
        self._column = layouts.column(self, 2)

    def show_notices(self, notices: tuple[tuple[Notice, str], ...]) -> None:
        """Show these notices, the latest last."""
        latest = tuple(pair for pair in notices if pair[1])[-_MAX_NOTICES:]
        if latest == self._shown:
            return
        known = {notice for notice, _ in self._shown}
        self._shown = latest
        layouts.clear(self._column)
        for notice, words in latest:
            self._column.addWidget(self._row(notice, words))
            if notice not in known:
                announce(self, words)
        self.laid_out.emit()

    def _row(self, notice: Notice, words: str) -> QWidget:
        line = QWidget()
        row = layouts.row(line, 14)
        row.addWidget(named(text(words), f"notice-{notice.kind}"), 1)
        away = button(
            tr("Put away"), f"notice-{notice.kind}-away", lambda: self.dismissed.emit(notice), ButtonKind.QUIET
        )
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return line
