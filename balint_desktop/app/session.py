"""Host one session in the window: start it, return to it, lock it, drop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.context import AppContext
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.shell.shell import PlaceKey, Shell

if TYPE_CHECKING:
    from balint_desktop.ui.room.panel import RoomPanel
    from balint_desktop.ui.session.flow import SessionFlow


class SessionHost(QObject):
    """Holds the one session there may be, and shows its pages in the window. `flow` is None while there is none."""

    ended = Signal()
    """The debrief is done, or getting ready was broken off; the flow is dropped."""
    handover_asked = Signal(str)
    """The laptop is to be passed round in this group."""
    keys_asked = Signal()
    """To return to the unfinished session takes the keys that open recordings."""

    def __init__(self, context: AppContext, shell: Shell) -> None:
        super().__init__()
        self._context = context
        self._shell = shell
        self.flow: SessionFlow | None = None

    @property
    def is_running(self) -> bool:
        """Whether a session runs: its clock was started and its debrief is not done."""
        return self.flow is not None and self.flow.is_running

    @property
    def has_room(self) -> bool:
        """Whether a room is open, or its debrief."""
        return self.flow is not None and self.flow.has_room

    @property
    def shows_room(self) -> bool:
        """Whether the session's page is the room, the one that may be seen while locked."""
        return self.flow is not None and self.flow.shows_room

    @property
    def is_under_way(self) -> bool:
        """Whether the clock of a session runs that was not forgotten: nobody needs to touch the window."""
        return self.flow is not None and self.flow.is_under_way

    # --- opening ---

    def try_it_now(self) -> None:
        """Open a room without a group; nothing is recorded or kept."""
        self.start(lambda flow: flow.without_group())

    def get_ready(self, group: str) -> None:
        """Show the page before a group's next session."""
        self.start(lambda flow: flow.get_ready(group))

    def return_to_unfinished(self) -> None:
        """Return to the session that was not closed."""
        vault = self._context.vault.open_vault()
        row = vault.log.sessions.unfinished()
        if row is None:
            self._shell.refresh()
        elif self._context.vault.is_open:
            self.start(lambda flow: flow.return_to(row))
        else:
            # How much of its recording is sealed can be seen with the keys alone.
            self.keys_asked.emit()

    def start(self, go: Callable[[SessionFlow], None]) -> None:
        """Begin a flow with one of its ways in."""
        from balint_desktop.library.formats import shipped_bank
        from balint_desktop.ui.session.flow import SessionFlow, SessionFlowDeps

        context = self._context
        context.messages.clear()
        deps = SessionFlowDeps(
            formats=context.formats,
            bank=shipped_bank(),
            clock=context.clock,
            theme=context.theme,
            work=context.work,
            messages=context.messages,
            vault=context.vault.current,
        )
        flow = SessionFlow(deps, self._shell)
        flow.page_changed.connect(lambda page: self._shell.put_place(PlaceKey.SESSION, page))
        flow.running_changed.connect(self._shell.set_session_running)
        flow.done.connect(self._on_done)
        flow.hand_round_asked.connect(self.handover_asked)
        before, self.flow = self.flow, flow
        try:
            go(flow)
        except Trouble as trouble:
            # A page to get ready on that was left for this stays, and so does the flow that listens to it.
            self.flow = before
            flow.deleteLater()
            context.messages.trouble(trouble)
        else:
            if before is not None:
                before.shutdown()
                before.deleteLater()

    def consents_changed(self, group: GroupId) -> None:
        """Let a changed consent count in the session from now on. Raise Trouble."""
        if self.flow is not None:
            self.flow.consents_changed(group)

    # --- locking ---

    def lock(self, make_panel: Callable[[], RoomPanel]) -> None:
        """Hold back what the room shows of people; the panel asks for the passphrase."""
        if self.flow is not None:
            self.flow.lock(make_panel)

    def unlock(self) -> None:
        """Show again what was held back."""
        if self.flow is not None:
            self.flow.unlock()

    def ask_to_unlock(self) -> None:
        """Open the panel that asks for the passphrase in the locked room."""
        if self.flow is not None:
            self.flow.ask_to_unlock()

    # --- ending ---

    def drop(self) -> None:
        """Let go of the session, in whatever state it is. What its recorder has is sealed when it ends."""
        if self.flow is not None:
            self.flow.shutdown()
            # It belongs to the window, and would hold the vault as long as that stands.
            self.flow.deleteLater()
            self.flow = None

    def _on_done(self) -> None:
        self.drop()
        self._shell.close_places()
        self.ended.emit()
