"""Access requests in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from balint_desktop.domain.study.access import AccessRequest, RequestId, checked_request
from balint_desktop.domain.values import GroupId, new_id
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row

_COLUMNS = "id, group_id, who, about, day, answer, answered"


class AccessRows:
    """The table of requests for access."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def requests(self, group: GroupId | None = None) -> tuple[AccessRequest, ...]:
        """Return the requests, oldest first: a group's, or all there are."""
        chosen, values = ("", ()) if group is None else (" WHERE group_id = ?", (group,))
        rows = self._database.run(f"SELECT {_COLUMNS} FROM access_requests{chosen} ORDER BY day, rowid", values)
        return tuple(_request(row) for row in rows)

    def save(self, request: AccessRequest, today: date) -> AccessRequest:
        """Save a request, new (with an empty id) or changed. Raise Trouble if it is invalid."""
        kept = checked_request(request, today)
        kept = kept if kept.id else replace(kept, id=RequestId(new_id()))
        answered = kept.answered.isoformat() if kept.answered is not None else None
        with self._database.together():
            self._database.run(
                f"INSERT INTO access_requests ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " who = excluded.who, about = excluded.about, day = excluded.day, answer = excluded.answer,"
                " answered = excluded.answered",
                (kept.id, kept.group, kept.who, kept.about, kept.day.isoformat(), kept.answer, answered),
            )
            details = {"request": kept.id, "group": kept.group, "day": kept.day.isoformat(), "answered": answered}
            self._audit.add(AuditAct.ACCESS_REQUEST_KEPT, details)
        return kept

    def remove(self, request: AccessRequest) -> None:
        """Delete a request entered by mistake. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM access_requests WHERE id = ?", (request.id,))
            self._audit.add(AuditAct.ACCESS_REQUEST_REMOVED, {"request": request.id, "group": request.group})


def _request(row: Row) -> AccessRequest:
    request, group, who, about, day, answer, answered = row
    return AccessRequest(
        id=RequestId(request),
        group=GroupId(group),
        who=who,
        about=about,
        day=date.fromisoformat(day),
        answer=answer,
        answered=date.fromisoformat(answered) if answered is not None else None,
    )
