"""Accreditation tables: supervision, meetings elsewhere, aims, reviews."""

from __future__ import annotations

import json
from datetime import date

from balint_desktop.domain.accreditation.entries import checked_meeting, checked_supervision
from balint_desktop.domain.accreditation.pathways import Pathway, from_plain, to_plain
from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewState
from balint_desktop.domain.accreditation.values import (
    EntryId,
    Meeting,
    MeetingKind,
    OwnRole,
    Supervision,
    SupervisionForm,
)
from balint_desktop.domain.hidden_signs import strip_hidden
from balint_desktop.domain.values import SessionId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row
from balint_desktop.vault.log.notes import NoteKind, NoteRows


class AccreditationRows:
    """The accreditation tables except the session leaders, which are in `LeaderRows`."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit
        self._notes = NoteRows(database)

    # --- supervision ---

    def supervisions(self) -> tuple[Supervision, ...]:
        """Return every supervision meeting, newest first, with the sessions discussed."""
        talked: dict[str, list[SessionId]] = {}
        for supervision, session in self._database.run(
            "SELECT t.supervision_id, t.session_id FROM supervised_sessions t JOIN sessions s ON s.id = t.session_id"
            " ORDER BY s.rowid"
        ):
            talked.setdefault(supervision, []).append(SessionId(session))
        rows = self._database.run(
            "SELECT id, day, minutes, supervisor, form, recordings_used, note FROM supervisions"
            " ORDER BY day DESC, rowid DESC"
        )
        return tuple(_supervision(row, tuple(talked.get(row[0], ()))) for row in rows)

    def save_supervision(self, entry: Supervision, today: date) -> Supervision:
        """Save a supervision meeting, new or changed. Raise Trouble if it is invalid."""
        kept = checked_supervision(entry, self.supervisions(), today)
        values = (kept.id, kept.day.isoformat(), kept.minutes, kept.supervisor, kept.form, kept.recordings_used)
        with self._database.together():
            self._database.run(
                "INSERT INTO supervisions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " day = excluded.day, minutes = excluded.minutes, supervisor = excluded.supervisor,"
                " form = excluded.form, recordings_used = excluded.recordings_used, note = excluded.note",
                (*values, kept.note),
            )
            self._database.run("DELETE FROM supervised_sessions WHERE supervision_id = ?", (kept.id,))
            for session in kept.sessions:
                self._database.run("INSERT OR IGNORE INTO supervised_sessions VALUES (?, ?)", (kept.id, session))
            self._audit.add(AuditAct.SUPERVISION_NOTED, {"supervision": kept.id, "sessions": len(kept.sessions)})
        return kept

    def remove_supervision(self, entry: EntryId) -> None:
        """Delete a supervision meeting. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM supervisions WHERE id = ?", (entry,))
            self._audit.add(AuditAct.SUPERVISION_REMOVED, {"supervision": entry})

    # --- meetings elsewhere ---

    def meetings(self) -> tuple[Meeting, ...]:
        """Return every meeting held elsewhere, newest first."""
        rows = self._database.run(
            "SELECT id, day, last_day, kind, minutes, label, sessions, cases, role, online FROM meetings_elsewhere"
            " ORDER BY day DESC, rowid DESC"
        )
        return tuple(_meeting(row) for row in rows)

    def save_meeting(self, entry: Meeting, today: date) -> Meeting:
        """Save a meeting, new or changed. Raise Trouble if it is invalid."""
        kept = checked_meeting(entry, self.meetings(), today)
        last_day = kept.last_day.isoformat() if kept.last_day is not None else None
        values = (kept.id, kept.day.isoformat(), last_day, kept.kind, kept.minutes, kept.label)
        with self._database.together():
            self._database.run(
                "INSERT INTO meetings_elsewhere VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " day = excluded.day, last_day = excluded.last_day, kind = excluded.kind, minutes = excluded.minutes,"
                " label = excluded.label, sessions = excluded.sessions, cases = excluded.cases, role = excluded.role,"
                " online = excluded.online",
                (*values, kept.sessions, kept.cases, kept.role, kept.online),
            )
            self._audit.add(AuditAct.MEETING_NOTED, {"meeting": kept.id})
        return kept

    def remove_meeting(self, entry: EntryId) -> None:
        """Delete a meeting. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM meetings_elsewhere WHERE id = ?", (entry,))
            self._audit.add(AuditAct.MEETING_REMOVED, {"meeting": entry})

    # --- aims ---

    def aims(self) -> Pathway:
        """Return the aims the user set; none if unset."""
        rows = self._database.run("SELECT told FROM aims ORDER BY place DESC LIMIT 1")
        return from_plain(json.loads(rows[0][0])) if rows else Pathway()

    def set_aims(self, pathway: Pathway) -> None:
        """Replace the aims. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM aims")
            self._database.run("INSERT INTO aims VALUES (1, ?)", (json.dumps(to_plain(pathway)),))
            self._audit.add(AuditAct.AIMS_SET, {"aims": len(pathway.aims)})

    # --- reviews ---

    def review(self, session: SessionId) -> Review | None:
        """Return a session's review, None if there is none."""
        rows = self._database.run("SELECT session_id, state, told FROM reviews WHERE session_id = ?", (session,))
        return _review(rows[0]) if rows else None

    def reviews(self) -> tuple[Review, ...]:
        """Return every review, pending and declined ones included; the newest session first."""
        rows = self._database.run(
            "SELECT r.session_id, r.state, r.told FROM reviews r JOIN sessions s ON s.id = r.session_id"
            " ORDER BY s.rowid DESC"
        )
        return tuple(_review(row) for row in rows)

    def save_review(self, review: Review) -> None:
        """Save a review, or that it is pending or declined. Raise Trouble."""
        stored = json.dumps({heading.value: strip_hidden(text).strip() for heading, text in review.written.items()})
        with self._database.together():
            self._database.run(
                "INSERT OR REPLACE INTO reviews VALUES (?, ?, ?)", (review.session, review.state, stored)
            )
            self._notes.index_note(review.session, NoteKind.SELF_REVIEW, "\n".join(review.written.values()))
            self._audit.add(AuditAct.REVIEW_KEPT, {"session": review.session, "state": review.state.value})

    def remove_review(self, session: SessionId) -> None:
        """Delete a session's review. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM reviews WHERE session_id = ?", (session,))
            self._notes.index_note(session, NoteKind.SELF_REVIEW, "")
            self._audit.add(AuditAct.REVIEW_REMOVED, {"session": session})


def _supervision(row: Row, sessions: tuple[SessionId, ...]) -> Supervision:
    entry, day, minutes, supervisor, form, recordings_used, note = row
    return Supervision(
        id=EntryId(entry),
        day=date.fromisoformat(day),
        minutes=minutes,
        supervisor=supervisor,
        form=SupervisionForm(form),
        recordings_used=bool(recordings_used),
        sessions=sessions,
        note=note,
    )


def _meeting(row: Row) -> Meeting:
    entry, day, last_day, kind, minutes, label, sessions, cases, role, online = row
    return Meeting(
        id=EntryId(entry),
        day=date.fromisoformat(day),
        kind=MeetingKind(kind),
        minutes=minutes,
        label=label,
        last_day=date.fromisoformat(last_day) if last_day is not None else None,
        sessions=sessions,
        cases=cases,
        role=OwnRole(role) if role is not None else None,
        online=bool(online),
    )


def _review(row: Row) -> Review:
    session, state, written = row
    known = {heading.value for heading in Heading}
    texts = {Heading(key): text for key, text in json.loads(written).items() if key in known}
    return Review(SessionId(session), ReviewState(state), texts)
