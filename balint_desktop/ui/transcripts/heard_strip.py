"""The strip over the text: what was listened to, what not yet, where nobody speaks, what is not available."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.spans import Span, length_ms, merged, without
from balint_desktop.domain.transcript.transcript import SILENCE_FROM_MS, Transcript
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.text import durations
from balint_desktop.ui.theme.colours import Colours
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

_EDGE = 3.5


class Heard(Enum):
    """What a stretch of the strip is."""

    HEARD = auto()
    NOT_YET = auto()
    NOBODY = auto()
    NOT_AVAILABLE = auto()


def heard_words(of: Heard) -> str:
    """Return what a stretch is, in words."""
    return {
        Heard.HEARD: tr("heard"),
        Heard.NOT_YET: tr("not yet"),
        Heard.NOBODY: tr("nobody speaks"),
        Heard.NOT_AVAILABLE: tr("not available"),
    }[of]


def heard_share(listened: Listened, audible: Sequence[Span]) -> int:
    """Return how many per cent of what can be heard were listened to, rounded down: 100 is all of it."""
    whole = length_ms(audible)
    return listened.within(audible) * 100 // whole if whole else 0


class HeardStrip(QWidget):
    """A band of the whole recording; each kind has a pattern of its own. Clicking seeks; keys seek everywhere."""

    seek_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "transcript-strip", spoken=tr("What was listened to"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._whole: Span = (0, 0)
        self._audible: tuple[Span, ...] = ()
        self._nobody: tuple[Span, ...] = ()
        self._listened = Listened()
        self._phases: tuple[PhaseMark, ...] = ()
        self._at_s = 0.0

    def show_recording(self, audible: Sequence[Span], phases: Sequence[PhaseMark]) -> None:
        """Show these stretches from the first to the end of the last."""
        self._audible = merged(audible)
        self._whole = (self._audible[0][0], self._audible[-1][1]) if self._audible else (0, 0)
        self._phases = tuple(phases)
        self.update()

    def show_text(self, transcript: Transcript) -> None:
        """Show where nobody speaks for three seconds or more."""
        spoken = [(turn.from_ms, turn.until_ms) for turn in transcript.turns]
        self._nobody = without(self._audible, spoken, SILENCE_FROM_MS)
        self.update()

    def show_listened(self, listened: Listened) -> None:
        """Show what was listened to."""
        self._listened = listened
        share = heard_share(listened, self._audible)
        self.setAccessibleDescription(tr("Heard {share}%").format(share=share))
        self.update()

    def follow(self, at_s: float) -> None:
        """Show the playback position. Repaints only on a visible change."""
        moved = int(self._x(at_s * 1000)) != int(self._x(self._at_s * 1000))
        self._at_s = at_s
        if moved:
            self.update()

    def kind_at(self, at_ms: float) -> Heard:
        """Return what a moment is."""
        if not any(begin <= at_ms < end for begin, end in self._audible):
            return Heard.NOT_AVAILABLE
        if any(begin <= at_ms < end for begin, end in self._listened.spans):
            return Heard.HEARD
        return Heard.NOBODY if any(begin <= at_ms < end for begin, end in self._nobody) else Heard.NOT_YET

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 20, round(line * 0.8 + 2 * _EDGE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 6, self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._whole[1] > self._whole[0]:
            self.seek_asked.emit(self._ms(event.position().x()) / 1000)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._audible:
            at_ms = self._ms(event.pos().x())
            phase = [one.label for one in self._phases if one.at_s * 1000 <= at_ms][-1:]
            parts = (durations.clock(at_ms / 1000), *phase, heard_words(self.kind_at(at_ms)))
            QToolTip.showText(event.globalPos(), " · ".join(parts), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        if self._whole[1] <= self._whole[0]:
            return
        colours = colours_now()
        painter = QPainter(self)
        band = QRectF(self.rect()).adjusted(0.5, _EDGE, -0.5, -_EDGE)
        paint_kind(painter, band, Heard.NOT_AVAILABLE, colours)
        for kind, spans in (
            (Heard.NOT_YET, self._audible),
            (Heard.NOBODY, self._nobody),
            (Heard.HEARD, _inside(self._listened.spans, self._audible)),
        ):
            for begin, end in spans:
                left, right = self._x(begin), self._x(end)
                paint_kind(painter, QRectF(left, band.top(), max(1.0, right - left), band.height()), kind, colours)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(band)
        painter.setPen(QPen(QColor(colours.ink), 1))
        for phase in self._phases:
            x = int(self._x(phase.at_s * 1000))
            painter.drawLine(x, 0, x, self.height())
        here = self._x(self._at_s * 1000)
        painter.fillRect(QRectF(min(here, self.width() - 3.0), 0, 3, self.height()), QColor(colours.ink))

    def _x(self, at_ms: float) -> float:
        length = self._whole[1] - self._whole[0]
        share = (at_ms - self._whole[0]) / length if length > 0 else 0.0
        return min(1.0, max(0.0, share)) * (self.width() - 1)

    def _ms(self, x: float) -> float:
        return self._whole[0] + min(1.0, max(0.0, x / max(1, self.width() - 1))) * (self._whole[1] - self._whole[0])


class HeardLegend(QWidget):
    """What the patterns of the strip mean: a swatch and a word each."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "transcript-strip-legend", spoken=" · ".join(heard_words(kind) for kind in Heard))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(heard_words(kind)) for kind in Heard)
        return QSize(words + len(Heard) * (2 * metrics.height() + metrics.height() // 2), metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        # Where there is no room for all of it the page hides it, and must be able to get so narrow before.
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        metrics = self.fontMetrics()
        tall = metrics.height()
        x = 0.5
        for kind in Heard:
            swatch = QRectF(x, tall * 0.2, tall * 1.2, tall * 0.65)
            paint_kind(painter, swatch, kind, colours)
            painter.setPen(QPen(QColor(colours.edge), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(swatch)
            painter.setPen(QColor(colours.quiet_ink))
            words = heard_words(kind)
            painter.drawText(QRectF(x + tall * 1.6, 0, metrics.horizontalAdvance(words) + 4, tall), words)
            x += tall * 2.4 + metrics.horizontalAdvance(words)


def paint_kind(painter: QPainter, place: QRectF, kind: Heard, colours: Colours) -> None:
    """Paint a stretch in its pattern: filled, empty, lined or crossed."""
    painter.fillRect(place, QColor(colours.accent if kind is Heard.HEARD else colours.card))
    if kind is Heard.NOBODY:
        # Drawn, not a pattern of the toolkit's: that is so wide that a low swatch would hold none of its lines.
        tall = max(2.0, place.height() / 5)
        middle = QRectF(place.left(), place.center().y() - tall / 2, place.width(), tall)
        painter.fillRect(middle, QColor(colours.edge))
    elif kind is Heard.NOT_AVAILABLE:
        painter.fillRect(place, QBrush(QColor(colours.edge), Qt.BrushStyle.DiagCrossPattern))


def _inside(spans: Sequence[Span], whole: Sequence[Span]) -> list[Span]:
    return [
        (max(begin, low), min(end, high)) for begin, end in spans for low, high in whole if begin < high and end > low
    ]
