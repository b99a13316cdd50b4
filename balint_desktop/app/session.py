"""How one session is led through the window: begun, returned to, done, and left with the window at a second asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from balint_desktop.app import navigation
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.ui.session.flow import Leading

_CLOSE_AGAIN_MS = 15_000


class OneSession:
    """Begins a session's way through the window, and clears up behind it."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        # Runs while closing the window a second time would leave a running session.
        self._close_again = QTimer(owner.shell, singleShot=True, interval=_CLOSE_AGAIN_MS)

    @property
    def is_running(self) -> bool:
        """Whether a session runs: its clock was started and its debrief is not done."""
        leading = self._owner.leading
        return leading is not None and leading.is_running

    @property
    def has_room(self) -> bool:
        """Whether a room is open, or its debrief."""
        leading = self._owner.leading
        return leading is not None and leading.has_room

    def try_it_now(self) -> None:
        """Open a room without a group; nothing is kept."""
        if self._owner.shell.current is None:
            self._owner.places.open()
        self.lead(lambda leading: leading.without_group())

    def get_ready(self, group: str) -> None:
        """Show the page before a group's next session."""
        self.lead(lambda leading: leading.get_ready(group))

    def return_to_unfinished(self) -> None:
        """Go back to the session that was not closed."""
        owner = self._owner
        vault = owner.open_vault()
        row = vault.log.sessions.unfinished()
        if row is None:
            owner.shell.refresh()
        elif vault.state is VaultState.OPEN:
            self.lead(lambda leading: leading.return_to(row))
        else:
            # How much of its recording is sealed can be seen with the keys alone.
            owner.gates.show_unlock(
                self.return_to_unfinished, tr("Back to Today"), lambda: navigation.show_today(owner.shell)
            )

    def lead(self, go: Callable[[Leading], None]) -> None:
        """Begin one session's way through the window."""
        from balint_desktop.library.formats import shipped_bank
        from balint_desktop.ui.session.flow import Leading, LeadingParts

        owner = self._owner
        owner.messages.clear()
        parts = LeadingParts(
            owner.formats, shipped_bank(), owner.clock, owner.theme, owner.work, owner.messages, owner.vault
        )
        leading = Leading(parts, owner.shell)
        leading.page_changed.connect(lambda page: owner.shell.put_place(PlaceKey.SESSION, page))
        leading.running_changed.connect(owner.shell.set_session_running)
        leading.done.connect(self._on_done)
        leading.hand_round_asked.connect(self._hand_round)
        owner.leading = leading
        with owner.messages.attempt():
            go(leading)

    def _hand_round(self, group: str) -> None:
        """Hand the laptop round for the written part of the group that is led; the passphrase leads to the room."""
        from balint_desktop.app.evaluation import part_to_hand_round
        from balint_desktop.domain.values import GroupId

        owner = self._owner
        with owner.messages.attempt():
            owner.handing.start(part_to_hand_round(owner, GroupId(group)), lambda: None)

    def may_close(self) -> bool:
        """Let the window close; in a session, or while somebody else has the laptop, at the second time of asking."""
        handed_round = self._owner.handing.is_under_way
        if not (self.is_running or handed_round) or self._close_again.isActive():
            return True
        if handed_round:
            told = tr(
                "To leave while the laptop is handed round, close the window once more. What was handed on is kept."
            )
        else:
            told = tr(
                "The session still runs. To leave it, close the window once more: what is recorded is sealed, and "
                "you can come back to where the room is."
            )
        self._owner.messages.say(told)
        self._close_again.start()
        return False

    def stop(self) -> None:
        """Wait for no second asking: the window closes."""
        self._close_again.stop()

    def _on_done(self) -> None:
        owner = self._owner
        owner.drop_leading()
        owner.shell.close_places()
        if owner.vault is not None and owner.vault.state is VaultState.LOCKED:
            owner.locking.lock_whole()
        else:
            from balint_desktop.app.redaction import cut_what_was_struck

            navigation.show_today(owner.shell)
            cut_what_was_struck(owner)
