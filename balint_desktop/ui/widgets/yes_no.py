"""A question answered by yes, by no, or not at all."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import chip, show_on, when_chosen


class YesNo:
    """Two exclusive pills, both off at first. Pressing the active pill turns it off."""

    def __init__(self, identifier: str) -> None:
        self.yes = chip(tr("Yes"), f"{identifier}-yes")
        self.no = chip(tr("No"), f"{identifier}-no")
        when_chosen(self.yes, lambda _on: show_on(self.no, False))
        when_chosen(self.no, lambda _on: show_on(self.yes, False))

    @property
    def answer(self) -> bool | None:
        """Return the answer, None if unanswered."""
        return True if self.yes.isChecked() else False if self.no.isChecked() else None

    @answer.setter
    def answer(self, value: bool | None) -> None:
        self.yes.setChecked(value is True)
        self.no.setChecked(value is False)
