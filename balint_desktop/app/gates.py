"""Show the gate before the places: create a vault, unlock it, or bring back the keys to recordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.handover import Handover
from balint_desktop.app.locking import Locking
from balint_desktop.app.session import SessionHost
from balint_desktop.app.unlock import VaultUnlock
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.vault.layout import VaultLayout

if TYPE_CHECKING:
    from balint_desktop.ui.vault_access.unlock import Unlock, UnlockReason


class Gates(QObject):
    """Shows the gate that is due."""

    passed = Signal()
    """The places may be listed: the vault is open, or the app runs as a timer only."""
    try_asked = Signal()
    """A room without a vault was requested."""
    vault_made = Signal()
    """A vault was created and its places are listed: the first group comes next."""
    vault_chosen = Signal(object)
    """Another vault is wanted: its data folder."""
    unlocked = Signal()
    """The vault was unlocked, and the page behind the gate is shown."""

    def __init__(
        self,
        context: AppContext,
        shell: Shell,
        *,
        session: SessionHost,
        locking: Locking,
        handover: Handover,
        unlock: VaultUnlock,
    ) -> None:
        super().__init__()
        self._context = context
        self._shell = shell
        self._session = session
        self._locking = locking
        self._handover = handover
        self._unlock = unlock

    def show(self) -> None:
        """Show the gate of the vault: unlock it, or create one."""
        self._shell.remove_places()
        places = VaultLayout(self._context.data.vault)
        if places.exists():
            gate = self._show_unlock(self.passed.emit, other=self.passed.emit)
            gate.another_asked.connect(self._show_another)
            gate.another_button.show()
            if places.was_never_opened():
                gate.offer_restore()
                gate.restore_asked.connect(self._show_restore)
        else:
            from balint_desktop.app.first_start import build_first_start

            first = build_first_start(self._context, opened=self._on_vault_made, again=self.show)
            # Looked for by its name first: the vault's modules are not needed before the first paint.
            if places.being_made.exists() and self._context.vault_processes.discard_unfinished():
                first.choice.show_unfinished()
            first.try_asked.connect(self.try_asked)
            first.choice.another_asked.connect(self._show_another)
            if self._context.data.root != self._context.vault_list.parent:
                first.choice.show_folder(str(self._context.data.root))
            self._shell.show_gate(first)

    def _show_another(self) -> None:
        from balint_desktop.app.known_vaults import build_another_vault

        self._shell.show_gate(build_another_vault(self._context, self.vault_chosen.emit, self.show))

    def _show_restore(self) -> None:
        from balint_desktop.app.first_start import build_restore_gate

        self._shell.show_gate(build_restore_gate(self._context, self.show))

    def _on_vault_made(self) -> None:
        self.passed.emit()
        self.vault_made.emit()

    def ask_for_keys(
        self,
        opened: Callable[[], None],
        title: str,
        words: str,
        back: Callable[[], None] | None = None,
        *,
        help_page: str,
    ) -> None:
        """Ask for the passphrase of a vault whose keys a session dropped, then call `opened`.

        `title`, `words` and the page of Help say what it is asked for; without it, `back` is called, or Today is shown.
        """
        from balint_desktop.ui.vault_access.unlock import UnlockReason

        reason = UnlockReason(title, words, tr("Back to Today") if back is None else tr("Back"), help_page)
        self._show_unlock(opened, reason, back or (lambda: navigation.show_today(self._shell)))

    def _show_unlock(
        self,
        opened: Callable[[], None],
        reason: UnlockReason | None = None,
        other: Callable[[], None] | None = None,
    ) -> Unlock:
        from balint_desktop.ui.vault_access.unlock import Unlock

        gate = Unlock(str(self._context.data.vault), self._unlock.by_passphrase, self._unlock.by_key, reason)

        def on_opened(*, by_key: bool) -> None:
            opened()
            self.unlocked.emit()
            if by_key:
                self._context.messages.inform(
                    tr(
                        "Unlocked with the recovery key. If you have lost the passphrase, set a new one in "
                        "Settings, using the recovery key in place of the old one."
                    )
                )

        gate.opened.connect(lambda _vault: on_opened(by_key=gate.by_key))
        gate.clock_alone.setVisible(other is not None)
        if other is not None:
            gate.other_asked.connect(other)
        self._shell.show_gate(gate)
        return gate

    def may_show(self, key: PlaceKey) -> bool:
        """Ask for the passphrase where the vault is locked, and where recordings are opened after a session.

        A session drops the keys to the recordings. While locked, only its room may be shown.
        """
        vault = self._context.vault
        if self._handover.is_under_way:
            # During a handover the page passed round stays, whatever would navigate elsewhere.
            return False
        if self._session.is_room_open and vault.is_locked:
            if key is PlaceKey.SESSION and self._session.shows_room:
                return True
            from balint_desktop.ui.vault_access.unlock import UnlockReason

            words = tr("The session and its recording continue. Enter your passphrase to see this page.")
            self._show_unlock(self._locking.unlocked_in_session, UnlockReason(tr("Unlock this page"), words))
            return False
        words_for_keys = _words_for_keys(key)
        if words_for_keys is None or vault.current is None or vault.is_open:
            return True
        title, words = words_for_keys
        self.ask_for_keys(lambda: self._shell.show_place(key), title, words, help_page=key.value)
        return False


def _words_for_keys(key: PlaceKey) -> tuple[str, str] | None:
    """Return the title and the words before a place that needs the keys that a session drops, None for another."""
    if key is PlaceKey.RECORDINGS:
        words = tr("For safety, recordings lock after a session. Enter your passphrase to open them.")
        return tr("Open recordings"), words
    if key is PlaceKey.TRANSCRIPTS:
        words = tr("For safety, transcripts lock after a session. Enter your passphrase to open them.")
        return tr("Open transcripts"), words
    if key is PlaceKey.ANALYSIS:
        words = tr("For safety, analyses lock after a session. Enter your passphrase to open them.")
        return tr("Open analysis"), words
    return None
