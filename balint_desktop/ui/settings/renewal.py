"""Renew the vault's keys, page by page, confirmed at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.vault_access.passphrase_fields import Estimate, NewPassphrase, secret_field
from balint_desktop.ui.vault_access.recovery_page import RecoveryPage
from balint_desktop.ui.vault_access.type_back_page import TypeBackPage
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.lifetime import while_alive
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import FIELD, column_in
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, subheading, text


@dataclass(frozen=True, slots=True)
class Renewing:
    """Dependencies of a key renewal.

    `prepare` takes the current and the new passphrase, prepares the new keys in the background, and calls back
    with the new recovery key or a Trouble. `confirm` activates them and asks for the new passphrase; it may
    raise Trouble.
    """

    prepare: Callable[[str, str, Callable[[str], None], Callable[[Trouble], None]], None]
    confirm: Callable[[], None]
    estimate: Estimate
    print_key: Callable[[QWidget, str], None]


class RenewalSection(QWidget):
    """A button, then a form, the new recovery key, and typing it back."""

    def __init__(self, renewing: Renewing, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "renewal")
        self._renewing = renewing
        self._messages = messages
        self._turn = 0
        self.begin_button = button(tr("Renew keys…"), "renew", self._on_begin)
        self.old = secret_field()
        self.new = NewPassphrase(work, renewing.estimate, "renew-passphrase")
        self.problem = ProblemLabel("renew-problem")
        self.prepare_button = button(tr("Create new keys"), "renew-prepare", self._on_prepare)
        self.cancel_button = button(
            tr("Cancel"), "renew-cancel", self._on_cancel, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.recovery_page: RecoveryPage | None = None
        self.type_back_page: TypeBackPage | None = None
        self.pages = Pages()
        self._closed = self._closed_page()
        self._form = self._form_page()
        self.pages.add(self._closed)
        self.pages.add(self._form)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Vault keys")), "renewal-heading"))
        column.addWidget(self.pages)
        self.new.submitted.connect(self._on_prepare)

    def forget(self) -> None:
        """Discard the input and the prepared keys; the current keys remain."""
        self._turn += 1
        self.old.clear()
        self.new.clear()
        self.problem.announce("")
        self._form.setEnabled(True)
        for page in (self.recovery_page, self.type_back_page):
            if page is not None:
                self.pages.remove(page)
        self.recovery_page = self.type_back_page = None
        self.pages.show_page(self._closed)

    def _closed_page(self) -> QWidget:
        page = QWidget()
        column = column_in(page)
        column.addWidget(
            named(
                quiet(
                    tr(
                        "Do this if someone else may have your passphrase or recovery key, "
                        "or if the key no longer works."
                    )
                ),
                "renewal-when",
            )
        )
        column.addWidget(flow(self.begin_button, learn_more("recovery-key", "renewal-more")))
        return page

    def _form_page(self) -> QWidget:
        page = QWidget()
        column = column_in(page, FIELD)
        column.addWidget(
            named(
                text(
                    tr(
                        "You get a new passphrase and a new recovery key, and your recordings are sealed again. "
                        "Earlier backups open only with the old ones: make a new backup afterwards. Nothing changes "
                        "until you have typed two blocks of the new recovery key."
                    )
                ),
                "renewal-what",
            )
        )
        form = Form()
        form.row(
            tr("Current passphrase"),
            self.old,
            "renew-old-passphrase",
            tr("The recovery key works here too."),
        )
        column.addWidget(form)
        column.addWidget(self.new)
        column.addWidget(self.problem)
        column.addWidget(flow(self.prepare_button, self.cancel_button))
        return page

    def _on_begin(self) -> None:
        self.pages.show_page(self._form)
        self.old.setFocus()

    def _on_cancel(self) -> None:
        self.forget()
        self.begin_button.setFocus()

    def _on_prepare(self) -> None:
        problem = self.new.problem() if self.old.text() else tr("Enter your current passphrase.")
        if not problem and self.new.passphrase() == self.old.text():
            problem = tr("That is your current passphrase. Choose a different one.")
        self.problem.announce(problem)
        if problem:
            return
        self._form.setEnabled(False)
        self.problem.announce(tr("Creating new keys. This takes a few seconds."))
        turn = self._turn
        self._renewing.prepare(
            self.old.text(),
            self.new.passphrase(),
            while_alive(self, lambda key: self._on_prepared(turn, key)),
            while_alive(self, lambda trouble: self._on_failed(turn, trouble)),
        )

    def _on_prepared(self, turn: int, key: str) -> None:
        if turn != self._turn:
            return
        self._form.setEnabled(True)
        self.old.clear()
        self.new.clear()
        self.problem.announce("")
        self.recovery_page = RecoveryPage(key)
        self.type_back_page = TypeBackPage(key)
        self._add_page(self.recovery_page)
        self._add_page(self.type_back_page)
        self.recovery_page.next_asked.connect(self._show_type_back)
        self.recovery_page.print_asked.connect(lambda: self._renewing.print_key(self, key))
        self.type_back_page.back_asked.connect(self._show_recovery)
        self.type_back_page.confirmed.connect(self._on_confirmed)
        # Created later than the sections below, they would follow those in the tab order.
        follow_layout(self)
        self._show_recovery()

    def _add_page(self, page: RecoveryPage | TypeBackPage) -> None:
        """Add a page with a button that cancels the renewal."""
        # No role for Escape: a key that was just written down is not dropped by one press.
        stop = button(tr("Keep the current keys"), f"renew-stop-{page.objectName()}", self._on_cancel, ButtonKind.QUIET)
        page.body.addWidget(flow(stop))
        self.pages.add(page)

    def _on_failed(self, turn: int, trouble: Trouble) -> None:
        if turn != self._turn:
            return
        self._form.setEnabled(True)
        self.problem.announce("")
        self._messages.trouble(trouble)
        self.old.setFocus()

    def _show_recovery(self) -> None:
        if self.recovery_page is not None:
            self.pages.show_page(self.recovery_page)
            self.recovery_page.next_button.setFocus()

    def _show_type_back(self) -> None:
        if self.type_back_page is not None:
            self.pages.show_page(self.type_back_page)
            self.type_back_page.fields[0].setFocus()

    def _on_confirmed(self) -> None:
        with self._messages.attempt():
            self._renewing.confirm()


def renewed_words(left: int, rosters_left: int = 0, studies_left: int = 0) -> str:
    """Return that the keys are renewed, and whether the old one had to be retained."""
    if studies_left and not left and not rosters_left:
        return tr(
            "Your new passphrase and recovery key work. An analysis could not be sealed again because its key is "
            "damaged, so the vault still has its old key. Restore the analysis from a backup, or destroy it. Then "
            "renew the keys again."
        )
    if rosters_left and not left:
        return tr(
            "Your new passphrase and recovery key work. One group’s names could not be sealed again because their "
            "file is damaged, so the vault still has its old key. Restore the file from a backup, or destroy that "
            "roster on the group’s page. Then renew the keys again."
        )
    if not left:
        return tr(
            "Keys renewed. The old passphrase and recovery key no longer open this vault. Destroy the old paper and "
            "make a new backup."
        )
    return tr_n(
        "Your new passphrase and recovery key work. {n} recording could not be sealed again, so the vault still has "
        "its old key. Check it under Recordings, then renew the keys again.",
        "Your new passphrase and recovery key work. {n} recordings could not be sealed again, so the vault still has "
        "its old key. Check them under Recordings, then renew the keys again.",
        left,
    ).format(n=left)
