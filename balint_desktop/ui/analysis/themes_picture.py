"""A small picture of the themes over the sessions: a row for each theme, a bar for each session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from balint_desktop.domain.analysis.retrieval import FoundPassage
from balint_desktop.domain.analysis.study import StudyTheme
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.lists import listed
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet

# In heights of a line.
_BAR_LINES, _BETWEEN, _GAP = 2.0, 0.7, 0.5
_MOST_NAME = 0.34
_WIDEST_BAR = 5.0


class ThemesPicture(QWidget):
    """How many passages each theme has in each session, to look at; read aloud it is a sentence for each theme."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "themes-picture")
        self.none = named(quiet(tr("Give your themes codes, and they are drawn here.")), "picture-none")
        self.counted = named(quiet(tr("Passages of each theme by session")), "picture-counted")
        self.bars = ThemeBars()
        column = layouts.column(self, 10)
        for widget in (self.none, self.counted, self.bars):
            column.addWidget(widget)
        column.addStretch(1)

    def show_counts(
        self,
        themes: Sequence[StudyTheme],
        sessions: Sequence[str],
        cells: Mapping[tuple[str, str], tuple[FoundPassage, ...]],
    ) -> None:
        """Draw what was counted by session and theme."""
        drawn = [one for one in themes if one.codes]
        rows = [(one.name, [len(cells.get((session, one.id), ())) for session in sessions]) for one in drawn]
        self.none.setVisible(not rows)
        for widget in (self.counted, self.bars):
            widget.setVisible(bool(rows))
        self.bars.show_rows(sessions, rows)

    def forget(self) -> None:
        """Drop what was counted."""
        self.show_counts((), (), {})


class ThemeBars(QWidget):
    """The picture itself. The number is above each bar, and a session without a passage has a line alone."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "picture-bars", spoken=tr("Themes by session"))
        self._sessions: Sequence[str] = ()
        self._rows: Sequence[tuple[str, Sequence[int]]] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, sessions: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> None:
        """Draw the counts of each theme by session."""
        self._sessions, self._rows = sessions, rows
        self.setAccessibleDescription("\n".join(self.row_words(at) for at in range(len(rows))))
        self.updateGeometry()
        self.update()

    def row_words(self, at: int) -> str:
        """Return a theme in words: “Anger: Session 1, 2 passages; Session 3, 1 passage”."""
        name, counts = self._rows[at]
        found = [
            tr_n("{session}, {n} passage", "{session}, {n} passages", count).format(session=session, n=count)
            for session, count in zip(self._sessions, counts, strict=True)
            if count
        ]
        words = "; ".join(found) if found else tr("no passages")
        nowhere = [session for session, count in zip(self._sessions, counts, strict=True) if not count]
        if found and nowhere:
            words = f"{words}; {tr('none in {sessions}').format(sessions=listed(nowhere))}"
        return tr("{theme}: {passages}").format(theme=name, passages=words)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(20 * line, round(len(self._rows) * self._row_height() + 1.5 * line))

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * self.fontMetrics().lineSpacing(), self.sizeHint().height())

    def _row_height(self) -> float:
        return (1 + _BAR_LINES + _BETWEEN) * self.fontMetrics().lineSpacing()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, metrics = colours_now(), self.fontMetrics()
        line, most = metrics.lineSpacing(), max((max(counts, default=0) for _, counts in self._rows), default=0)
        names = [metrics.horizontalAdvance(name) for name, _ in self._rows]
        name_wide = min(max(names, default=0) + line, round(self.width() * _MOST_NAME))
        each = (self.width() - name_wide) / max(1, len(self._sessions))
        bar = min(each - _GAP * line, _WIDEST_BAR * line)
        painter = QPainter(self)
        ink, faint = QColor(colours.ink), QColor(colours.edge)
        for row, (name, counts) in enumerate(self._rows):
            foot = row * self._row_height() + (1 + _BAR_LINES) * line
            painter.setPen(ink)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_wide - line // 2)
            painter.drawText(QRectF(0, foot - line, name_wide, line), Qt.AlignmentFlag.AlignLeft, shown)
            for at, count in enumerate(counts):
                left = name_wide + at * each + (each - bar) / 2
                painter.setPen(QPen(faint, 1))
                painter.drawLine(round(left), round(foot), round(left + bar), round(foot))
                if count:
                    high = max(3.0, _BAR_LINES * line * count / most)
                    place = QRectF(left, foot - high, bar, high)
                    painter.fillRect(place, QColor(colours.accent))
                    painter.setPen(ink)
                    above = QRectF(left, foot - high - line, bar, line)
                    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))
        top = len(self._rows) * self._row_height()
        painter.setPen(QColor(colours.quiet_ink))
        for at, session in enumerate(self._sessions):
            shown = metrics.elidedText(self._short(session, each), Qt.TextElideMode.ElideRight, round(each))
            painter.drawText(QRectF(name_wide + at * each, top, each, line), Qt.AlignmentFlag.AlignCenter, shown)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _short(self, session: str, room: float) -> str:
        """Return a session's name, its number alone where there is no room for more."""
        fits = self.fontMetrics().horizontalAdvance(session) <= room
        return session if fits else session.rsplit(maxsplit=1)[-1]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = int(event.pos().y() // self._row_height())
            QToolTip.showText(event.globalPos(), self.row_words(row) if 0 <= row < len(self._rows) else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self.update()
