"""Automatic lock settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.locking import IDLE_MINUTES, NEVER
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading


@dataclass(frozen=True, slots=True)
class LockingDeps:
    """Locking preferences. `knows_screen` is whether the system reports a locked screen."""

    minutes: int
    choose: Callable[[int], None]
    knows_screen: Callable[[], bool]


class LockingSection(QWidget):
    """One choice, applied at once, and two sentences."""

    def __init__(self, deps: LockingDeps) -> None:
        super().__init__()
        self._deps = deps
        self.minutes = ChoiceField()
        for minutes in IDLE_MINUTES:
            self.minutes.addItem(_words(minutes), minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(deps.minutes))
        self.minutes.activated.connect(lambda _: deps.choose(self.minutes.currentData()))
        self.system = named(quiet(""), "locking-system")
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Lock")), "locking-heading"))
        form = Form()
        form.row(tr("Lock after"), self.minutes, "lock-after")
        self.minutes.setMaximumWidth(self.minutes.sizeHint().width() * 2)
        column.addWidget(form)
        column.addWidget(self.system)
        column.addWidget(
            quiet(
                tr(
                    "It does not lock by itself while a session runs or a recording plays. If you lock during a "
                    "session, the room stays open: clock, steps, prompts and recording continue."
                )
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Show what else locks, as far as known yet."""
        self.system.setText(
            tr("Also locks when the screen locks or the laptop goes to sleep.")
            if self._deps.knows_screen()
            else tr(
                "Also locks when the laptop goes to sleep. This system does not report when its screen locks, so "
                "press Ctrl+L when you leave."
            )
        )


def _words(minutes: int) -> str:
    if minutes == NEVER:
        return tr("Never")
    return tr_n("{n} minute", "{n} minutes", minutes).format(n=minutes)
