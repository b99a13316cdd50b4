"""How a fact comes to count: kept before it does, or counted at once and kept as soon as the disk takes it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from balint_desktop.domain.clock import Clock, Instant
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.facts import Fact
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.session.state import SessionState, apply, elapsed_s, new_session, replay
from balint_desktop.domain.trouble import Trouble
from balint_desktop.session.interfaces import Keeper
from balint_desktop.session.notices import Notice, NoticeKind
from balint_desktop.session.pending_writes import Backlog, Keep


class Course:
    """The course of one session: its state, what is kept of it, and what is quietly told.

    Whoever leads it and whoever records it let facts happen here, and nowhere else.
    """

    def __init__(self, session_format: SessionFormat, clock: Clock, keeper: Keeper) -> None:
        self.format = session_format
        self.state: SessionState = new_session(session_format)
        self.notices: list[Notice] = []
        self._clock = clock
        self._keeper = keeper
        self._changed: Callable[[], None] = lambda: None
        self._heard: Callable[[Fact], None] = lambda _: None
        self._backlog = Backlog()
        self._held: Notice | None = None

    def now(self) -> Instant:
        """Return the present moment, by the session's clock."""
        return self._clock.now()

    def elapsed_s(self) -> float:
        """Return the session's time in seconds."""
        return elapsed_s(self.state, self._clock.now())

    def on_change(self, changed: Callable[[], None]) -> None:
        """Call this after every change."""
        self._changed = changed

    def on_fact(self, heard: Callable[[Fact], None]) -> None:
        """Call this with every fact that counts, before the change is told."""
        self._heard = heard

    def tell_changed(self) -> None:
        """Say that something changed, such as what the recorder does, which no fact tells."""
        self._changed()

    # --- facts ---

    def happens(self, fact: Fact) -> None:
        """Keep a fact, then let it count. What cannot follow raises NotNow before anything is kept. Raise Trouble."""
        state = apply(self.state, fact)
        self._backlog.catch_up()
        self._keeper.add_fact(fact)
        self._count(fact, state)

    def has_happened(self, fact: Fact) -> None:
        """Let a fact count that is so, whatever the disk says; it is kept as soon as it can be."""
        state = apply(self.state, fact)
        self.keep(lambda: self._keeper.add_fact(fact))
        self._count(fact, state)

    def has_been(self, kept: Sequence[Fact]) -> None:
        """Take up a session from the facts that the log kept of it."""
        self.state = replay(self.format, kept)

    def _count(self, fact: Fact, state: SessionState) -> None:
        self.state = state
        self._heard(fact)
        self._changed()

    # --- keeping ---

    def keep(self, keep: Keep) -> None:
        """Keep something now, or hold it and say why."""
        trouble = self._backlog.keep(keep)
        if trouble is not None:
            self._held = self._put_trouble(trouble)

    def keep_what_is_held(self) -> None:
        """Keep what a disk refused, where it takes it now; then nothing is the matter any more."""
        with contextlib.suppress(Trouble):
            self._backlog.catch_up()
            if self._held is not None:
                held, self._held = self._held, None
                self.dismiss(held)

    def close(self, debrief: Debrief) -> None:
        """Keep what the debrief adds, and what is held. Raise Trouble."""
        self._backlog.catch_up()
        self._keeper.close(debrief)

    def count_prompt(self) -> None:
        """Count one prompt shown."""
        self._keeper.count_prompt()

    # --- notices ---

    def notice(self, kind: NoticeKind, not_recorded_s: float = 0.0, now_s: float | None = None) -> None:
        """Tell something quietly; a notice of its kind that stands there already gives way."""
        self._put(Notice(kind, self.elapsed_s() if now_s is None else now_s, not_recorded_s))
        self._changed()

    def notice_trouble(self, trouble: Trouble) -> None:
        """Say what an act was refused for; a trouble that stands there already gives way."""
        self._put_trouble(trouble)
        self._changed()

    def dismiss(self, notice: Notice) -> None:
        """Put a notice away."""
        if notice in self.notices:
            self.notices.remove(notice)
            self._changed()

    def _put_trouble(self, trouble: Trouble) -> Notice:
        return self._put(Notice(NoticeKind.TROUBLE, trouble=trouble))

    def _put(self, notice: Notice) -> Notice:
        self.notices = [n for n in self.notices if n.kind is not notice.kind] + [notice]
        return notice
