"""The one notice of the room: it floats over the clock's side, asks nothing, and moves nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QWidget

from balint_desktop.i18n import tr
from balint_desktop.session.notices import Notice, NoticeKind
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text

_AROUND = (14, 7, 14, 4)
# What the layout leaves between the last line and the lower edge.
_UNDER = 16
_TROUBLES = {NoticeKind.RECORDING, NoticeKind.TROUBLE}


class RoomNotices(QWidget):
    """A transparent layer whose lower edge holds the notice. It takes no room from what is under it."""

    dismissed = Signal(object)
    undo_asked = Signal()
    choose_asked = Signal()
    laid_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "notices")
        self._shown: tuple[Notice, str, bool] | None = None
        self._flat = False
        self._box: QBoxLayout | None = None
        self._column = layouts.column(self)
        self.hide()

    def set_flat(self, *, flat: bool) -> None:
        """Lay a notice's buttons beside its words, where the page is wide and its height belongs to the clock."""
        self._flat = flat
        self._turn()

    def _turn(self) -> None:
        if self._box is not None:
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._box.setDirection(across if self._flat else down)
            self._box.setSpacing(18 if self._flat else 2)

    def flat_height(self) -> int:
        """Return the height of a notice whose buttons are beside its words."""
        return button(tr("Dismiss"), "").sizeHint().height() + 2 * _AROUND[1] + _UNDER

    def show_notice(self, notice: Notice | None, words: str, *, can_choose: bool) -> None:
        """Show a notice, or none. `can_choose` offers another microphone."""
        shown = (notice, words, can_choose) if notice is not None and words else None
        if shown == self._shown:
            return
        before, self._shown = self._shown, shown
        layouts.clear(self._column)
        self._box = None
        if shown is not None:
            self._column.addStretch(1)
            self._column.addWidget(self._card(shown[0], words, can_choose=can_choose))
            if before is None or before[0].key != shown[0].key or before[1] != words:
                announce(self, words)
        self.setVisible(shown is not None)
        self.laid_out.emit()

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def _card(self, notice: Notice, words: str, *, can_choose: bool) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "trouble" if notice.kind in _TROUBLES else "banner")
        label = named(text(words), notice_name(notice.kind))
        away = button(
            tr("Dismiss"), f"{notice_name(notice.kind)}-away", lambda: self.dismissed.emit(notice), ButtonKind.QUIET
        )
        buttons: list[QWidget] = []
        if notice.kind is NoticeKind.REDACTED:
            description = tr("Brings the last minute back, and resumes recording.")
            buttons.append(button(tr("Undo"), "redaction-undo", self.undo_asked.emit, description=description))
        if can_choose:
            buttons.append(button(tr("Microphone…"), "recording-choose", self.choose_asked.emit))
        line = QWidget()
        row = layouts.row(line, 18)
        for made in (*buttons, away):
            row.addWidget(made)
        row.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, card)
        self._box.setContentsMargins(*_AROUND)
        self._box.addWidget(_Scrolled(label), 1)
        self._box.addWidget(line)
        self._turn()
        return card


def notice_name(kind: NoticeKind) -> str:
    """Return the name of a notice's label."""
    return "recording-trouble" if kind is NoticeKind.RECORDING else f"notice-{kind}"


class _Scrolled(QScrollArea):
    """A label as high as its words, which scrolls where there is less room."""

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self._label = label
        named(self, f"{label.objectName()}-scroll", spoken=label.text())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("background: transparent;")
        self.setWidget(label)
        self.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setMaximumHeight(self._label.heightForWidth(self.viewport().width()) + 2)
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        width = self.viewport().width()
        return QSize(width, self._label.heightForWidth(width) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._label.fontMetrics().height())
