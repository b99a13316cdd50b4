"""Type back two blocks of the recovery key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.text.recovery_key import is_group, split_key, two_to_type
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.text import heading, quiet


class TypeBackPage(QWidget):
    """Two fields for two blocks of the key."""

    confirmed = Signal()
    back_asked = Signal()

    def __init__(self, key: str, asked: tuple[int, int] | None = None) -> None:
        super().__init__()
        named(self, "type-back-page")
        self._groups = split_key(key)
        self.asked = asked or two_to_type(len(self._groups))
        self.fields = [QLineEdit() for _ in self.asked]
        self.problem = ProblemLabel("type-back-problem")
        self.done_button = button(tr("Done"), "type-back-done", self._on_done, ButtonKind.PRIMARY, shortcut="Alt+D")
        self.back_button = button(
            tr("Back to the key"), "type-back-back", self.back_asked.emit, escape=EscapeRole.LEAVE
        )
        self.body = column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addWidget(named(heading(tr("Check your copy")), "type-back-heading"))
        column.addWidget(quiet(tr("Type blocks {a} and {b} from the paper.").format(a=self.asked[0], b=self.asked[1])))
        column.addWidget(self._form())
        column.addWidget(self.problem)
        column.addWidget(flow(self.done_button, self.back_button))
        column.addStretch(1)

    def set_opening(self, opening: bool) -> None:
        """Show that the vault is being opened."""
        for part in (*self.fields, self.done_button, self.back_button):
            part.setEnabled(not opening)
        self.problem.announce(tr("Opening the vault…") if opening else "")

    def _form(self) -> QWidget:
        form = Form()
        for number, field in zip(self.asked, self.fields, strict=True):
            form.row(tr("Block {n}").format(n=number), field, f"type-back-group-{number}")
        first, second = self.fields
        first.returnPressed.connect(lambda: self._on_done() if second.text() else second.setFocus())
        second.returnPressed.connect(self._on_done)
        return narrow(form)

    def _on_done(self) -> None:
        for number, field in zip(self.asked, self.fields, strict=True):
            if not is_group(field.text(), self._groups[number - 1]):
                self.problem.announce(
                    tr("Block {n} doesn’t match. Check the paper, or go back to the key.").format(n=number)
                )
                field.setFocus()
                field.selectAll()
                return
        self.problem.announce("")
        self.confirmed.emit()
