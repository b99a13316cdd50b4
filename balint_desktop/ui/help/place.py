"""Help: a search, the list of all pages, and one page at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from balint_desktop.domain.help.search import Found, highlighted_words, search, words_of
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.help import CHAPTERS, help_page, help_pages
from balint_desktop.ui.help.article import Article, marked_text
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, set_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel, announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import subheading

_SEARCH_KEY = QKeySequence.StandardKey.Find


class HelpPlace(Place):
    """Help in the navigation, or over another page, which it then gives back when it is closed.

    Ctrl+F or typing searches; Escape closes, or goes back to the results or the list.
    """

    close_asked = Signal()

    def __init__(self, page: str = "", *, closes: bool = False) -> None:
        super().__init__("help", tr("Help"))
        self._page = page
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search Help"))
        named(self.field, "help-search", spoken=tr("Search Help"))
        self.found = LiveLabel("help-found", "quiet")
        self.back_button = button(
            tr("Back to all pages"), "help-back", self._on_back, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.close_button = button(tr("Close Help"), "help-close", self.close_asked.emit, escape=EscapeRole.CANCEL)
        self._shown = QWidget()
        self._inside = layouts.column(self._shown, 14)
        whole = QWidget()
        column = layouts.column(whole, 14)
        column.addWidget(narrow(self.field))
        column.addWidget(self.found)
        column.addWidget(flow(self.back_button, self.close_button))
        column.addWidget(self._shown)
        self.body.addWidget(narrow(whole, READABLE))
        self.body.addStretch(1)
        self.close_button.setVisible(closes)
        self.field.textChanged.connect(self._on_searched)
        self.field.returnPressed.connect(self._on_enter)
        QShortcut(QKeySequence(_SEARCH_KEY), self).activated.connect(self._focus_search)

    # --- coming into view ---

    def enter_view(self) -> None:
        if self._page:
            self.show_page(self._page)
        else:
            self._show_list()

    def first_focus(self) -> QWidget:
        return self.back_button if self._page else self.field

    def show_page(self, key: str) -> None:
        """Show a page; the words searched for are highlighted in it."""
        self._page = key
        page = help_page(key)
        words = self._highlighted()
        article = Article(page, words, self._open)
        title = marked_text(page.title, words, "heading", "help-title")
        self._show(title, article)

    def show_list(self) -> None:
        """Show the list of all pages, and end a search."""
        self._page = ""
        self.field.clear()
        self._show_list()

    def _open(self, key: str) -> None:
        self.show_page(key)
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, help_page(key).title)

    # --- searching ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search for what is typed anywhere on the page."""
        typed = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if typed.strip() and typed.isprintable() and not held:
            self._focus_search()
            self.field.setText(typed)
        else:
            super().keyPressEvent(event)

    def _focus_search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_searched(self) -> None:
        self._page = ""
        self._show_list()

    def _on_enter(self) -> None:
        found = self._results()
        if found:
            self._open(found[0].page.key)

    def _results(self) -> list[Found]:
        return search(help_pages(), self.field.text())

    def _highlighted(self) -> tuple[str, ...]:
        return highlighted_words(help_pages(), self.field.text())

    def _on_back(self) -> None:
        if self._page and words_of(self.field.text()):
            self._page = ""
            self._show_list()
        else:
            self.show_list()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing ---

    def _show_list(self) -> None:
        """Show the results of a search, or the list of all pages."""
        if not words_of(self.field.text()):
            self._show(*self._chapters())
            return
        found = self._results()
        self._show(*(self._result(one) for one in found))
        self.found.follow(
            tr_n("{n} page found.", "{n} pages found.", len(found)).format(n=len(found))
            if found
            else tr("No page has all of these words. Try fewer, or only their beginnings.")
        )

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
        return button(title, f"help-open-{key}", partial(self._open, key))

    def _result(self, found: Found) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = self._highlighted()
        key = found.page.key
        column.addWidget(self._opener(key, found.page.title))
        column.addWidget(marked_text(found.excerpt.text, words, "quiet", f"help-excerpt-{key}"))
        return holder

    def _show(self, *widgets: QWidget) -> None:
        layouts.clear(self._inside)
        for widget in widgets:
            self._inside.addWidget(widget)
        searches = bool(words_of(self.field.text()))
        if self._page or not searches:
            self.found.follow("")
        set_words(self.back_button, tr("Back to the results") if self._page and searches else tr("Back to all pages"))
        self.back_button.setVisible(bool(self._page) or searches)
        area = self.findChild(QScrollArea)
        if area is not None:
            area.verticalScrollBar().setValue(0)
        follow_layout(self)
