"""An inline form behind a button, with its problem line and its draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet


class InlineForm(QWidget):
    """Inline form. `keep` saves and may raise Trouble; the form then stays open and shows the message.

    `opens` is the button that opens the form: hidden while the form is open, then shown again with the focus. Saving
    requires that every required choice is made and `may_save` allows it. What is half typed is there again after the
    page was left or locked: `subject` is what the form is about, by default the group, and part of its draft's key.
    """

    def __init__(
        self,
        identifier: str,
        opens: str,
        save: str,
        keep: Callable[[], None],
        service: RetentionService,
    ) -> None:
        super().__init__()
        named(self, f"{identifier}-form")
        self._keep = keep
        self._identifier = identifier
        self.subject: Callable[[], str] = lambda: service.group
        self._draft = FormDraft(self, service.drafts)
        self._is_saving = False
        self.about_to_open: Callable[[], None] = lambda: None
        self.may_save: Callable[[], bool] = lambda: True
        self._choices: list[Choice] = []
        self.missing = named(quiet(""), f"{identifier}-missing")
        self.open_button = button(opens, f"{identifier}-open", self.open)
        self.form = Form()
        self.problem = ProblemLabel(f"{identifier}-problem")
        self.save_button = button(save, f"{identifier}-save", self.save, ButtonKind.PRIMARY)
        self.leave_button = button(
            tr("Cancel"), f"{identifier}-leave", self._on_leave, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
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
        self._show()
        (self._first or self.save_button).setFocus()

    def show_again(self, *, offered: bool = True) -> bool:
        """Show the form open if it holds unsaved input, else closed; return whether it is open. Raise Trouble.

        `offered` is whether there is anything to enter: otherwise not even the button is shown.
        """
        is_left = not self.isHidden() or self._draft.is_stored(self._draft_key())
        if offered and is_left and not self._is_saving:
            self._show()
            if self._draft.is_changed:
                return True
        self._hide()
        self.open_button.setVisible(offered)
        return False

    def _draft_key(self) -> str:
        return f"retention/{self.subject()}/{self._identifier}"

    def keep_draft(self) -> None:
        """Store unsaved input."""
        self._draft.keep()

    def close_form(self) -> None:
        """Close the form and discard its input. Raise Trouble."""
        self._draft.discard()
        self._hide()

    def _show(self) -> None:
        self.problem.announce("")
        self._draft.refill(self._draft_key(), self.about_to_open)
        self.update_save()
        self.open_button.hide()
        self.show()

    def _hide(self) -> None:
        self.problem.announce("")
        self.hide()
        self.open_button.show()

    def save(self) -> None:
        """Validate and save."""
        was_visible = self.isVisible()
        with self.problem.attempt() as attempt:
            # A refresh of the page in the meantime closes the form instead of entering its input again.
            self._is_saving = True
            try:
                self._keep()
            finally:
                self._is_saving = False
            self._draft.discard()
            # A refresh of the page in the meantime has already closed the form and updated its choices.
            if not self.isHidden():
                self.close_form()
            if was_visible and self.open_button.isVisible():
                self.open_button.setFocus()
        if attempt.trouble is not None:
            focus_unreadable(self)

    def _on_leave(self) -> None:
        with self.problem.attempt():
            self.close_form()
            self.open_button.setFocus()
