"""What is beside the text: the codings at the cursor, what their code means, and the memo of the one in hand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QListWidgetItem, QPlainTextEdit, QWidget

from balint_desktop.domain.analysis.codebook import Code
from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import quiet, subheading

# What is typed counts once typing has paused for so long.
_PAUSE_MS = 400
_LIMIT = 4000


class PassagePanel(QWidget):
    """A view of the sitting. What is typed becomes a step of the history at the next pause.

    The memo is read here and written in `memo_form`, which the page places under the passage. `memo_asked` is emitted
    where it is to be opened, and `memo_closed` once it was.
    """

    chosen = Signal(str)
    memo_asked = Signal()
    memo_closed = Signal()

    def __init__(self, sitting: CodingSitting) -> None:
        super().__init__()
        named(self, "code-passage")
        self._sitting = sitting
        self._coding = self._code = ""
        self._shown: tuple[object, ...] = ()
        self._is_filling = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        inner = QWidget()
        column = layouts.column(inner, 8)
        column.addWidget(named(subheading(tr("This passage")), "code-passage-heading"))
        self.none = named(quiet(tr("Nothing is coded here. Select words and press K.")), "code-passage-none")
        column.addWidget(self.none)
        self.codings = named(UncopiedList(), "code-codings", spoken=tr("Codes of this passage"))
        self.codings.currentRowChanged.connect(self._on_row)
        column.addWidget(self.codings)
        self.memo_shown = named(quiet(""), "code-memo-shown")
        self.memo_button = button(tr("Memo…"), "code-memo-open", self.memo_asked.emit)
        column.addWidget(self.memo_shown)
        self._memo_row = flow(self.memo_button)
        column.addWidget(self._memo_row)
        self._build_memo()
        self._about = QWidget()
        about = layouts.column(self._about, 8)
        self.code_heading = named(subheading(""), "code-this-heading")
        about.addWidget(self.code_heading)
        form = Form(spacing=8)
        self.definition = self._field("code-definition", 3)
        self.when = self._field("code-when", 2)
        self.when_not = self._field("code-when-not", 2)
        self.example = self._field("code-example", 2)
        for label, field, identifier in (
            (tr("What it means"), self.definition, "code-definition"),
            (tr("When to use it"), self.when, "code-when"),
            (tr("When not"), self.when_not, "code-when-not"),
            (tr("An example"), self.example, "code-example"),
        ):
            form.row(label, field, identifier)
            form.add(field.left_words)
        about.addWidget(form)
        column.addWidget(self._about)
        column.addStretch(1)
        outer = layouts.column(self)
        outer.addWidget(PageArea(inner, "code-passage-scroll", tr("This passage"), inner=True))
        self.show_place((), "")

    def _build_memo(self) -> None:
        self.memo_form = named(QWidget(), "code-memo-form")
        self.memo = self._field("code-memo", 2)
        self.done_button = button(tr("Close"), "code-memo-done", self.close_memo, escape=EscapeRole.CANCEL)
        form = Form(spacing=4)
        form.row(tr("Memo on this passage"), self.memo, "code-memo")
        form.add(self.memo.left_words)
        column = layouts.column(self.memo_form, 6)
        column.addWidget(form)
        column.addWidget(flow(self.done_button))
        self.memo_form.hide()

    def _field(self, identifier: str, lines: int) -> NoteField:
        made = NoteField(identifier, _LIMIT, lines, shown_from=200)
        made.textChanged.connect(self._on_typed)
        return made

    # --- what is shown ---

    def show_place(self, codings: tuple[Coding, ...], code: str) -> None:
        """Show the codings at a place, and a code: that of the coding in hand, if one is."""
        if self._key(code) != (self._coding, self._code):
            self.commit()
            self.memo_form.hide()
        in_hand = self._sitting.in_hand()
        _, code = self._key(code)
        known = next((one for one in self._sitting.book.codes if one.guid == code), None)
        shown = (codings, in_hand, known, self._sitting.is_locked)
        if shown == self._shown:
            return
        self._shown = shown
        self._is_filling = True
        self._fill_codings(codings, in_hand)
        self._coding, self._code = in_hand.guid if in_hand is not None else "", code
        memo = in_hand.memo if in_hand is not None else ""
        self._memo_row.setVisible(in_hand is not None)
        self._fill(self.memo, memo)
        self.memo_shown.setText(memo)
        self.memo_shown.setVisible(bool(memo))
        self._about.setVisible(known is not None)
        self._fill_code(known)
        for field in (self.memo, self.definition, self.when, self.when_not, self.example):
            if field.isReadOnly() is not self._sitting.is_locked:
                # Qt polishes the field anew each time.
                field.setReadOnly(self._sitting.is_locked)
        self._is_filling = False

    def _key(self, code: str) -> tuple[str, str]:
        in_hand = self._sitting.in_hand()
        return (in_hand.guid, in_hand.code) if in_hand is not None else ("", code)

    def _fill_codings(self, codings: tuple[Coding, ...], in_hand: Coding | None) -> None:
        names = {one.guid: one.name for one in self._sitting.book.codes}
        self.codings.clear()
        for one in codings:
            item = QListWidgetItem(f"{self._sitting.letter(one.code)}  {names.get(one.code, '')}")
            item.setToolTip(self._sitting.passage(one))
            self.codings.addItem(item)
        self._guids = [one.guid for one in codings]
        if in_hand is not None and in_hand.guid in self._guids:
            self.codings.setCurrentRow(self._guids.index(in_hand.guid))
        self.none.setVisible(not codings)
        self.codings.setVisible(bool(codings))
        tall = self.codings.sizeHintForRow(0) if codings else 0
        self.codings.setFixedHeight(tall * min(5, len(codings)) + 2 * self.codings.frameWidth() + 4)

    def _fill_code(self, code: Code | None) -> None:
        self.code_heading.setText(code.name if code is not None else "")
        self._fill(self.definition, code.definition if code is not None else "")
        self._fill(self.when, code.when if code is not None else "")
        self._fill(self.when_not, code.when_not if code is not None else "")
        self._fill(self.example, code.example if code is not None else "")

    @staticmethod
    def _fill(field: QPlainTextEdit, words: str) -> None:
        if field.toPlainText() != words:
            field.setPlainText(words)

    # --- what is typed ---

    def open_memo(self) -> None:
        """Open the memo of the coding in hand."""
        if self._sitting.in_hand() is not None:
            self.memo_form.show()
            self.memo.setFocus()

    def close_memo(self) -> None:
        """Close the memo; what was typed is a step of the history."""
        self.commit()
        self.memo_form.hide()
        self.memo_closed.emit()

    def _on_typed(self) -> None:
        if not self._is_filling:
            self._pause.start()

    def commit(self) -> None:
        """Make what was typed a step of the history."""
        self._pause.stop()
        if self._is_filling or self._sitting.is_locked:
            return
        memo = self.memo.toPlainText()
        coding = next((one for one in self._sitting.codings if one.guid == self._coding), None)
        code = next((one for one in self._sitting.book.codes if one.guid == self._code), None)
        changed = code and replace(
            code,
            definition=self.definition.toPlainText(),
            when=self.when.toPlainText(),
            when_not=self.when_not.toPlainText(),
            example=self.example.toPlainText(),
        )
        if coding is not None and coding.memo != memo:
            self._sitting.set_memo(self._coding, memo)
        if changed is not None and changed != code:
            self._sitting.change_code(changed)

    def _on_row(self, row: int) -> None:
        if not self._is_filling and 0 <= row < len(self._guids):
            self.chosen.emit(self._guids[row])
