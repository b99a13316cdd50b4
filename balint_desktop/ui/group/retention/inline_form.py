"""An inline form behind a button, with its problem line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet


class InlineForm(QWidget):
    """Inline form. `keep` saves and may raise Trouble; the form then stays open and shows the message.

    `opens` is the button that opens the form: hidden while the form is open, then shown again with the focus. Saving
    requires that every required choice is made and `may_save` allows it.
    """

    def __init__(self, identifier: str, opens: str, save: str, keep: Callable[[], None]) -> None:
        super().__init__()
        named(self, f"{identifier}-form")
        self._keep = keep
        self.about_to_open: Callable[[], None] = lambda: None
        self.may_save: Callable[[], bool] = lambda: True
        self._choices: list[Choice] = []
        self.missing = named(quiet(""), f"{identifier}-missing")
        self.open_button = button(opens, f"{identifier}-open", self.open)
        self.form = Form()
        self.problem = ProblemLabel(f"{identifier}-problem")
        self.save_button = button(save, f"{identifier}-save", self.save, ButtonKind.PRIMARY)
        self.leave_button = button(tr("Cancel"), f"{identifier}-leave", self._on_leave, ButtonKind.QUIET)
        self._first: QWidget | None = None
        column = layouts.column(self, 12)
        for widget in (self.form, self.problem, flow(self.save_button, self.leave_button), self.missing):
            column.addWidget(widget)
        self.missing.hide()
        self.hide()

    def row(self, label: str, field: QWidget, identifier: str, help_text: str = "") -> None:
        """Add a labelled field; the first one gets the focus."""
        self.form.row(label, field, identifier, help_text)
        self._first = self._first or field

    def require(self, choice: Choice) -> None:
        """Disable saving until a choice is made in that field."""
        self._choices.append(choice)
        subscribe(self, choice.currentIndexChanged, lambda _: self.update_save())

    def update_save(self) -> None:
        """Enable saving, or name the missing choice beside the button."""
        prompt = next((choice.prompt for choice in self._choices if choice.value() is None), "")
        self.save_button.setEnabled(not prompt and self.may_save())
        self.save_button.setAccessibleDescription(prompt)
        self.missing.setText(prompt)
        self.missing.setVisible(bool(prompt))

    def open(self) -> None:
        """Show the form in place of its button."""
        self.problem.announce("")
        self.about_to_open()
        self.update_save()
        self.open_button.hide()
        self.show()
        (self._first or self.save_button).setFocus()

    def close_form(self) -> None:
        """Close the form and discard its input."""
        self.problem.announce("")
        self.hide()
        self.open_button.show()

    def save(self) -> None:
        """Validate and save."""
        was_visible = self.isVisible()
        with self.problem.attempt() as attempt:
            self._keep()
            # A refresh of the page in the meantime has already closed the form and updated its choices.
            if not self.isHidden():
                self.close_form()
            if was_visible and self.open_button.isVisible():
                self.open_button.setFocus()
        if attempt.trouble is not None:
            focus_unreadable(self)

    def _on_leave(self) -> None:
        self.close_form()
        self.open_button.setFocus()
