"""Plain-text editor that shows the line and reason of an error."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named

_LINES_SHOWN = 18


class FormatEditor(QWidget):
    """A text field, the error in its text, Save and Cancel."""

    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, written: str, check: Callable[[str], str], of: str = "format", label: str = "") -> None:
        super().__init__()
        named(self, f"{of}-editor")
        self._check = check
        self.field = QPlainTextEdit(written)
        self.field.setProperty("kind", "code")
        self.field.setTabChangesFocus(True)
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.problem = ProblemLabel(f"{of}-editor-problem")
        self.save_button = button(tr("Save"), f"{of}-save", self._on_save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), f"{of}-cancel", self.cancelled.emit, escape=EscapeRole.CANCEL)
        self.body = column = layouts.column(self)
        form = Form()
        form.row(label or tr("Text of the format"), self.field, f"{of}-text")
        column.addWidget(form)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        self.field.ensurePolished()
        self.field.setMinimumHeight(self.field.fontMetrics().lineSpacing() * _LINES_SHOWN)
        self.field.textChanged.connect(self._validate)
        self._validate()

    def _validate(self) -> None:
        problem = self._check(self.field.toPlainText())
        self.problem.follow(problem)
        self.save_button.setEnabled(not problem)

    def _on_save(self) -> None:
        self.saved.emit(self.field.toPlainText())
