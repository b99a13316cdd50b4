"""The seek bar: arrows five seconds, Page Up and Down a minute."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from balint_desktop.i18n import tr
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.text import durations
from balint_desktop.ui.widgets.fields import pass_to_page
from balint_desktop.ui.widgets.naming import named

_STEP_S = 5
_PAGE_S = 60
_ROOM_PX = 6


class SeekBar(QSlider):
    """A slider in whole seconds of the session. It follows playback unless dragged."""

    seek_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        named(self, "recording-seek", spoken=tr("Position in the recording"))
        self.setSingleStep(_STEP_S)
        self.setPageStep(_PAGE_S)
        self.setTracking(False)
        self._joined = JoinedRecording()
        self._following = False
        self.valueChanged.connect(self._on_value_changed)

    def show_recording(self, joined: JoinedRecording) -> None:
        """Set the range to the recording's beginning and end."""
        self._joined = joined
        self._following = True
        self.setRange(int(joined.from_s), max(int(joined.from_s) + 1, round(joined.until_s)))
        self._following = False
        self.follow(joined.from_s)

    def follow(self, at_s: float) -> None:
        """Move to the playback position without seeking."""
        if self.isSliderDown():
            return
        self._following = True
        self.setValue(round(at_s))
        self._following = False
        self.setAccessibleDescription(
            tr("{now} of {end}").format(now=durations.clock(at_s), end=durations.clock(self._joined.until_s))
        )

    def sizeHint(self) -> QSize:
        # The style's size hint does not grow with the text, and the handle would be clipped.
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + _ROOM_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        pass_to_page(event)

    def _on_value_changed(self, value: int) -> None:
        if not self._following:
            self.seek_asked.emit(float(value))
