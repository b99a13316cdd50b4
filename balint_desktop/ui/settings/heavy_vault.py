"""Offer to seal a vault again that takes more memory to open than it should."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.sealed.passphrase import WORK_FACTOR
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.vault_access.passphrase_fields import secret_field
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import is_alive
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text

Reseal = Callable[[str, Callable[[], None], Callable[[Trouble], None]], None]
"""Seals the vault again with the passphrase typed, and calls back later."""


class HeavyVaultBox(QWidget):
    """Why, a field for the passphrase, and a button. Hidden unless the vault was sealed with more work than today's."""

    def __init__(self, work_factor: Callable[[], int | None], reseal: Reseal | None, messages: Messages) -> None:
        super().__init__()
        named(self, "heavy-vault")
        self._work_factor = work_factor
        self._reseal = reseal
        self._messages = messages
        self._words = named(text(""), "heavy-vault-words")
        self.passphrase = secret_field()
        self.problem = ProblemLabel("heavy-vault-problem")
        self.reseal_button = button(tr("Seal again"), "heavy-vault-reseal", self._on_reseal)
        column = layouts.column(self, 10)
        column.addWidget(self._words)
        form = Form()
        form.row(tr("Passphrase"), self.passphrase, "heavy-vault-passphrase")
        column.addWidget(form)
        column.addWidget(self.problem)
        column.addWidget(flow(self.reseal_button))
        self.passphrase.returnPressed.connect(self._on_reseal)
        self.refresh()

    def refresh(self) -> None:
        """Discard the input, and show the offer where it applies."""
        self.passphrase.clear()
        self.problem.announce("")
        factor = self._work_factor()
        self.setVisible(self._reseal is not None and factor is not None and factor > WORK_FACTOR)
        if factor is not None:
            self._words.setText(
                tr(
                    "Opening this vault takes {now} MB of memory, which a small computer may not have. "
                    "Seal it again with the same passphrase, and it takes {then} MB."
                ).format(now=_megabytes(factor), then=_megabytes(WORK_FACTOR))
            )

    def _on_reseal(self) -> None:
        if self._reseal is None:
            return
        if not self.passphrase.text():
            self.problem.announce(tr("Enter your passphrase."))
            return
        self.setEnabled(False)
        self.problem.announce(tr("Sealing the vault. This takes a few seconds."))
        self._reseal(self.passphrase.text(), self._on_done, self._on_failed)

    def _on_done(self) -> None:
        self._messages.inform(tr("The vault now opens with less memory. Your passphrase is the same."))
        if is_alive(self):
            self.setEnabled(True)
            self.refresh()

    def _on_failed(self, trouble: Trouble) -> None:
        self._messages.trouble(trouble)
        if is_alive(self):
            self.setEnabled(True)
            self.problem.announce("")
            self.passphrase.setFocus()


def _megabytes(factor: int) -> int:
    """Return the memory of scrypt at a work factor: 1 KiB for each of its two-to-that-power blocks."""
    return 1 << (factor - 10)
