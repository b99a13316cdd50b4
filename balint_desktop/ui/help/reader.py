"""Read Help: a search, the list of all pages, one page at a time, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from balint_desktop.domain.help.search import Found, highlighted_words, search, words_of
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.help import CHAPTERS, help_page, help_pages
from balint_desktop.ui.help.article import Article, marked_text
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, set_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel, announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import subheading

_SEARCH_KEY = QKeySequence.StandardKey.Find


class HelpReader(QWidget):
    """Help in whatever scrolls around it. Ctrl+F searches.

    The way back leads to the page that a link was followed from, then to the results, then to the list. Further
    `ways` stand beside it.
    """

    def __init__(self, *ways: QPushButton) -> None:
        super().__init__()
        self.page = ""
        self._came_from: list[str] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search Help"))
        named(self.field, "help-search", spoken=tr("Search Help"))
        self.found = LiveLabel("help-found", "quiet")
        self.back_button = button(
            tr("Back to all pages"), "help-back", self._on_back, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self._shown = QWidget()
        self._inside = layouts.column(self._shown, 14)
        column = layouts.column(self, 14)
        column.addWidget(narrow(self.field))
        column.addWidget(self.found)
        column.addWidget(flow(self.back_button, *ways))
        column.addWidget(self._shown)
        self.field.textChanged.connect(self._on_searched)
        self.field.returnPressed.connect(self._on_enter)
        QShortcut(QKeySequence(_SEARCH_KEY), self).activated.connect(self.focus_search)

    # --- pages ---

    def show_again(self) -> None:
        """Show the current page, or the list."""
        if self.page:
            self.show_page(self.page)
        else:
            self._show_list()

    def show_page(self, key: str) -> None:
        """Show a page; the words searched for are highlighted in it."""
        self.page = key
        page = help_page(key)
        words = self._highlighted()
        self._show(marked_text(page.title, words, "heading", "help-title"), Article(page, words, self._follow))

    def show_list(self) -> None:
        """Show the list of all pages, and end a search."""
        self.page = ""
        self.field.clear()
        self._show_list()

    def open_page(self, key: str) -> None:
        """Open a page from the list, the results or from outside: the way back leads past no other page."""
        self._came_from.clear()
        self._open(key)

    def _follow(self, key: str) -> None:
        self._came_from.append(self.page)
        self._open(key)

    def _open(self, key: str) -> None:
        self.show_page(key)
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, help_page(key).title)

    def _on_back(self) -> None:
        if self.page and self._came_from:
            self._open(self._came_from.pop())
            return
        if self.page and words_of(self.field.text()):
            self.page = ""
            self._show_list()
        else:
            self.show_list()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- searching ---

    def search_for(self, typed: str) -> None:
        """Begin a search with what was typed."""
        self.focus_search()
        self.field.setText(typed)

    def focus_search(self) -> None:
        """Go to the search."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_searched(self) -> None:
        self.page = ""
        self._show_list()

    def _on_enter(self) -> None:
        found = self._results()
        if found:
            self.open_page(found[0].page.key)

    def _results(self) -> list[Found]:
        return search(help_pages(), self.field.text())

    def _highlighted(self) -> tuple[str, ...]:
        return highlighted_words(help_pages(), self.field.text())

    # --- showing ---

    def _show_list(self) -> None:
        """Show the results of a search, or the list of all pages."""
        self._came_from.clear()
        words = words_of(self.field.text())
        if not words:
            self._show(*self._chapters())
            return
        found = self._results()
        highlighted = self._highlighted()
        self._show(*(self._result(one, highlighted) for one in found))
        if found:
            self.found.follow(tr_n("{n} page found.", "{n} pages found.", len(found)).format(n=len(found)))
        elif len(words) == 1:
            self.found.follow(tr("No page has this word. Try another, or only its beginning."))
        else:
            self.found.follow(tr("No page has all of these words. Try fewer, or only their beginnings."))

    def _chapters(self) -> list[QWidget]:
        titles = {
            "begin": tr("To begin"),
            "session": tr("A session"),
            "group": tr("A group"),
            "records": tr("Records"),
            "app": tr("The app"),
        }
        shown: list[QWidget] = []
        for chapter, keys in CHAPTERS.items():
            shown.append(named(subheading(titles[chapter]), f"help-chapter-{chapter}"))
            shown.append(flow(*(self._opener(key, help_page(key).title) for key in keys)))
        return shown

    def _opener(self, key: str, title: str) -> QWidget:
        return button(title, f"help-open-{key}", partial(self.open_page, key))

    def _result(self, found: Found, words: Sequence[str]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        key = found.page.key
        column.addWidget(self._opener(key, found.page.title))
        column.addWidget(marked_text(found.excerpt.text, words, "quiet", f"help-excerpt-{key}"))
        return holder

    def _show(self, *widgets: QWidget) -> None:
        layouts.clear(self._inside)
        for widget in widgets:
            self._inside.addWidget(widget)
        searches = bool(words_of(self.field.text()))
        if self.page or not searches:
            self.found.follow("")
        set_words(self.back_button, self._way_back(searches=searches))
        self.back_button.setVisible(bool(self.page) or searches)
        area = self._area()
        if area is not None:
            area.verticalScrollBar().setValue(0)
        follow_layout(self)

    def _way_back(self, *, searches: bool) -> str:
        if self.page and self._came_from:
            return tr("Back to “{page}”").format(page=help_page(self._came_from[-1]).title)
        return tr("Back to the results") if self.page and searches else tr("Back to all pages")

    def _area(self) -> QScrollArea | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around
