"""Leaders of each session in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from balint_desktop.domain.accreditation.entries import checked_colleague
from balint_desktop.domain.accreditation.values import (
    Colleague,
    ColleagueId,
    ColleagueRole,
    Leaders,
    OwnRole,
    SessionColleague,
)
from balint_desktop.domain.values import GroupId, SessionId, new_id
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database

_BESIDE = (
    "SELECT l.session_id, c.id, c.label, c.accredited, l.role FROM session_leaders l"
    " JOIN colleagues c ON c.id = l.colleague_id"
)


@dataclass(frozen=True, slots=True)
class RemovedColleague:
    """A removed colleague, and the sessions they were recorded in: the data to restore them."""

    colleague: Colleague
    roles: Mapping[SessionId, ColleagueRole]


class LeaderRows:
    """The tables of colleagues and session leaders."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    # --- colleagues ---

    def colleagues(self) -> tuple[Colleague, ...]:
        """Return every colleague, by label."""
        rows = self._database.run("SELECT id, label, accredited FROM colleagues ORDER BY label COLLATE NOCASE")
        return tuple(Colleague(ColleagueId(one), label, _yes_no(known)) for one, label, known in rows)

    def save_colleague(self, colleague: Colleague) -> Colleague:
        """Save a colleague, new (with an empty id) or changed. Raise Trouble: LABEL_MISSING, LABEL_TAKEN."""
        kept = checked_colleague(colleague, self.colleagues())
        if not kept.id:
            kept = replace(kept, id=ColleagueId(new_id()))
        with self._database.together():
            self._database.run(
                "INSERT INTO colleagues VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " label = excluded.label, accredited = excluded.accredited",
                (kept.id, kept.label, kept.accredited),
            )
            self._audit.add(AuditAct.COLLEAGUE_NOTED, {"colleague": kept.id})
        return kept

    def remove_colleague(self, colleague: ColleagueId) -> RemovedColleague:
        """Remove a colleague from the list and from every session; return what `bring_back` needs. Raise KeyError."""
        found = next((one for one in self.colleagues() if one.id == colleague), None)
        if found is None:
            raise KeyError(colleague)
        rows = self._database.run("SELECT session_id, role FROM session_leaders WHERE colleague_id = ?", (colleague,))
        with self._database.together():
            self._database.run("DELETE FROM colleagues WHERE id = ?", (colleague,))
            self._audit.add(AuditAct.COLLEAGUE_REMOVED, {"colleague": colleague, "sessions": len(rows)})
        return RemovedColleague(found, {SessionId(session): ColleagueRole(role) for session, role in rows})

    def restore_colleague(self, removed: RemovedColleague) -> None:
        """Restore a removed colleague, with the sessions they were in. Raise Trouble."""
        with self._database.together():
            self.save_colleague(removed.colleague)
            for session, role in removed.roles.items():
                self._database.run(
                    "INSERT OR REPLACE INTO session_leaders SELECT id, ?, ?, 0 FROM sessions WHERE id = ?",
                    (removed.colleague.id, role, session),
                )

    def count_sessions(self, colleague: ColleagueId) -> int:
        """Return in how many sessions a colleague is recorded."""
        ((count,),) = self._database.run("SELECT COUNT(*) FROM session_leaders WHERE colleague_id = ?", (colleague,))
        return int(count)

    # --- session leaders ---

    def leaders(self, session: SessionId) -> Leaders:
        """Return a session's leaders."""
        own = self._database.run("SELECT role FROM own_roles WHERE session_id = ?", (session,))
        agreed = self._database.run(
            "SELECT MIN(agreed) FROM session_leaders WHERE session_id = ? AND role = ?",
            (session, ColleagueRole.OBSERVER),
        )[0][0]
        return Leaders(OwnRole(own[0][0]) if own else None, self.non_participants(session), bool(agreed))

    def save_leaders(self, session: SessionId, leaders: Leaders) -> None:
        """Replace a session's leaders. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM own_roles WHERE session_id = ?", (session,))
            self._database.run("DELETE FROM session_leaders WHERE session_id = ?", (session,))
            if leaders.own is not None:
                self._database.run("INSERT INTO own_roles VALUES (?, ?)", (session, leaders.own))
            for one in leaders.colleagues:
                self._database.run(
                    "INSERT INTO session_leaders VALUES (?, ?, ?, ?)",
                    (
                        *(session, one.colleague.id, one.role),
                        one.role is ColleagueRole.OBSERVER and leaders.observers_agree,
                    ),
                )
            self._audit.add(AuditAct.LEADERS_NOTED, {"session": session, "beside": len(leaders.colleagues)})

    def non_participants(self, session: SessionId) -> tuple[SessionColleague, ...]:
        """Return the people in a session besides its participants and the user (COREQ item 15), by label."""
        rows = self._database.run(f"{_BESIDE} WHERE l.session_id = ? ORDER BY c.label COLLATE NOCASE", (session,))
        return tuple(_to_beside(row[1:]) for row in rows)

    def non_participants_of_group(self, group: GroupId) -> dict[SessionId, tuple[SessionColleague, ...]]:
        """Return the same for each of a group's sessions with anyone to list (COREQ item 15)."""
        rows = self._database.run(
            f"{_BESIDE} JOIN sessions s ON s.id = l.session_id WHERE s.group_id = ?"
            " ORDER BY s.number, s.rowid, c.label COLLATE NOCASE",
            (group,),
        )
        found: dict[SessionId, tuple[SessionColleague, ...]] = {}
        for row in rows:
            found[SessionId(row[0])] = (*found.get(SessionId(row[0]), ()), _to_beside(row[1:]))
        return found

    def last_leaders(self, group: GroupId | None) -> Leaders:
        """Return the leaders of the latest session with any recorded: of this group, or else of any.

        They preset the next session's leaders, so that an unchanged team needs no input.
        """
        noted = (
            "SELECT s.id FROM sessions s WHERE (EXISTS (SELECT 1 FROM own_roles o WHERE o.session_id = s.id)"
            " OR EXISTS (SELECT 1 FROM session_leaders l WHERE l.session_id = s.id))"
        )
        rows = self._database.run(f"{noted} AND s.group_id = ? ORDER BY s.rowid DESC LIMIT 1", (group,))
        rows = rows or self._database.run(f"{noted} ORDER BY s.rowid DESC LIMIT 1")
        return self.leaders(SessionId(rows[0][0])) if rows else Leaders()

    def own_roles(self) -> dict[SessionId, OwnRole]:
        """Return the user's own role in every session that records one."""
        rows = self._database.run("SELECT session_id, role FROM own_roles")
        return {SessionId(session): OwnRole(role) for session, role in rows}


def _to_beside(row: tuple[str, str, int | None, str]) -> SessionColleague:
    colleague, label, accredited, role = row
    return SessionColleague(Colleague(ColleagueId(colleague), label, _yes_no(accredited)), ColleagueRole(role))


def _yes_no(value: int | None) -> bool | None:
    return None if value is None else bool(value)
