"""Sessions in the log: setup, facts, debrief."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session.corrections import Overlay
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.entered_afterwards import (
    AfterwardsEntry,
    build_facts,
    build_overlay,
    validated_entry,
)
from balint_desktop.domain.session.facts import Fact, from_fields, to_fields
from balint_desktop.domain.values import GroupId, SessionId, SessionKind, new_id
from balint_desktop.vault.log.database import Database, Row

_COLUMNS = (
    "id, group_id, number, kind, format_key, format_text,"
    " prompts_shown, closed, process_note, entered_wall, revision, corrected"
)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in the log, without its facts. `closed` is set once its debrief is written.

    `entered_wall` is the time of entry if it ran without the laptop; `revision` counts its changes, and `corrected`
    overrides its facts.
    """

    id: SessionId
    setting: SessionSetting
    prompts_shown: int
    closed: bool
    debrief: Debrief
    entered_wall: float | None = None
    revision: int = 1
    corrected: Overlay = field(default_factory=Overlay)


class SessionRows:
    """The tables of sessions and their facts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, setting: SessionSetting) -> SessionId:
        """Insert a session's row, and return its id. Raise Trouble."""
        session = SessionId(new_id())
        self._insert(session, setting)
        return session

    def _insert(self, session: SessionId, setting: SessionSetting) -> None:
        self._database.run(
            "INSERT INTO sessions (id, group_id, number, kind, format_key, format_text) VALUES (?, ?, ?, ?, ?, ?)",
            (session, setting.group, setting.number, setting.kind, setting.format_key, setting.format_text),
        )

    def insert_imported(
        self,
        session: SessionId,
        setting: SessionSetting,
        facts: Sequence[Fact],
        *,
        overlay: Overlay,
        entered_wall: float | None,
    ) -> None:
        """Save a session that was led elsewhere, closed, under the id that it has there. Raise Trouble."""
        with self._database.together():
            self._insert(session, setting)
            self._database.run(
                "UPDATE sessions SET entered_wall = ?, corrected = ? WHERE id = ?",
                (entered_wall, overlay.to_text(), session),
            )
            for fact in facts:
                self.add_fact(session, fact)
            self.close(session, Debrief())

    def add_fact(self, session: SessionId, fact: Fact) -> None:
        """Commit one fact: on return it is on the disk. Raise Trouble."""
        self._database.run(
            "INSERT INTO facts SELECT ?, COALESCE(MAX(place), 0) + 1, ?, ?, ?, ?, ? FROM facts WHERE session_id = ?",
            (
                *(session, fact.kind, fact.at.wall, fact.at.boot, fact.at.boot_id),
                *(json.dumps(to_fields(fact)), session),
            ),
        )

    def facts(self, session: SessionId) -> tuple[Fact, ...]:
        """Return a session's facts in the order they happened."""
        rows = self._database.run(
            "SELECT kind, wall, boot, boot_id, told FROM facts WHERE session_id = ? ORDER BY place", (session,)
        )
        return tuple(
            from_fields(kind, Instant(wall, boot, boot_id), json.loads(stored))
            for kind, wall, boot, boot_id, stored in rows
        )

    def count_prompt(self, session: SessionId) -> None:
        """Count one prompt shown."""
        self._database.run("UPDATE sessions SET prompts_shown = prompts_shown + 1 WHERE id = ?", (session,))

    def close(self, session: SessionId, debrief: Debrief) -> None:
        """Save the debrief, and mark the session as closed. May be repeated to correct something."""
        self._database.run(
            "UPDATE sessions SET closed = 1, process_note = ?, revision = revision + 1 WHERE id = ?",
            (debrief.process_note, session),
        )

    def enter(self, entry: AfterwardsEntry, wall: float) -> SessionId:
        """Save a session that ran without the laptop, closed and marked as entered at that wall time.

        Raise Trouble, DAY_TO_COME and VALUE_IMPOSSIBLE among others.
        """
        right = validated_entry(entry, wall)
        with self._database.together():
            session = self.start(right.setting)
            self._database.run(
                "UPDATE sessions SET entered_wall = ?, corrected = ? WHERE id = ?",
                (wall, build_overlay(right).to_text(), session),
            )
            for fact in build_facts(right):
                self.add_fact(session, fact)
            self.close(session, right.debrief)
        return session

    def sessions(self, group: GroupId | None = None) -> tuple[SessionRow, ...]:
        """Return sessions that began, newest first: all, or one group's."""
        began = "EXISTS (SELECT 1 FROM facts WHERE session_id = sessions.id)"
        chosen, values = (began, ()) if group is None else (f"{began} AND group_id = ?", (group,))
        rows = self._database.run(f"SELECT {_COLUMNS} FROM sessions WHERE {chosen} ORDER BY rowid DESC", values)
        return tuple(_session(row) for row in rows)

    def latest_evaluation(self, group: GroupId) -> SessionId | None:
        """Return a group's latest evaluation session that began, None if none did."""
        rows = self.sessions(group)
        return next((row.id for row in rows if row.setting.kind is SessionKind.EVALUATION), None)

    def session(self, session: SessionId) -> SessionRow:
        """Return one session. Raise KeyError."""
        rows = self._database.run(f"SELECT {_COLUMNS} FROM sessions WHERE id = ?", (session,))
        if not rows:
            raise KeyError(session)
        return _session(rows[0])

    def unfinished(self) -> SessionRow | None:
        """Return the latest session if it began and was not closed, for a restart to resume."""
        rows = self._database.run(
            "SELECT m.session_id, m.closed FROM summaries AS m JOIN sessions AS s ON s.id = m.session_id"
            " WHERE m.entered = 0 AND s.imported_wall IS NULL ORDER BY m.id DESC LIMIT 1"
        )
        return self.session(SessionId(rows[0][0])) if rows and not rows[0][1] else None


def _session(row: Row) -> SessionRow:
    session, group, number, kind, format_key, format_text, prompts, closed, note, *columns = row
    entered_wall, revision, corrected = columns
    return SessionRow(
        id=SessionId(session),
        setting=SessionSetting(
            group=GroupId(group) if group is not None else None,
            number=number,
            kind=SessionKind(kind),
            format_key=format_key,
            format_text=format_text,
        ),
        prompts_shown=prompts,
        closed=bool(closed),
        debrief=Debrief(note),
        entered_wall=entered_wall,
        revision=revision,
        corrected=Overlay.from_text(corrected),
    )
