"""A panel below the members table: heading, form, problem line, action, cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import subheading


class MemberPanel(Card):
    """A hidden card that opens on demand. `act` is its action; `closed` is called after it closes.

    `others` are buttons between the action and Cancel.
    """

    def __init__(
        self,
        identifier: str,
        heading: str,
        words: str,
        kind: ButtonKind = ButtonKind.PRIMARY,
        others: Sequence[QPushButton] = (),
        *,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__(identifier)
        self.draft = FormDraft(self, drafts)
        self.closed: Callable[[], None] = lambda: None
        self.body.setSpacing(12)
        self.heading = named(subheading(heading), f"{identifier}-heading")
        self.form = Form()
        self.problem = ProblemLabel(f"{identifier}-problem")
        self.act_button = button(words, f"{identifier}-do", self.submit, kind)
        self.back_button = button(
            tr("Cancel"), f"{identifier}-cancel", self.close_panel, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.body.addWidget(self.heading)
        self.body.addWidget(self.form)
        self.body.addWidget(self.problem)
        self.body.addWidget(flow(self.act_button, *others, self.back_button))
        self.hide()

    def submit(self) -> None:
        """Run the action, or show the problem in the panel."""
        with self.problem.attempt() as attempt:
            self.act()
        if attempt.trouble is not None and not focus_unreadable(self):
            self.first_focus().setFocus()

    def act(self) -> None:
        """Run the panel's action. May raise Trouble."""

    def forget(self) -> None:
        """Clear the input."""

    def close_panel(self) -> None:
        """Close the panel and discard its input."""
        # Where the draft cannot be deleted, the form is only filled with it once more.
        with suppress(Trouble):
            self.draft.discard()
        self._close()
        self.closed()

    def leave(self) -> None:
        """Close the panel, as the page is left; what was entered is there again when it is opened."""
        self.draft.keep()
        self._close()

    def _close(self) -> None:
        self.forget()
        self.problem.announce("")
        self.hide()

    def first_focus(self) -> QWidget:
        """Return the widget that gets the focus first."""
        return self.act_button

    def scroll_into_view(self) -> None:
        """Scroll the page so that the whole form is visible, at least its heading."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.isVisible():
            area.ensureWidgetVisible(self.back_button)
            area.ensureWidgetVisible(self.heading)
