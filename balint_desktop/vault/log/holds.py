"""Legal holds in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from balint_desktop.domain.study.holds import Hold, HoldId, Lifted, checked_hold, checked_lifting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionId, new_id
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row

_COLUMNS = "id, group_id, since, why, by_whom, recording_id, keeps_struck, lifted_day, lifted_why, lifted_by"
_STANDS_ON = (
    "lifted_day IS NULL AND (recording_id = ?1 OR (recording_id IS NULL AND group_id = (SELECT s.group_id"
    " FROM recordings r JOIN sessions s ON s.id = r.session_id WHERE r.id = ?1)))"
)


class HoldRows:
    """The table of legal holds. All code that destroys data checks it first."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def holds(self, group: GroupId) -> tuple[Hold, ...]:
        """Return a group's holds, those in effect first, the newest first."""
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM legal_holds WHERE group_id = ?"
            " ORDER BY lifted_day IS NOT NULL, since DESC, rowid DESC",
            (group,),
        )
        return tuple(_hold(row) for row in rows)

    def active(self) -> tuple[Hold, ...]:
        """Return every hold in effect."""
        rows = self._database.run(f"SELECT {_COLUMNS} FROM legal_holds WHERE lifted_day IS NULL ORDER BY since")
        return tuple(_hold(row) for row in rows)

    def on(self, recording: RecordingId) -> Hold | None:
        """Return the earliest hold that protects a recording from being destroyed, None if there is none."""
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM legal_holds WHERE {_STANDS_ON} ORDER BY since LIMIT 1", (recording,)
        )
        return _hold(rows[0]) if rows else None

    def require_free(self, recording: RecordingId) -> None:
        """Check that no hold protects a recording. Raise Trouble HELD."""
        if self.on(recording) is not None:
            raise Trouble(TroubleCode.HELD)

    def require_free_group(self, group: GroupId) -> None:
        """Check that no hold protects a group as a whole: its names, notes and papers. Raise Trouble HELD."""
        if any(hold.covers(None) for hold in self.holds(group)):
            raise Trouble(TroubleCode.HELD)

    def require_free_session(self, session: SessionId) -> None:
        """Check that no hold protects a session's group, or a recording of it. Raise Trouble HELD."""
        if self._database.run(
            "SELECT 1 FROM legal_holds h WHERE lifted_day IS NULL AND ("
            " (recording_id IS NULL AND group_id = (SELECT group_id FROM sessions WHERE id = ?1))"
            " OR EXISTS (SELECT 1 FROM recordings r WHERE r.id = h.recording_id AND r.session_id = ?1)) LIMIT 1",
            (session,),
        ):
            raise Trouble(TroubleCode.HELD)

    def retains_redacted(self, recording: RecordingId) -> bool:
        """Return whether a hold also retains a recording's removed audio, which must then not be redacted."""
        query = f"SELECT 1 FROM legal_holds WHERE keeps_struck AND {_STANDS_ON} LIMIT 1"
        return bool(self._database.run(query, (recording,)))

    def place(self, hold: Hold, today: date) -> Hold:
        """Place a hold, and return it with its id. Raise Trouble if it is invalid (domain/study/holds.py).

        A destruction already begun cannot be held: RECORDING_MISSING.
        """
        kept = replace(checked_hold(hold, today), id=HoldId(new_id()), lifted=None)
        if kept.recording is not None and self._database.run(
            "SELECT 1 FROM destroyings WHERE recording_id = ?", (kept.recording,)
        ):
            raise Trouble(TroubleCode.RECORDING_MISSING, recording=kept.recording)
        with self._database.together():
            details = {
                "hold": kept.id,
                "group": kept.group,
                "recording": kept.recording,
                "since": kept.since.isoformat(),
            }
            self._audit.add(AuditAct.HOLD_PLACED, {**details, "keeps_struck": kept.retains_redacted})
            self._database.run(
                "INSERT INTO legal_holds (id, group_id, recording_id, since, why, by_whom, keeps_struck)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(kept.id, kept.group, kept.recording, kept.since.isoformat(), kept.why, kept.by),
                    kept.retains_redacted,
                ),
            )
        return kept

    def lift(self, hold: Hold, lifted: Lifted, today: date) -> Hold:
        """Lift a hold. Raise Trouble if that is invalid (domain/study/holds.py)."""
        checked = checked_lifting(hold, lifted, today)
        with self._database.together():
            self._set_lifted(hold.id, checked)
            self._audit.add(
                AuditAct.HOLD_LIFTED, {"hold": hold.id, "group": hold.group, "day": checked.day.isoformat()}
            )
        return replace(hold, lifted=checked)

    def reinstate(self, hold: Hold) -> None:
        """Reinstate a hold lifted by mistake. What was destroyed meanwhile stays destroyed."""
        with self._database.together():
            self._set_lifted(hold.id, None)
            self._audit.add(AuditAct.HOLD_STANDS_AGAIN, {"hold": hold.id, "group": hold.group})

    def _set_lifted(self, hold: HoldId, lifted: Lifted | None) -> None:
        values = (lifted.day.isoformat(), lifted.why, lifted.by) if lifted is not None else (None, None, None)
        self._database.run(
            "UPDATE legal_holds SET lifted_day = ?, lifted_why = ?, lifted_by = ? WHERE id = ?", (*values, hold)
        )


def _hold(row: Row) -> Hold:
    hold, group, since, why, by, recording, keeps_struck, lifted_day, lifted_why, lifted_by = row
    return Hold(
        id=HoldId(hold),
        group=GroupId(group),
        since=date.fromisoformat(since),
        why=why,
        by=by,
        recording=RecordingId(recording) if recording is not None else None,
        retains_redacted=bool(keeps_struck),
        lifted=Lifted(date.fromisoformat(lifted_day), lifted_why, lifted_by) if lifted_day is not None else None,
    )
