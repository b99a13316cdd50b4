"""A page of Help as it is read: headings, paragraphs, steps, pictures, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from balint_desktop.domain.help.page import BlockKind, HelpBlock, HelpPage, plain, runs_of
from balint_desktop.domain.help.search import spans_of
from balint_desktop.i18n import tr
from balint_desktop.library.help import picture
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text

_KINDS = {BlockKind.HEADING: "subheading"}
# Wide enough to tell titles apart at any text size, which are lines of words.
_BETWEEN_LINKS = 28


class Article(QWidget):
    """One page. The words of a search are highlighted in it; without `open_page` it leads nowhere else."""

    def __init__(
        self, page: HelpPage, words: Sequence[str] = (), open_page: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        named(self, f"help-page-{page.key}")
        self._words = words
        self._key = page.key
        column = layouts.column(self, 10)
        for number, block in enumerate(page.blocks, start=1):
            if block.kind is BlockKind.PICTURE:
                column.addWidget(named(Picture(block.target), self._name(number), spoken=block.text))
            elif block.kind is not BlockKind.LINK:
                column.addWidget(self._line(number, block))
        links = [block for block in page.blocks if block.kind is BlockKind.LINK]
        if open_page is not None and links:
            column.addSpacing(8)
            column.addWidget(named(text(tr("See also"), "subheading"), f"help-{page.key}-see-also"))
            made = (self._link(block, open_page) for block in links)
            column.addWidget(flow(*made, spacing=_BETWEEN_LINKS, between_lines=0))

    def _name(self, number: int) -> str:
        return f"help-{self._key}-{number}"

    def _line(self, number: int, block: HelpBlock) -> QWidget:
        label = marked_text(block.text, self._words, _KINDS.get(block.kind, "body"), self._name(number))
        if block.kind not in {BlockKind.ITEM, BlockKind.STEP}:
            return label
        line = QWidget()
        row = layouts.row(line, 10)
        before = text(f"{block.number}." if block.kind is BlockKind.STEP else "•")
        before.setWordWrap(False)
        row.addWidget(before, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        return line

    def _link(self, block: HelpBlock, open_page: Callable[[str], None]) -> QWidget:
        name = f"help-{self._key}-to-{block.target}"
        return button(block.text, name, partial(open_page, block.target), ButtonKind.QUIET)


def marked_text(words: str, hits: Sequence[str], kind: str, identifier: str) -> QLabel:
    """Return a label of a text of Help: names of buttons and pages in bold, the words of a search highlighted."""
    label = text("", kind)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(_html(words, hits))
    return named(label, identifier)


def _html(words: str, hits: Sequence[str]) -> str:
    """Return a text of ours as rich text; everything in it is escaped."""
    bold = [is_name for stretch, is_name in runs_of(words) for _ in stretch]
    lit = {place for first, after in spans_of(plain(words), hits) for place in range(first, after)}
    signs = zip(plain(words), bold, strict=True)
    looks = [(sign, is_name, place in lit) for place, (sign, is_name) in enumerate(signs)]
    colours = colours_now()
    made = []
    for (is_name, is_hit), stretch in groupby(looks, key=lambda each: each[1:]):
        inner = escape("".join(sign for sign, *_ in stretch))
        inner = f"<b>{inner}</b>" if is_name else inner
        style = f"background-color:{colours.accent}; color:{colours.on_accent}"
        made.append(f'<span style="{style}">{inner}</span>' if is_hit else inner)
    return "".join(made)


class Picture(QWidget):
    """A picture as wide as the page, at most in its own size."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pixmap = QPixmap(str(picture(name, colours_now().name)))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._shown(width).height()

    def sizeHint(self) -> QSize:
        return self._pixmap.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = self._shown(self.width())
        painter.drawPixmap(QRectF(0, 0, shown.width(), shown.height()), self._pixmap, QRectF(self._pixmap.rect()))
        painter.setPen(self.palette().mid().color())
        painter.drawRect(0, 0, shown.width() - 1, shown.height() - 1)

    def _shown(self, width: int) -> QSize:
        size = self._pixmap.size()
        return size if size.width() <= width else size.scaled(width, size.height(), Qt.AspectRatioMode.KeepAspectRatio)
