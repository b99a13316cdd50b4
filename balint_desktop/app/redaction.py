"""Cut removed minutes out of the recordings in the background, as soon as the vault can read them."""

from __future__ import annotations

from balint_desktop.app.context import AppContext
from balint_desktop.app.session import SessionHost
from balint_desktop.ui.shell.shell import PlaceKey, Shell


def redact_in_background(context: AppContext, shell: Shell, session: SessionHost) -> None:
    """Cut what was removed, where the vault is open; locked or in a session, the recordings cannot be read."""
    vault = context.vault.current
    if vault is None or not context.vault.is_open:
        return
    from balint_desktop.app.vault_services import recordings_service
    from balint_desktop.recordings.redact_vault import VaultRedaction
    from balint_desktop.ui.recordings.redaction import cut_struck

    def done() -> bool:
        if shell.current is PlaceKey.RECORDINGS:
            shell.refresh()
        # No message in a session, and none about a vault that is closed.
        return context.vault.current is vault and not session.is_running

    cut_struck(VaultRedaction(vault, recordings_service(vault)).cut_all, context.work, context.messages, done)
