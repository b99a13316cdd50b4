"""What the first start does: a vault is made, restored from a backup, or done without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.ui.vault_access.first_start import FirstStart, SettingUp
from balint_desktop.ui.vault_access.strength import strength_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from balint_desktop.app.context import Owner
    from balint_desktop.domain.trouble import Trouble
    from balint_desktop.ui.vault_access.restore_page import RestorePage
    from balint_desktop.vault.restore import Restored


def show_first_start(owner: Owner) -> None:
    """Show the gate of somebody who has no vault here."""

    def made(passphrase: str) -> None:
        owner.door.by_passphrase(owner.take)(passphrase, lambda _: owner.places.open(), not_opened)

    def not_opened(trouble: Trouble) -> None:
        # The vault is there; opening it anew says what is the matter.
        owner.gates.show()
        owner.messages.trouble(trouble)

    def restored(what: Restored) -> None:
        from balint_desktop.text import transfer

        owner.gates.show()
        owner.messages.say(transfer.restored(what, str(owner.data.vault)))

    setting_up = SettingUp(
        # The door is made when it is first used: it loads what a vault is made of.
        create=lambda passphrase, done, failed: owner.door.create(passphrase, done, failed),
        confirm=lambda: owner.door.confirm(),
        estimate=strength_of,
        print_key=_print_key,
        restore_page=lambda: _restore_page(owner),
    )
    gate = FirstStart(owner.work, owner.messages, setting_up)
    gate.try_asked.connect(owner.session.try_it_now)
    gate.made.connect(made)
    gate.restored.connect(restored)
    owner.shell.show_gate(gate)


def _print_key(parent: QWidget, key: str) -> None:
    from balint_desktop.ui.export.printing import print_recovery_key

    print_recovery_key(parent, key)


def _restore_page(owner: Owner) -> RestorePage:
    from balint_desktop.ui.vault_access.restore_page import RestorePage, Restoring
    from balint_desktop.vault.restore import restore, verify_backup

    vault = owner.data.vault
    needs = Restoring(verify_backup, lambda looked, sound: restore(looked, vault, what_is_sound=sound))
    return RestorePage(needs, owner.work, owner.messages)
