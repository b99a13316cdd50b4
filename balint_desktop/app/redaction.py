"""When what was struck is cut from the recordings: as soon as the vault can read them, in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from balint_desktop.app.recordings_service import shelf_of
from balint_desktop.recordings.redact_vault import RedactionResult, VaultRedaction
from balint_desktop.text import recordings
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.shell.work import Work
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def cut_what_was_struck(owner: Owner) -> None:
    """Cut it where the vault is open; while it is locked or in a session, the recordings cannot be read."""
    vault = owner.vault
    if vault is None or vault.state is not VaultState.OPEN:
        return

    def done() -> bool:
        if owner.shell.current is PlaceKey.RECORDINGS:
            owner.shell.refresh()
        # No message in a session, and none about a vault that is closed.
        return owner.vault is vault and not owner.session.is_running

    cut_struck(VaultRedaction(vault, shelf_of(vault)).cut_all, owner.work, owner.messages, done)


def cut_struck(
    cut_all: Callable[[], RedactionResult], work: Work, messages: Messages, done: Callable[[], bool]
) -> None:
    """Cut what was struck. `done` shows it where it is in view, and tells whether it may be spoken of now."""

    def tell(cuts: RedactionResult) -> None:
        if cuts.recordings and done():
            messages.say(recordings.redaction_done(cuts.struck_s))

    # A disk that refuses is told as it is: everything is as it was, and the next unlock goes on from there.
    work.run(cut_all, tell, messages.trouble)
