"""Cut removed minutes out of the recordings in the background, as soon as the vault can read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from balint_desktop.app.context import AppContext
from balint_desktop.app.session import SessionHost
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.shell.work import Work

if TYPE_CHECKING:
    from balint_desktop.recordings.redact_vault import RedactionResult


def redact_in_background(context: AppContext, shell: Shell, session: SessionHost) -> None:
    """Redact where the vault is open; locked or in a session, the recordings cannot be read."""
    vault = context.vault.current
    if vault is None or not context.vault.is_open:
        return
    from balint_desktop.app.vault_services import recordings_service
    from balint_desktop.recordings.redact_vault import VaultRedaction

    def done() -> bool:
        if shell.current is PlaceKey.RECORDINGS:
            shell.refresh()
        # No message during a session, and none about a closed vault.
        return context.vault.current is vault and not session.is_running

    redact_recordings(VaultRedaction(vault, recordings_service(vault)).cut_all, context.work, context.messages, done)


def redact_recordings(
    cut_all: Callable[[], RedactionResult], work: Work, messages: Messages, done: Callable[[], bool]
) -> None:
    """Redact the recordings. `done` updates the page in view, and returns whether a message may be shown now."""

    def report(cuts: RedactionResult) -> None:
        from balint_desktop.text import recordings

        if cuts.recordings and done():
            messages.inform(recordings.redaction_done(cuts.redacted_s))

    # Disk errors are reported: nothing has changed, and the next unlock retries.
    work.run(cut_all, report, messages.trouble, owner=messages)
