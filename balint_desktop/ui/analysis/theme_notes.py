"""What is written of a theme, and how it came from codes to what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from balint_desktop.domain.analysis.study import Memo, current_memos
from balint_desktop.domain.analysis.theme_history import ThemeChange, ThemeStep, theme_changes
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.text.lists import listed
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.memo_box import MemoBox
from balint_desktop.ui.analysis.memo_words import earlier_versions, memo_line
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small, subheading, text

_MOST_LINES = 4


class ThemeNotes(QWidget):
    """Memos on one theme, dated and never overwritten, and its history.

    Emits `written` with the words of a memo and the id of the one it supersedes, empty for a new one.
    """

    written = Signal(str, str)

    def __init__(self, drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "theme-notes")
        self._theme = self._study = self._supersedes = ""
        self._others: Mapping[str, str] = {}
        self._memos: tuple[Memo, ...] = ()
        self._all: tuple[Memo, ...] = ()
        self.memos = named(UncopiedList(), "theme-memos", spoken=tr("Memos"))
        self.none = named(quiet(tr("No memos yet.")), "theme-no-memos")
        self.shown = named(text(""), "theme-memo-shown")
        self.before = named(quiet(""), "theme-memo-history")
        self.new_button = button(tr("New memo…"), "theme-memo-new", lambda: self._ask(None))
        self.edit_button = button(tr("Edit memo…"), "theme-memo-edit", self._on_edit)
        self.box = MemoBox(drafts, "theme-memo")
        self.history = named(small(""), "theme-history")
        self._history_heading = named(subheading(tr("From code to theme")), "theme-history-heading")
        self._acts = flow(self.new_button, self.edit_button)
        column = layouts.column(self, 8)
        column.addWidget(named(subheading(tr("Memos")), "theme-memos-heading"))
        for widget in (self.none, self.memos, self.shown, self.before, self._acts, self.box):
            column.addWidget(widget)
        column.addWidget(self._history_heading)
        column.addWidget(self.history)
        self.memos.currentRowChanged.connect(lambda _: self._show_memo())
        self.box.saved.connect(lambda words: self.written.emit(words, self._supersedes))
        self.box.closed.connect(self._close_box)

    def show_theme(
        self, study: str, theme: str, memos: tuple[Memo, ...], others: Mapping[str, str] | None = None
    ) -> None:
        """Show what was written of a theme; `others` are the labels of the authors who are not here, by id."""
        self._others = others or {}
        if (study, theme) != (self._study, self._theme):
            self._close_box()
        self._study, self._theme, self._all = study, theme, memos
        here = (one for one in current_memos(memos) if one.theme == theme)
        self._memos = tuple(sorted(here, key=lambda one: one.wall))
        self.memos.clear()
        for memo in self._memos:
            self.memos.addItem(QListWidgetItem(memo_line(memo, self._others.get(memo.author, ""))))
        self.none.setVisible(not self._memos)
        self.memos.setVisible(bool(self._memos))
        tall = self.memos.sizeHintForRow(0) if self._memos else 0
        lines = min(_MOST_LINES, len(self._memos))
        self.memos.setFixedHeight(tall * lines + 2 * self.memos.frameWidth() + 4)
        self.memos.setCurrentRow(len(self._memos) - 1)
        self._show_memo()

    def show_steps(self, steps: Sequence[ThemeStep], code_name: Callable[[str], str]) -> None:
        """Show how the theme came about; `code_name` returns a code's name, empty where it is no more."""
        changes = theme_changes(steps, self._theme)
        self.history.setText("\n".join(_change_line(one, code_name) for one in changes))
        for widget in (self._history_heading, self.history):
            widget.setVisible(bool(changes))

    def forget(self) -> None:
        """Drop every word; what is half written stays a draft."""
        self.box.leave()
        self.show_theme("", "", ())
        self.show_steps((), str)

    def on_saved(self) -> None:
        """Close the box: the memo is saved. Raise Trouble."""
        self.box.save_button.setEnabled(True)
        self.box.done()
        self._close_box()
        self.new_button.setFocus()

    def on_failed(self, trouble: Trouble) -> None:
        """Say why the memo could not be saved; it stays in the box."""
        self.box.save_button.setEnabled(True)
        self.box.problem.show_trouble(trouble)

    def _chosen(self) -> Memo | None:
        row = self.memos.currentRow()
        return self._memos[row] if 0 <= row < len(self._memos) else None

    def _show_memo(self) -> None:
        memo = self._chosen()
        self.shown.setText(memo.words if memo is not None else "")
        whose = self._others.get(memo.author, "") if memo is not None else ""
        before = earlier_versions(memo, self._all) if memo is not None else ()
        self.before.setText("\n".join(part for part in (whose, *before) if part))
        # Somebody else's memo is read; an answer to it is a memo of one's own.
        self.edit_button.setVisible(memo is not None and not whose)
        for label in (self.shown, self.before):
            label.setVisible(bool(label.text()))

    def _on_edit(self) -> None:
        memo = self._chosen()
        if memo is not None:
            self._ask(memo)

    def _ask(self, memo: Memo | None) -> None:
        self._supersedes = memo.id if memo is not None else ""
        key = self._supersedes or f"theme-{self._theme}"
        self.box.ask(tr("On this theme"), f"{self._study}-{key}", memo.words if memo is not None else "")
        self._acts.hide()

    def _close_box(self) -> None:
        self.box.leave()
        self._acts.show()


def _change_line(one: ThemeChange, code_name: Callable[[str], str]) -> str:
    """Return a step in a line: when, how far the theme was, what it was called, which codes came and went."""

    def names(codes: Sequence[str]) -> str:
        return listed([code_name(code) or tr("a code that is no longer there") for code in codes])

    parts = [
        wording.state_name(one.state) if one.state is not None else "",
        tr("called “{name}”").format(name=one.name) if one.name else "",
        tr("with {codes}").format(codes=names(one.came)) if one.came else "",
        tr("without {codes}").format(codes=names(one.went)) if one.went else "",
    ]
    return f"{day_and_time_at(one.wall)} · {'; '.join(part for part in parts if part)}"
