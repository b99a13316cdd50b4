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
from balint_desktop.session.notices import NoticeSources, SessionNotices
from balint_desktop.session.pending_writes import PendingWrites, Write


class SessionFacts:
    """The facts of one session: the state computed from them, their writes to the log, and the session's notices.

    Both controllers append facts only through this class.
    """

    def __init__(self, session_format: SessionFormat, clock: Clock, log: SessionLog) -> None:
        self.format = session_format
        self.state: SessionState = new_session(session_format)
        self._clock = clock
        self._log = log
        self._changed: Listeners[[]] = Listeners()
        self._appended: Listeners[[Fact]] = Listeners()
        self._pending = PendingWrites()
        self._unwritten: Trouble | None = None
        self.notices = SessionNotices(self._notice_sources, self.notify_changed)
        self.recording_trouble: Callable[[], Trouble | None] = lambda: None
        self.is_recording_available: Callable[[], bool] = lambda: False

    def now(self) -> Instant:
        """Return the current time by the session's clock."""
        return self._clock.now()

    def elapsed_s(self) -> float:
        """Return the elapsed session time in seconds."""
        return elapsed_s(self.state, self._clock.now())

    def on_change(self, changed: Callable[[], None]) -> Unsubscribe:
        """Register a callback that is called after every change."""
        return self._changed.add(changed)

    def on_fact(self, appended: Callable[[Fact], None]) -> Unsubscribe:
        """Register a callback that is called with every fact once it is applied, before `on_change`."""
        return self._appended.add(appended)

    def notify_changed(self) -> None:
        """Call the `on_change` callbacks, also for changes without a fact, such as the recorder's state."""
        self._changed.notify()

    # --- facts ---

    def append(self, fact: Fact) -> None:
        """Write a fact to the log, then apply it. Raise NotNow before anything is written, or Trouble."""
        state = apply(self.state, fact)
        self._pending.flush()
        self._log.add_fact(fact)
        self._apply(fact, state)

    def append_deferred(self, fact: Fact) -> None:
        """Apply a fact that holds even if the disk fails; its write is retried until it succeeds. Raise NotNow."""
        state = apply(self.state, fact)
        self.write_or_defer(lambda: self._log.add_fact(fact))
        self._apply(fact, state)

    def restore(self, facts: Sequence[Fact]) -> None:
        """Restore a session from the facts in its log."""
        self.state = replay(self.format, facts)

    def _notice_sources(self) -> NoticeSources:
        return NoticeSources(
            self.state,
            self._clock.now(),
            self.notices.events,
            self.notices.refused,
            self._unwritten,
            self.recording_trouble(),
            self.is_recording_available(),
        )

    def _apply(self, fact: Fact, state: SessionState) -> None:
        self.state = state
        # An act has succeeded: why the one before was refused is of no interest any more.
        self.notices.refused = None
        self._appended.notify(fact)
        self._changed.notify()

    # --- writes ---

    def write_or_defer(self, write: Write) -> None:
        """Write now, or queue the write; a notice then shows the reason until it is written."""
        self._unwritten = self._pending.write(write)

    def flush_pending(self) -> None:
        """Retry the queued writes."""
        with contextlib.suppress(Trouble):
            self._pending.flush()
            if self._unwritten is not None:
                self._unwritten = None
                self.notify_changed()

    def close(self, debrief: Debrief) -> None:
        """Write all queued writes and the debrief. Raise Trouble."""
        self._pending.flush()
        self._log.close(debrief)

    def count_prompt(self) -> None:
        """Count one prompt shown. Raise Trouble."""
        self._log.count_prompt()
