"""Pick the sessions that supervision was about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from balint_desktop.domain.accreditation.values import LedSession
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.dates import short_day

# Offer recent sessions only, and those already ticked: supervision covers recent work.
_MAX = 60
_LINES = 5
_ID = Qt.ItemDataRole.UserRole


class SessionPicker(QListWidget):
    """Checkable list of sessions; the space bar toggles."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)

    def show_sessions(
        self,
        sessions: Sequence[LedSession],
        ticked: Sequence[SessionId],
        playable: Callable[[Sequence[SessionId]], Collection[SessionId]],
    ) -> None:
        """Show the latest sessions and every ticked one; `playable` returns which may be played."""
        self.clear()
        chosen = set(ticked)
        shown = [one for place, one in enumerate(sessions) if place < _MAX or one.id in chosen]
        may = playable([one.id for one in shown])
        for one in shown:
            available = tr("recording available") if one.id in may else tr("recording not available")
            item = QListWidgetItem(f"{short_day(one.day)} · {one.title} · {available}")
            item.setData(_ID, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        self._fit()

    def ticked(self) -> tuple[SessionId, ...]:
        """Return the ticked sessions."""
        items = (self.item(place) for place in range(self.count()))
        return tuple(SessionId(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = max(self.sizeHintForRow(0), self.fontMetrics().height() + 6)
        self.setFixedHeight(line * min(_LINES, max(1, self.count())) + 2 * self.frameWidth() + 8)
