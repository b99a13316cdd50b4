"""LogService: lists, records and corrections for the Log's pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.session.entered_afterwards import USUAL_S, AfterwardsEntry, LikelySession, likely_session
from balint_desktop.domain.session.session_record import SessionRecord, session_record
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n.library_texts import translated_record
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.log.corrections import Superseded
from balint_desktop.vault.log.summaries import FoundSessions, SessionCounts, SessionQuery, SummaryRow
from balint_desktop.vault.vault import OpenVault

# How many outdated summaries are brought up to date before times are compared: far more than ever are.
_TO_COMPARE = 1000


class LogService:
    """Log of one open vault, on the log's thread. Every method raises Trouble."""

    def __init__(self, vault: OpenVault, recordings: RecordingService, clock: Clock) -> None:
        self._log = vault.log
        self._recordings = recordings
        self._clock = clock

    # --- lists ---

    def found(self, wanted: SessionQuery, sort_by: str, *, descending: bool) -> FoundSessions:
        """Return the matching sessions in that order, and their number."""
        return self._log.summaries.found(wanted, sort_by, descending=descending)

    def rows(self, ids: Sequence[int]) -> list[SummaryRow]:
        """Return the rows of these sessions, in that order."""
        return self._log.summaries.rows(ids)

    def id_of(self, session: SessionId) -> int | None:
        """Return a session's id in lists, None where it never began."""
        try:
            return self._log.summaries.row(session).id
        except KeyError:
            return None

    def snippets(self, sessions: Sequence[SessionId], words: str) -> Mapping[SessionId, str]:
        """Return snippets of these sessions' notes around the search words."""
        return self._log.notes.snippets(sessions, words)

    def counts(self, wanted: SessionQuery) -> SessionCounts:
        """Return the numbers of sessions and cases."""
        return self._log.summaries.counts(wanted)

    def refresh_summaries(self, most: int) -> int:
        """Refresh up to that many outdated session summaries, and return how many remain."""
        return self._log.summaries.refresh(most)

    def years(self) -> list[int]:
        """Return the years with sessions."""
        return self._log.summaries.years()

    def groups(self) -> tuple[Group, ...]:
        """Return every group."""
        return self._log.groups.groups()

    def likely_session(
        self,
        group: Group,
        day: date,
        *,
        time: str = "",
        lasted_s: float = USUAL_S,
        number: int | None = None,
        online: bool = False,
    ) -> LikelySession:
        """Return the likely values of a session entered afterwards, by the group's calendar.

        A planned session with that `number` is on its own day; otherwise it is the one due on `day`. `online`
        is whether the group's own format is held by video call.
        """
        plan = self._log.dates.plan(group.id) if number is not None else ()
        line = next((one for one in plan if one.number == number and one.number is not None), None)
        if line is None or number is None:
            number, line = self._log.dates.next_session(group.id, day)
        else:
            day = line.day
        now = self._clock.now().wall
        return likely_session(group, number, line, day, now, time=time, lasted_s=lasted_s, online=online)

    # --- records ---

    def record(self, session: SessionId) -> SessionRecord:
        """Return one session in full. Raise Trouble SESSION_MISSING."""
        return translated_record(session_record(self._recordings.session(session)))

    def records(self, wanted: SessionQuery) -> tuple[SessionRecord, ...]:
        """Return sessions in full, newest first, for export."""
        rows = self.rows(self._log.summaries.ids(wanted))
        stored = self._recordings.sessions([row.session for row in rows])
        return tuple(translated_record(session_record(kept)) for kept in stored)

    # --- changes ---

    @property
    def correction_author(self) -> str:
        """Return the label of the person who makes corrections here."""
        return self._log.corrections.author

    def changes(self, session: SessionId) -> tuple[Superseded, ...]:
        """Return the active changes of a record, latest first."""
        return self._log.corrections.of_session(session)

    def is_in_progress(self, session: SessionId) -> bool:
        """Return whether a session is running or awaits its debrief: its record cannot be corrected yet."""
        row = self._log.sessions.unfinished()
        return row is not None and row.id == session

    def correct(self, seen: SessionRecord, values: Mapping[Field, Any], attribution: Attribution) -> tuple[str, ...]:
        """Correct fields of a record that still matches `seen`. Raise Trouble RECORD_CHANGED among others."""
        return self._log.corrections.correct(
            seen.id, values, attribution, seen=seen.current_values, revision=seen.revision
        )

    def undo_corrections(self, session: SessionId, corrections: Sequence[str]) -> None:
        """Undo corrections that were made together. Raise Trouble RECORD_CHANGED."""
        with self._log.together():
            for correction in reversed(corrections):
                self._log.corrections.undo(correction, self._log.corrections.revision(session))

    def erase(self, seen: SessionRecord, field: Field, attribution: Attribution) -> None:
        """Erase a text permanently. Raise Trouble RECORD_CHANGED among others."""
        self._log.corrections.erase(seen.id, field, attribution, revision=seen.revision)

    def enter(self, entry: AfterwardsEntry) -> SessionId:
        """Save a session that ran without the laptop.

        Raise Trouble DAY_TO_COME, VALUE_IMPOSSIBLE, MEMBER_MISSING among others.
        """
        if entry.setting.group is not None:
            group = self._log.groups.group(entry.setting.group)
            group.require((*entry.present, *entry.presenters.values()))
        return self._log.enter(entry)

    def held_during(self, entry: AfterwardsEntry) -> int | None:
        """Return the number of a session of the same group that overlaps an entry, None where there is none."""
        group = entry.setting.group
        self._log.summaries.refresh(_TO_COMPARE)
        return None if group is None else self._log.dates.held_during(group, entry.began_wall, entry.lasted_s)

    def undo_entering(self, session: SessionId) -> None:
        """Undo entering a session. Raise Trouble RECORD_CHANGED where it was changed since."""
        self._log.undo_entering(session)
