"""A panel below the members table: heading, form, problem line, action, cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import subheading


class MemberPanel(Card):
    """A card that is hidden until it is wanted. `act` is what it is for; `closed` is called on the way back.

    `others` are buttons that stand between its own and the way back.
    """

    def __init__(
        self,
        identifier: str,
        heading: str,
        words: str,
        kind: ButtonKind = ButtonKind.PRIMARY,
        others: Sequence[QPushButton] = (),
    ) -> None:
        super().__init__(identifier)
        self.closed: Callable[[], None] = lambda: None
        self.body.setSpacing(12)
        self.heading = named(subheading(heading), f"{identifier}-heading")
        self.form = Form()
        self.problem = ProblemLabel(f"{identifier}-problem")
        self.act_button = button(words, f"{identifier}-do", self.submit, kind)
        self.back_button = button(tr("Cancel"), f"{identifier}-cancel", self.close_panel, ButtonKind.QUIET)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.form)
        self.body.addWidget(self.problem)
        self.body.addWidget(flow(self.act_button, *others, self.back_button))
        self.hide()

    def submit(self) -> None:
        """Act, or say in the panel what is wrong with what was typed."""
        with self.problem.attempt() as attempt:
            self.act()
        if attempt.trouble is not None and not focus_unreadable(self):
            self.first_focus().setFocus()

    def act(self) -> None:
        """Do what the panel is for. May raise Trouble."""

    def forget(self) -> None:
        """Empty what was typed."""

    def close_panel(self) -> None:
        """Close, and keep nothing of what was typed."""
        self.forget()
        self.problem.say("")
        self.hide()
        self.closed()

    def first_focus(self) -> QWidget:
        """Return the widget that the keys go to first."""
        return self.act_button

    def come_into_view(self) -> None:
        """Scroll the page so that the whole form can be seen, its heading above all."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.isVisible():
            area.ensureWidgetVisible(self.back_button)
            area.ensureWidgetVisible(self.heading)
