"""Append facts to the session: write ahead and then apply, or apply now and retry the write."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from balint_desktop.domain.clock import Clock, Instant
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.session.state import SessionState, apply, elapsed_s, new_session, replay
from balint_desktop.domain.trouble import Trouble
from balint_desktop.session.interfaces import SessionLog
from balint_desktop.session.listeners import Listeners, Unsubscribe
from balint_desktop.session.notices import Notice, NoticeKind, NoticeList
from balint_desktop.session.pending_writes import PendingWrites, Write


class SessionFacts:
    """The facts of one session: the state they make, their way to the log, and the notices they leave.

    Both controllers append facts here, and nowhere else.
    """

    def __init__(self, session_format: SessionFormat, clock: Clock, log: SessionLog) -> None:
        self.format = session_format
        self.state: SessionState = new_session(session_format)
        self.notices = NoticeList(self.elapsed_s, self.notify_changed)
        self._clock = clock
        self._log = log
        self._changed: Listeners[[]] = Listeners()
        self._appended: Listeners[[Fact]] = Listeners()
        self._pending = PendingWrites()
        self._pending_notice: Notice | None = None

    def now(self) -> Instant:
        """Return the present moment, by the session's clock."""
        return self._clock.now()

    def elapsed_s(self) -> float:
        """Return the session's time in seconds."""
        return elapsed_s(self.state, self._clock.now())

    def on_change(self, changed: Callable[[], None]) -> Unsubscribe:
        """Call this after every change."""
        return self._changed.add(changed)

    def on_fact(self, appended: Callable[[Fact], None]) -> Unsubscribe:
        """Call this with every fact once it is applied, before `on_change`."""
        return self._appended.add(appended)

    def notify_changed(self) -> None:
        """Call the listeners of `on_change`, also for what no fact says, such as the recorder's state."""
        self._changed.notify()

    # --- facts ---

    def append(self, fact: Fact) -> None:
        """Write a fact to the log, then apply it. Raise NotNow before anything is written, or Trouble."""
        state = apply(self.state, fact)
        self._pending.flush()
        self._log.add_fact(fact)
        self._apply(fact, state)

    def append_deferred(self, fact: Fact) -> None:
        """Apply a fact that is so whatever the disk says; its write is retried until it succeeds. Raise NotNow."""
        state = apply(self.state, fact)
        self.write_or_defer(lambda: self._log.add_fact(fact))
        self._apply(fact, state)

    def restore(self, facts: Sequence[Fact]) -> None:
        """Take up a session from the facts that its log holds."""
        self.state = replay(self.format, facts)

    def _apply(self, fact: Fact, state: SessionState) -> None:
        self.state = state
        self._appended.notify(fact)
        self._changed.notify()

    # --- writes ---

    def write_or_defer(self, write: Write) -> None:
        """Write now, or hold the write and show why."""
        trouble = self._pending.write(write)
        if trouble is not None:
            self._pending_notice = self.notices.add_quietly(Notice(NoticeKind.TROUBLE, trouble=trouble))

    def flush_pending(self) -> None:
        """Retry the writes that are held; once all succeed, their notice goes."""
        with contextlib.suppress(Trouble):
            self._pending.flush()
            if self._pending_notice is not None:
                notice, self._pending_notice = self._pending_notice, None
                self.notices.dismiss(notice)

    def close(self, debrief: Debrief) -> None:
        """Write what is held, and the debrief. Raise Trouble."""
        self._pending.flush()
        self._log.close(debrief)

    def count_prompt(self) -> None:
        """Count one prompt shown. Raise Trouble."""
        self._log.count_prompt()
