"""First start: create a vault, restore one from a backup, or go on without."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from balint_desktop.app.context import AppContext
from balint_desktop.ui.vault_access.first_start import FirstStart, SettingUp

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from balint_desktop.domain.trouble import Trouble
    from balint_desktop.ui.vault_access.passphrase_fields import StrengthWords
    from balint_desktop.ui.vault_access.restore_page import RestoreGate, RestorePage
    from balint_desktop.vault.restore import Restored


def build_first_start(context: AppContext, *, opened: Callable[[], None], again: Callable[[], None]) -> FirstStart:
    """Build the gate shown without a vault. `opened` continues with the new one, `again` shows the gate due now."""

    def made(passphrase: str) -> None:
        context.vault_processes.by_passphrase(context.vault.unlock)(
            passphrase, lambda _vault: opened(), not_opened, gate
        )

    def not_opened(trouble: Trouble) -> None:
        # The vault exists; opening it again shows the problem.
        again()
        context.messages.trouble(trouble)

    setting_up = SettingUp(
        # The vault's child is created on first use: it imports the vault's modules.
        create=lambda passphrase, done, failed: context.vault_processes.create(passphrase, done, failed, gate),
        confirm=lambda: context.vault_processes.confirm(),
        estimate=_estimate,
        print_key=_print_key,
        restore_page=lambda: build_restore_page(context),
    )
    gate = FirstStart(context.work, context.messages, setting_up)
    gate.made.connect(made)
    gate.restored.connect(lambda outcome: report_restored(context, outcome, again))
    return gate


def _estimate(passphrase: str) -> StrengthWords:
    from balint_desktop.ui.vault_access.strength import strength_words

    return strength_words(passphrase)


def _print_key(parent: QWidget, key: str) -> None:
    from balint_desktop.ui.export.printing import print_recovery_key

    print_recovery_key(parent, key)


def build_restore_gate(context: AppContext, again: Callable[[], None]) -> RestoreGate:
    """Build the gate that restores another backup. `again` shows the gate due then, also where it is left."""
    from balint_desktop.ui.vault_access.restore_page import RestoreGate

    gate = RestoreGate(build_restore_page(context))
    gate.page.back_asked.connect(again)
    gate.page.restored.connect(lambda outcome: report_restored(context, outcome, again))
    return gate


def report_restored(context: AppContext, outcome: Restored, again: Callable[[], None]) -> None:
    """Show the gate of the restored vault, and say what was restored."""
    from balint_desktop.text import transfer

    again()
    context.messages.inform(transfer.restored(outcome, str(context.data.vault)))


def build_restore_page(context: AppContext) -> RestorePage:
    """Build the page on which a backup is chosen and restored."""
    from balint_desktop.ui.vault_access.restore_page import RestorePage, Restoring
    from balint_desktop.vault.restore import restore, verify_backup

    vault = context.data.vault
    deps = Restoring(verify_backup, lambda verified, sound: restore(verified, vault, intact_only=sound))
    return RestorePage(deps, context.work, context.messages)
