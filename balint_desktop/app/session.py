"""Host one session in the window: start it, return to it, lock it, drop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.context import AppContext
from balint_desktop.app.session_names import SessionNames
from balint_desktop.domain.clock import Instant
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.shell.shell import PlaceKey, Shell

if TYPE_CHECKING:
    from balint_desktop.domain.session.facts import Fact
    from balint_desktop.ui.room.panel import RoomPanel
    from balint_desktop.ui.session.flow import SessionFlow
    from balint_desktop.vault.log.sessions import SessionRow


class SessionHost(QObject):
    """Hosts at most one session, and shows its pages in the window. `flow` is None without one."""

    ended = Signal()
    """The debrief is done, or preparation was cancelled; the flow is discarded."""
    handover_asked = Signal(str)
    """The laptop should be passed round in this group."""
    keys_asked = Signal()
    """Returning to the unfinished session requires the keys that open recordings."""
    agreement_asked = Signal(str)
    """A group's agreement to being recorded is to be entered."""

    def __init__(self, context: AppContext, shell: Shell) -> None:
        super().__init__()
        self._context = context
        self._shell = shell
        self.names = SessionNames(context.vault)
        self.flow: SessionFlow | None = None

    @property
    def is_running(self) -> bool:
        """Whether a session runs: its clock was started and its debrief is not done."""
        return self.flow is not None and self.flow.is_running

    @property
    def is_room_open(self) -> bool:
        """Whether a room or its debrief is open."""
        return self.flow is not None and self.flow.is_room_open

    @property
    def shows_room(self) -> bool:
        """Whether the session's page is the room, which may be shown while locked."""
        return self.flow is not None and self.flow.shows_room

    @property
    def is_under_way(self) -> bool:
        """Whether a session's clock runs and was not left running by mistake: idle time is normal then."""
        return self.flow is not None and self.flow.is_under_way

    @property
    def is_stored(self) -> bool:
        """Whether the session can be returned to."""
        return self.flow is not None and self.flow.is_stored

    @property
    def is_recorded(self) -> bool:
        """Whether there is a recording of the session."""
        return self.flow is not None and self.flow.is_recorded

    def note_closing(self) -> bool:
        """Say in the room, which nothing may move, what closing the window would do; return whether it is in view."""
        return self.flow is not None and self.flow.note_closing()

    # --- opening ---

    def try_it_now(self) -> None:
        """Open a room without a group; nothing is recorded or saved."""
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
            # Only the keys show how much of its recording is sealed.
            self.keys_asked.emit()

    def return_if_under_way(self) -> None:
        """After a restart, lead back into the room, or its debrief, while the session's time runs."""
        vault = self._context.vault.current
        if self.flow is not None or vault is None or not self._context.vault.is_open:
            return
        row = vault.log.sessions.unfinished()
        if row is not None and _is_under_way(row, vault.log.sessions.facts(row.id), self._context.clock.now()):
            self.return_to_unfinished()

    def start(self, go: Callable[[SessionFlow], None]) -> None:
        """Start a flow by one of its entry points."""
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
            names=self.names.of_group,
        )
        flow = SessionFlow(deps, self._shell)
        flow.page_changed.connect(lambda page: self._shell.replace_place(PlaceKey.SESSION, page))
        flow.running_changed.connect(self._shell.set_session_running)
        flow.done.connect(self._on_done)
        flow.handover_asked.connect(self.handover_asked)
        flow.agreement_asked.connect(self.agreement_asked)
        before, self.flow = self.flow, flow
        try:
            go(flow)
        except Trouble as trouble:
            # A preparation page that was left for this flow stays in the shell, and so does the flow connected to it.
            self.flow = before
            flow.deleteLater()
            context.messages.trouble(trouble)
        else:
            if before is not None:
                before.shutdown()
                before.deleteLater()

    def consents_changed(self, group: GroupId) -> None:
        """Apply a changed consent to the running session. Raise Trouble."""
        if self.flow is not None:
            self.flow.consents_changed(group)

    # --- locking ---

    def lock(self, make_panel: Callable[[], RoomPanel]) -> None:
        """Hide people's data in the room; the panel asks for the passphrase."""
        if self.flow is not None:
            self.flow.lock(make_panel)

    def unlock(self) -> None:
        """Show the hidden data again."""
        if self.flow is not None:
            self.flow.unlock()

    def ask_to_unlock(self) -> None:
        """Open the panel that asks for the passphrase in the locked room."""
        if self.flow is not None:
            self.flow.ask_to_unlock()

    # --- ending ---

    def discard(self) -> None:
        """Discard the session in any state. Its recorder seals its buffer when it ends."""
        if self.flow is not None:
            self.flow.shutdown()
            # It is owned by the window, and would reference the vault for the window's lifetime.
            self.flow.deleteLater()
            self.flow = None

    def _on_done(self) -> None:
        self.discard()
        self._shell.close_places()
        self.ended.emit()


def _is_under_way(row: SessionRow, facts: Sequence[Fact], now: Instant) -> bool:
    """Return whether a session was left so recently that nobody can have forgotten it."""
    from balint_desktop.domain.session import schedule
    from balint_desktop.domain.session.format_lines import FormatError
    from balint_desktop.domain.session.formats import parse_format
    from balint_desktop.domain.session.state import NotNow, replay

    try:
        state = replay(parse_format(row.setting.format_text), facts)
    except (FormatError, NotNow):
        return False
    return not schedule.is_forgotten(state, now)
