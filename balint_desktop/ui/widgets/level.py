"""The level meter, painted so that screen readers do not recite it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

# Speech across a room lies between these; lower levels are shown as silence.
_QUIETEST_DB = -60.0
_LOUDEST_DB = -6.0


class LevelMeter(QWidget):
    """A thin bar whose length shows the sound level."""

    def __init__(self, identifier: str = "level", parent: QWidget | None = None, *, spoken: str = "") -> None:
        super().__init__(parent)
        named(self, identifier, spoken=spoken or tr("Microphone level"))
        self.setToolTip(spoken or tr("Microphone level"))
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def share(self) -> float:
        """The filled share of the bar, 0 to 1."""
        return self._share

    def set_level(self, level_db: float | None) -> None:
        """Show a level in dB full scale; None is no sound. Repaints only on a visible change."""
        share = 0.0 if level_db is None else (level_db - _QUIETEST_DB) / (_LOUDEST_DB - _QUIETEST_DB)
        share = min(1.0, max(0.0, share))
        if round(share * self.width()) != round(self._share * self.width()):
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 7, max(6, line // 3))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(QColor(colours.track_left))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            filled = QRectF(whole)
            filled.setWidth(max(whole.height(), whole.width() * self._share))
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(filled, radius, radius)
        painter.end()
