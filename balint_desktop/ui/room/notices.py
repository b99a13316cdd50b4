"""The one notice of the room: it floats over the clock's side, asks nothing, and moves nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
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
# Between a card and the part of the clock above it.
_OVER = 2
_BESIDE, _BELOW = 18, 2
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
        self._card: _Card | None = None
        self._clock: QWidget | None = None
        self._parts: tuple[QWidget, ...] = ()
        self._free: tuple[QWidget, ...] = ()
        self._column = layouts.column(self)
        self.hide()

    def lie_over(self, clock: QWidget, parts: Sequence[QWidget], *, free: Sequence[QWidget]) -> None:
        """Lie over a clock's parts, from its foot up: over each of them wholly or not at all, and never over `free`."""
        self._clock, self._parts, self._free = clock, tuple(parts), tuple(free)
        clock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._clock and event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set the height of the card: its own, or up to the nearest part, so that no line of text is cut in half."""
        if self._card is None:
            return
        lowest = max((_foot(part) for part in self._free if not part.isHidden()), default=0)
        feet = [_foot(part) for part in self._parts if not part.isHidden()]
        top = self.height() - self._card.height_at(self.width())
        if any(foot > top for foot in (*feet, lowest)):
            top = max((foot for foot in (*feet, lowest) if lowest <= foot <= top), default=lowest) + _OVER
        self._card.setFixedHeight(max(0, self.height() - top))

    def set_flat(self, *, flat: bool) -> None:
        """Lay a notice's buttons beside its words, where the page is wide and its height belongs to the clock."""
        self._flat = flat
        if self._card is not None:
            self._card.set_flat(flat=flat)
            self._fit()

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
        self._card = None
        if shown is not None:
            self._card = self._make_card(shown[0], words, can_choose=can_choose)
            self._column.addStretch(1)
            self._column.addWidget(self._card)
            self._fit()
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

    def _make_card(self, notice: Notice, words: str, *, can_choose: bool) -> _Card:
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
        return _Card(label, (*buttons, away), flat=self._flat, is_trouble=notice.kind in _TROUBLES)


def _foot(part: QWidget) -> int:
    """Return where a part of the clock ends; a label with its words at the top may be higher than they are."""
    if isinstance(part, QLabel) and part.alignment() & Qt.AlignmentFlag.AlignTop:
        room = QRect(0, 0, part.width(), part.height())
        return part.y() + part.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, part.text()).height()
    return part.y() + part.height()


def notice_name(kind: NoticeKind) -> str:
    """Return the name of a notice's label."""
    return "recording-trouble" if kind is NoticeKind.RECORDING else f"notice-{kind}"


class _Card(QFrame):
    """The words of a notice, and its buttons below or beside them."""

    def __init__(self, label: QLabel, buttons: Sequence[QWidget], *, flat: bool, is_trouble: bool) -> None:
        super().__init__()
        self.setProperty("kind", "trouble" if is_trouble else "banner")
        self._words = _Scrolled(label)
        self._line = QWidget()
        row = layouts.row(self._line, 18)
        for made in buttons:
            row.addWidget(made)
        row.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(*_AROUND)
        self._box.addWidget(self._words, 1)
        self._box.addWidget(self._line)
        self.set_flat(flat=flat)

    def set_flat(self, *, flat: bool) -> None:
        """Lay the buttons beside the words."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if flat else down)
        self._box.setSpacing(_BESIDE if flat else _BELOW)

    def height_at(self, width: int) -> int:
        """Return the height at which all words are seen."""
        left, top, right, bottom = _AROUND
        frame = 2 * self.frameWidth()
        across, down, buttons = left + right + frame, top + bottom + frame, self._line.sizeHint()
        if self._box.direction() is QBoxLayout.Direction.LeftToRight:
            words = self._words.height_at(width - across - buttons.width() - _BESIDE)
            return max(words, buttons.height()) + down
        return self._words.height_at(width - across) + _BELOW + buttons.height() + down


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
            self.setMaximumHeight(self.height_at(self.viewport().width()))
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        width = self.viewport().width()
        return QSize(width, self.height_at(width))

    def height_at(self, width: int) -> int:
        """Return the height of the words at a width."""
        return self._label.heightForWidth(width) + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._label.fontMetrics().height())
