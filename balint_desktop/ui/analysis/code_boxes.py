"""The boxes over the text that ask for a code: to give one, and to name, merge or nest one."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.codebook import NAME_LIMIT, CodebookError
from balint_desktop.i18n import tr, tr_in
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.live_label import ProblemLabel, announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text

_GUID = Qt.ItemDataRole.UserRole
_MOST = 5


class GiveBox(QWidget):
    """Type the beginning of a code: Enter gives the first that is offered. What is no code yet becomes one."""

    given = Signal(str)
    new_given = Signal(str)
    closed = Signal()

    def __init__(self, sitting: CodingSitting) -> None:
        super().__init__()
        named(self, "code-give-box")
        self._sitting = sitting
        self.typed = named(QLineEdit(), "code-give", spoken=tr_in("analysis", "Code"))
        self.typed.setPlaceholderText(tr("Type two letters of a code"))
        self.typed.setMaxLength(NAME_LIMIT)
        self.offers = named(QListWidget(), "code-offers", spoken=tr("Codes offered"))
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.itemClicked.connect(self._on_item)
        self.close_button = button(
            tr("Cancel"), "code-give-cancel", self.closed.emit, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        line = QWidget()
        row = layouts.row(line, 10)
        row.addWidget(self.typed, 1)
        row.addWidget(self.close_button)
        column = layouts.column(self, 4)
        column.addWidget(line)
        column.addWidget(self.offers)
        self.typed.textEdited.connect(lambda _: self._offer())
        self.typed.returnPressed.connect(self._on_enter)
        self.typed.installEventFilter(self)
        self.hide()

    def ask(self) -> None:
        """Show the box, empty, with the last codes offered."""
        self.typed.clear()
        self._offer()
        self.show()
        self.typed.setFocus()

    def _offer(self) -> None:
        typed = " ".join(self.typed.text().split())
        book = self._sitting.book
        if typed:
            codes = list(book.starting_with(typed))
        else:
            by_guid = {code.guid: code for code in book.codes if not code.is_retired}
            codes = [by_guid[guid] for guid in self._sitting.recent if guid in by_guid]
        self.offers.clear()
        for code in codes[:_MOST]:
            item = QListWidgetItem(f"{self._sitting.letter(code.guid)}  {code.name}")
            item.setData(_GUID, code.guid)
            item.setToolTip(code.definition)
            self.offers.addItem(item)
        named_so = book.named(typed) if typed else None
        if named_so is not None and named_so.is_retired:
            # It is not offered, but its name is taken: to choose it says what to do.
            item = QListWidgetItem(tr("{code} (retired)").format(code=named_so.name))
            item.setData(_GUID, named_so.guid)
            self.offers.addItem(item)
        if typed and named_so is None:
            item = QListWidgetItem(tr("New code “{name}”").format(name=typed))
            item.setData(_GUID, "")
            self.offers.addItem(item)
        self.offers.setCurrentRow(0)
        self._fit()
        if typed and self.offers.currentItem() is not None:
            announce(self.typed, self.offers.currentItem().text())

    def _fit(self) -> None:
        rows = self.offers.count()
        tall = self.offers.sizeHintForRow(0) if rows else 0
        self.offers.setVisible(rows > 0)
        self.offers.setFixedHeight(tall * min(rows, _MOST + 1) + 2 * self.offers.frameWidth() + 4)

    def _on_enter(self) -> None:
        item = self.offers.currentItem()
        if item is not None:
            self._on_item(item)

    def _on_item(self, item: QListWidgetItem) -> None:
        guid = str(item.data(_GUID))
        if guid:
            self.given.emit(guid)
        else:
            self.new_given.emit(" ".join(self.typed.text().split()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.typed and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.offers.count():
                row = (self.offers.currentRow() + step) % self.offers.count()
                self.offers.setCurrentRow(row)
                announce(self.typed, self.offers.currentItem().text())
                return True
        return super().eventFilter(watched, event)


class CodeAct(Enum):
    """What a box asks for."""

    NEW = auto()
    RENAME = auto()
    MERGE = auto()
    NEST = auto()


class CodeBox(QWidget):
    """One question about a code: its name, what to merge it into, or what to put it under.

    A name that is half typed is a draft of the vault; `study` names whose.
    """

    done = Signal(str)
    """The code that was made or changed."""
    closed = Signal()

    def __init__(self, sitting: CodingSitting, drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "code-box")
        self._sitting = sitting
        self.study = ""
        self._act, self._code = CodeAct.NEW, ""
        self.words = named(text("", "quiet"), "code-box-words")
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_LIMIT)
        self._name_row = labelled(tr("Name"), self.name, "code-name")
        self.other = Choice(tr_in("analysis", "Choose a code"))
        self._other_row = labelled(tr_in("analysis", "Code"), self.other, "code-other")
        self.do_button = button("", "code-box-do", self.save, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "code-box-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self.problem = ProblemLabel("code-box-problem")
        self.draft = FormDraft(self, drafts)
        column = layouts.column(self, 8)
        column.addWidget(self.words)
        column.addWidget(flow(self._name_row, self._other_row, self.do_button, self.cancel_button, at_foot=True))
        column.addWidget(self.problem)
        self.name.returnPressed.connect(self.save)
        self.hide()

    def ask(self, act: CodeAct, code: str = "") -> None:
        """Show the box for an act on a code. Raise Trouble."""
        self.draft.keep()
        self._act, self._code = act, code
        book = self._sitting.book
        name = book.code(code).name if code else ""
        words = {
            CodeAct.NEW: "",
            CodeAct.RENAME: tr("Rename “{code}”").format(code=name),
            CodeAct.MERGE: tr("Merge “{code}” into another code, with its passages").format(code=name),
            CodeAct.NEST: tr("Put “{code}” under another code").format(code=name),
        }[act]
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.do_button.setText(
            {
                CodeAct.NEW: tr("Add code"),
                CodeAct.RENAME: tr("Rename"),
                CodeAct.MERGE: tr("Merge"),
                CodeAct.NEST: tr("Move"),
            }[act]
        )
        self.do_button.setAccessibleDescription(words)
        names = act in {CodeAct.NEW, CodeAct.RENAME}
        self._name_row.setVisible(names)
        self._other_row.setVisible(not names)
        self.name.setText(name if act is CodeAct.RENAME else "")
        self.name.selectAll()
        if not names:
            below = book.below(code)
            options = [(one.name, one.guid) for _, one in book.nested() if one.guid not in below]
            if act is CodeAct.NEST:
                options = [(tr("no code: move to the top"), ""), *options]
            self.other.set_options(options)
            self.other.choose(None)
        self.problem.announce("")
        self.draft.begin(f"analysis-code-{self.study}-{act.name}-{code}")
        self.show()
        (self.name if names else self.other).setFocus()

    def save(self) -> None:
        """Make the change, or say why it cannot be made."""
        sitting, code = self._sitting, self._code
        self.problem.announce("")
        try:
            if self._act is CodeAct.NEW:
                code = sitting.new_code(self.name.text())
            elif self._act is CodeAct.RENAME:
                sitting.change_code(replace(sitting.book.code(code), name=self.name.text()))
            elif self.other.value() is None:
                self.problem.announce(tr("Choose a code."))
                self.other.setFocus()
                return
            elif self._act is CodeAct.MERGE:
                sitting.merge(code, self.other.value())
                code = self.other.value()
            else:
                sitting.nest(code, self.other.value() or None)
        except CodebookError:
            is_empty = not self.name.text().split()
            self.problem.announce(tr("Enter a name.") if is_empty else tr("Another code already has this name."))
            self.name.setFocus()
            return
        self.draft.discard()
        self.done.emit(code)

    def leave(self) -> None:
        """Close the box; what is half typed stays a draft."""
        self.draft.keep()
        self.hide()

    def _on_cancel(self) -> None:
        self.draft.discard()
        self.closed.emit()
