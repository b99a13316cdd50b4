"""What of the page is shown at its size: the text with its words beside or over it, or a form in place of both."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.deidentify import keys, wording
from balint_desktop.ui.deidentify.approve_form import ApproveForm
from balint_desktop.ui.deidentify.reading_column import ReadingColumn
from balint_desktop.ui.deidentify.words_box import WordsBox
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, set_words, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.keys_table import KeysTable
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small, subheading, text

# In ems: below this the words give their room to the text, and are opened over it.
_WIDE = 62.0
_SIDE = 23.0
# In ems: below this what the text is has a line of its own.
_SLIM = 26.0
# In ems: below this the list of keys is left to its own key.
_LOW = 21.5
_POINTS_AN_INCH = 72
_LEAST_LINES = 3
_NO_MAXIMUM = 16_777_215


class PageFrame(QWidget):
    """The head, the text, the words, the forms and the foot. What a press does is the page's."""

    back_asked = Signal()
    mark_asked = Signal()
    undo_asked = Signal(bool)
    """True for one step back, False for one forward again."""
    approve_asked = Signal()

    def __init__(self, reading: ReadingColumn, words: WordsBox, approve_form: ApproveForm) -> None:
        super().__init__()
        self._reading, self._words, self._approve_form = reading, words, approve_form
        self._is_narrow = True
        self._is_built = False
        self._build_head()
        self._build_foot()
        self._build_keys()
        self._lay_out()
        self._words.closed.connect(self._on_words_closed)
        self._words.card_left.connect(self.focus_text)
        self._is_built = True

    def _build_head(self) -> None:
        self.back_button = button(
            tr("Back to transcripts"),
            "deidentify-back",
            self.back_asked.emit,
            ButtonKind.QUIET,
            escape=EscapeRole.LEAVE,
        )
        self.title = named(subheading(""), "deidentify-title")
        self.counts = named(text("", "quiet"), "deidentify-counts")
        self.counts.setWordWrap(False)
        self.save_state = LiveLabel("deidentify-save-state")
        self.about = named(small(""), "deidentify-about")
        self.head = QWidget()
        self._head_row = layouts.row(self.head, 16)
        self._head_row.addWidget(self.back_button)
        self._head_row.addWidget(self.title, 1)
        self._head_row.addWidget(self.save_state)
        self._head_row.addWidget(self.counts)

    def _build_foot(self) -> None:
        self.side_chip = chip("", "deidentify-side-show")
        when_chosen(self.side_chip, lambda on: self._on_side(shown=on))
        self.read_count = named(text("", "quiet"), "deidentify-read-count")
        self.read_count.setWordWrap(False)
        self.mark_button = button(tr("Mark selection"), "deidentify-mark", self.mark_asked.emit)
        self.undo_button = button(tr("Undo"), "deidentify-undo", partial(self.undo_asked.emit, True))
        self.redo_button = button(tr("Redo"), "deidentify-redo", partial(self.undo_asked.emit, False))
        self.keys_button = button(tr("Keys…"), "deidentify-keys", self._on_keys)
        self.approve_button = button(tr("Approve…"), "deidentify-approve", self.approve_asked.emit)
        self.foot = flow(
            *(self.side_chip, self.read_count, self.mark_button, self.undo_button, self.redo_button),
            *(self.keys_button, self.approve_button),
        )
        self._keys_line = named(small(keys.keys_line()), "deidentify-keys-line")

    def _build_keys(self) -> None:
        self._keys_panel = QWidget()
        self._keys_close = button(
            tr("Back to the text"), "deidentify-keys-close", self.show_main, escape=EscapeRole.CANCEL
        )
        inner = QWidget()
        column = layouts.column(inner, 10)
        column.addWidget(named(subheading(tr("Keys")), "deidentify-keys-heading"))
        column.addWidget(self._keys_close)
        column.addWidget(KeysTable(keys.all_keys(), "deidentify-key"))
        column.addStretch(1)
        layouts.column(self._keys_panel).addWidget(PageArea(inner, "deidentify-keys-scroll", tr("Keys"), inner=True))

    def _lay_out(self) -> None:
        self.main = QWidget()
        row = layouts.row(self.main, 16)
        row.addWidget(self._reading, 1)
        row.addWidget(self._words)
        whole = _Fitted()
        page = layouts.column(whole, 6)
        page.addWidget(self.head)
        page.addWidget(self.about)
        for widget in (self.main, self._approve_form, self._keys_panel):
            page.addWidget(widget, 1)
        page.addWidget(self.foot)
        page.addWidget(self._keys_line)
        self._approve_form.hide()
        self._keys_panel.hide()
        # In a window too low for all of it, it scrolls.
        layouts.column(self).addWidget(PageArea(whole, "deidentify-scroll", tr("De-identify"), inner=True))
        # Until there is a width: wide first, the page would make a small window grow.
        self._set_narrow(narrow=True)

    # --- the text, or a form ---

    @property
    def is_main_shown(self) -> bool:
        """Whether the text or its words are shown, and no form."""
        return not self.main.isHidden()

    def show_main(self) -> None:
        """Show the text in place of a form."""
        for widget in (self._approve_form, self._keys_panel):
            widget.hide()
        self.main.show()
        self.foot.show()
        self._fit_lines()
        (self._words.list if self._is_narrow and self.side_chip.isChecked() else self._reading.text).setFocus()

    def show_approve_form(self) -> None:
        """Show the form that approves in place of the text."""
        self._show_form(self._approve_form)

    def _on_keys(self) -> None:
        self._show_form(self._keys_panel)
        self._keys_close.setFocus()

    def _show_form(self, form: QWidget) -> None:
        for widget in (self.main, self.foot, self._keys_line, self._approve_form, self._keys_panel):
            widget.setVisible(widget is form)

    def show_words(self) -> None:
        """Show the words, over the text where they have no room beside it."""
        if self._is_narrow:
            show_on(self.side_chip, True)
            self._on_side(shown=True)

    def _on_words_closed(self) -> None:
        self.side_chip.setChecked(False)

    def _on_side(self, *, shown: bool) -> None:
        if self._is_narrow:
            self._words.setVisible(shown)
            self._reading.setVisible(not shown)
            self._fit_lines()
            self.focus_text()

    def focus_text(self) -> None:
        """Give the focus to the text, or to the list where the words are over it."""
        (self._words.list if self._reading.isHidden() else self._reading.text).setFocus()

    def show_counts(self, *, to_decide: int, read: int, pages: int) -> None:
        """Show how many words wait, and how many of the pages were read."""
        waiting, pages_read = wording.to_decide(to_decide), wording.pages_read(read, pages)
        self.counts.setText(f"{waiting} · {pages_read}")
        # In a narrow window they are at the foot.
        self.read_count.setText(pages_read)
        set_words(self.side_chip, waiting)

    # --- size ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_is_built"):
            self._fit()

    def _em(self) -> float:
        return QFontInfo(self.font()).pointSizeF() * self.logicalDpiY() / _POINTS_AN_INCH

    @property
    def _is_low(self) -> bool:
        """Whether a narrow window is so low, too, that the text needs all of its room."""
        return self._is_narrow and self.height() < _LOW * self._em()

    def _fit(self) -> None:
        if not self._is_built:
            return
        narrow = self.width() < _WIDE * self._em()
        is_turned = narrow != self._is_narrow
        if is_turned:
            self._set_narrow(narrow=narrow)
        elif not narrow:
            self._words.setFixedWidth(round(_SIDE * self._em()))
        self._reading.text.set_least_lines(_LEAST_LINES)
        self._fit_lines()
        self._words.fit_lists()
        # Once the text has its new size.
        QTimer.singleShot(0, self._reading, self._reading.see)
        if is_turned:
            QTimer.singleShot(0, self._reading, self._reading.text.ensureCursorVisible)

    def _set_narrow(self, *, narrow: bool) -> None:
        self._is_narrow = narrow
        focus = self.window().focusWidget()
        if narrow and self.is_main_shown and focus is not None and self._words.isAncestorOf(focus):
            # Or Qt gives it to the next button, which is none that anybody chose.
            self._reading.show()
            self._reading.text.setFocus()
        self.side_chip.setVisible(narrow)
        show_on(self.side_chip, False)
        self._words.set_over_text(narrow)
        self._words.setVisible(not narrow)
        self._reading.show()
        self._reading.set_narrow(narrow=narrow)
        if narrow:
            self._words.setMinimumWidth(0)
            self._words.setMaximumWidth(_NO_MAXIMUM)
        else:
            self._words.setFixedWidth(round(_SIDE * self._em()))
        self.counts.setVisible(not narrow)
        self.read_count.setVisible(narrow)
        self._fit_lines()
        follow_layout(self)

    def _fit_lines(self) -> None:
        """Show the lines above and below that there is room for."""
        # A low window is for the words alone while they are open.
        is_for_words = self._is_low and self._reading.isHidden() and self.is_main_shown
        self.head.setVisible(not is_for_words)
        self.foot.setVisible(self.is_main_shown and not is_for_words)
        is_slim = self.width() < _SLIM * self._em()
        self._head_row.setDirection(QBoxLayout.Direction.TopToBottom if is_slim else QBoxLayout.Direction.LeftToRight)
        self._keys_line.setVisible(not self._is_narrow and not self.foot.isHidden())
        self.keys_button.setVisible(not self._is_low)
        # Read beside the words where the text needs the room.
        self.about.setVisible(bool(self.about.text()) and (not self._is_low or self._reading.isHidden()))


class _Fitted(QWidget):
    """As high as it must be, not as it would like to be: it scrolls only where it does not fit."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1
