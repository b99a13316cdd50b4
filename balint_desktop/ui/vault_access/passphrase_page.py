"""Choose the vault's passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.vault_access.passphrase_fields import Estimate, NewPassphrase
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.text import heading, quiet


class PassphrasePage(QWidget):
    """Two fields and a button. Emits `chosen`, and waits while the vault is created."""

    chosen = Signal(str)
    back_asked = Signal()

    def __init__(self, work: Work, estimate: Estimate) -> None:
        super().__init__()
        named(self, "passphrase-page")
        self.fields = NewPassphrase(work, estimate)
        self.problem = ProblemLabel("passphrase-problem")
        self.next_button = button(tr("Next"), "passphrase-next", self._on_next, ButtonKind.PRIMARY, shortcut="Alt+N")
        self.back_button = button(tr("Back"), "passphrase-back", self.back_asked.emit, escape=EscapeRole.LEAVE)
        self.fields.submitted.connect(self._on_next)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addWidget(named(heading(tr("Choose a passphrase")), "passphrase-heading"))
        column.addWidget(
            quiet(
                tr(
                    "It opens everything in your vault. No one can look it up or reset it. If you forget it, only the "
                    "recovery key on the next page will help."
                )
            )
        )
        column.addWidget(narrow(self.fields))
        column.addWidget(self.problem)
        column.addWidget(flow(self.next_button, self.back_button, learn_more("first-start", "passphrase-more")))
        column.addStretch(1)

    def set_making(self, making: bool) -> None:
        """Show that the vault is being created, or enable the page again."""
        for part in (self.fields, self.next_button, self.back_button):
            part.setEnabled(not making)
        self.problem.announce(tr("Creating the vault. This takes a few seconds.") if making else "")

    def _on_next(self) -> None:
        problem = self.fields.problem()
        self.problem.announce(problem)
        if not problem:
            self.chosen.emit(self.fields.passphrase())
