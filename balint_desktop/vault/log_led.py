"""Which sessions were held with this laptop, by the log, as far as they count: day, group, format, number of cases."""

from __future__ import annotations

import json
from dataclasses import dataclass

from balint_desktop.domain.values import SessionId, SessionKind
from balint_desktop.vault.database import Database


@dataclass(frozen=True, slots=True)
class LedRow:
    """One session that was held: when it began (seconds since 1970), and how many cases have a presenter."""

    id: SessionId
    group: str
    number: int
    kind: SessionKind
    format_text: str
    began_wall: float
    cases: int


def led_rows(database: Database) -> tuple[LedRow, ...]:
    """Return every session that ended or was closed, newest first. What was left after its start was not held."""
    presenters: dict[str, dict[int, bool]] = {}
    for session, told in database.run(
        "SELECT session_id, told FROM facts WHERE kind = 'presenter-chosen' ORDER BY session_id, place"
    ):
        chosen = json.loads(told)
        presenters.setdefault(session, {})[int(chosen["case"])] = chosen["code"] is not None
    rows = database.run(
        "SELECT s.id, COALESCE(g.name, ''), s.number, s.kind, s.format_text,"
        " (SELECT f.wall FROM facts f WHERE f.session_id = s.id ORDER BY f.place LIMIT 1) AS began"
        " FROM sessions s LEFT JOIN groups g ON g.id = s.group_id"
        " WHERE began IS NOT NULL AND (s.closed = 1"
        " OR EXISTS (SELECT 1 FROM facts f WHERE f.session_id = s.id AND f.kind = 'ended'))"
        " ORDER BY began DESC, s.rowid DESC"
    )
    return tuple(
        LedRow(
            SessionId(session),
            group,
            number,
            SessionKind(kind),
            format_text,
            began,
            sum(presenters.get(session, {}).values()),
        )
        for session, group, number, kind, format_text, began in rows
    )
