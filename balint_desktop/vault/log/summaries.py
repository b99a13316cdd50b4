"""Summary rows of sessions, rebuilt from facts where stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.session.corrections import Overlay
from balint_desktop.domain.session.summary import Summary, summarise
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId, SessionKind
from balint_desktop.vault.log.database import Database, Row
from balint_desktop.vault.log.notes import match_query
from balint_desktop.vault.log.sessions import SessionRows

_COLUMNS = (
    "s.id, s.session_id, s.group_id, COALESCE(g.name, ''), s.number, s.kind, s.format_name, s.online, s.began_wall,"
    " s.day, s.planned_s, s.ended_s, s.cases, s.presenters, s.present, s.missing_s, s.recorded, s.recorded_s, s.closed,"
    " s.entered, s.corrected"
)
_FROM = "FROM summaries AS s LEFT JOIN groups AS g ON g.id = s.group_id"
_NOTED = "SELECT noted.session_id FROM notes JOIN noted ON noted.id = notes.rowid WHERE notes MATCH ?"
# The sort column of each list column; only names in this table are ever put into SQL.
SORTED_BY = {
    "began": "s.began_wall",
    "group": "g.name COLLATE NOCASE",
    "number": "s.number",
    "kind": "s.kind",
    "format": "s.format_name COLLATE NOCASE",
    "online": "s.online",
    "presenter": "CAST(substr(NULLIF(s.presenters, ''), 2) AS INTEGER)",
    "present": "s.present_count",
    "cases": "s.cases",
    "recorded": "s.recorded_s",
    "length": "s.ended_s",
    "marked": "s.entered * 2 + s.corrected",
}


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One session as lists show it. Times in seconds, `day` as 2026-03-04; `recorded` is yes, no or destroyed."""

    id: int
    session: SessionId
    group: GroupId | None
    group_name: str
    number: int
    kind: SessionKind
    format_name: str
    online: bool
    began_wall: float
    day: str
    planned_s: float
    ended_s: float | None
    cases: int
    presenters: tuple[ParticipantCode, ...]
    present: tuple[ParticipantCode, ...]
    missing_s: float
    recorded: str
    recorded_s: float | None
    closed: bool
    entered: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class SessionQuery:
    """A query for sessions; None and empty match all. Give a presenter with a group: codes repeat across groups.

    `words` are searched for in the notes, each as a prefix.
    """

    group: GroupId | None = None
    year: int | None = None
    kind: SessionKind | None = None
    recorded: bool | None = None
    entered: bool | None = None
    presenter: ParticipantCode | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """The number of sessions, and of cases presented in them."""

    sessions: int
    cases: int


@dataclass(frozen=True, slots=True)
class FoundSessions:
    """The ids of the sessions found, in order, and their counts: one query to the log."""

    ids: list[int]
    counts: SessionCounts


class SummaryRows:
    """The table of summaries."""

    def __init__(self, database: Database, sessions: SessionRows) -> None:
        self._database = database
        self._sessions = sessions

    # --- queries ---

    def found(self, wanted: SessionQuery, sort_by: str = "began", *, descending: bool = True) -> FoundSessions:
        """Return the sessions found, sorted; empty values last. Raise KeyError, Trouble."""
        where, values = _where(wanted)
        by, way = SORTED_BY[sort_by], "DESC" if descending else "ASC"
        rows = self._database.run(
            f"SELECT s.id, s.cases {_FROM} {where} ORDER BY ({by}) IS NULL, {by} {way}, s.began_wall {way}, s.id {way}",
            values,
        )
        return FoundSessions(
            [place for place, _cases in rows], SessionCounts(len(rows), sum(cases for _place, cases in rows))
        )

    def ids(self, wanted: SessionQuery, sort_by: str = "began", *, descending: bool = True) -> list[int]:
        """Return the ids of the sessions found, sorted."""
        return self.found(wanted, sort_by, descending=descending).ids

    def rows(self, ids: Sequence[int]) -> list[SummaryRow]:
        """Return the rows of these sessions, in that order. Raise Trouble."""
        marks = ", ".join("?" * len(ids))
        found = {
            row[0]: _summary(row)
            for row in self._database.run(f"SELECT {_COLUMNS} {_FROM} WHERE s.id IN ({marks})", tuple(ids))
        }
        return [found[place] for place in ids if place in found]

    def row(self, session: SessionId) -> SummaryRow:
        """Return one session. Raise KeyError if it never began, Trouble."""
        rows = self._database.run(f"SELECT {_COLUMNS} {_FROM} WHERE s.session_id = ?", (session,))
        if not rows:
            raise KeyError(session)
        return _summary(rows[0])

    def counts(self, wanted: SessionQuery) -> SessionCounts:
        """Return the number of sessions and of cases. Raise Trouble."""
        where, values = _where(wanted)
        ((sessions, cases),) = self._database.run(f"SELECT COUNT(*), COALESCE(SUM(s.cases), 0) {_FROM} {where}", values)
        return SessionCounts(sessions, cases)

    def years(self) -> list[int]:
        """Return the years with sessions, newest first."""
        rows = self._database.run("SELECT DISTINCT CAST(substr(day, 1, 4) AS INTEGER) FROM summaries ORDER BY 1 DESC")
        return [year for (year,) in rows]

    # --- refresh ---

    def refresh(self, most: int = 50) -> int:
        """Rebuild at most that many stale rows, and return how many are left. Raise Trouble.

        An interrupted call is resumed by the next: each row marks itself as stale. On a disk that takes no row, lists
        show those there are, and none is left to make now.
        """
        rows = self._database.run(
            "SELECT id, session_id FROM summaries WHERE stale = 1 ORDER BY id DESC LIMIT ?", (most,)
        )
        if not self._make_all(rows):
            return 0
        ((left,),) = self._database.run("SELECT COUNT(*) FROM summaries WHERE stale = 1")
        return int(left)

    def _make_all(self, rows: Sequence[Row]) -> bool:
        """Rebuild these rows; return whether the disk takes them. Raise Trouble."""
        if not rows:
            return True
        try:
            with self._database.together():
                for place, session in rows:
                    self._make(place, SessionId(session))
        except Trouble as trouble:
            if trouble.code not in {TroubleCode.DISK_FULL, TroubleCode.DISK_READ_ONLY}:
                raise
            return False
        return True

    def presented(self, group: GroupId) -> frozenset[ParticipantCode]:
        """Return the members of a group who have presented in any session, without counts. Raise Trouble."""
        stale = "SELECT id, session_id FROM summaries WHERE group_id = ? AND stale = 1"
        self._make_all(self._database.run(stale, (group,)))
        rows = self._database.run("SELECT presenters FROM summaries WHERE group_id = ?", (group,))
        return frozenset(ParticipantCode(code) for (codes,) in rows for code in codes.split())

    def _make(self, place: int, session: SessionId) -> None:
        ((text, corrected, changed),) = self._database.run(
            "SELECT format_text, corrected, EXISTS (SELECT 1 FROM superseded WHERE session_id = sessions.id"
            " AND taken_back_wall IS NULL) FROM sessions WHERE id = ?",
            (session,),
        )
        made = summarise(text, self._sessions.facts(session), Overlay.from_text(corrected))
        recorded, recorded_s = self._recorded(session, made)
        self._database.run(
            "UPDATE summaries SET format_name = ?1, online = ?2, began_wall = COALESCE(?3, began_wall),"
            " day = date(COALESCE(?3, began_wall), 'unixepoch', 'localtime'), planned_s = ?4, ended_s = ?5,"
            " cases = ?6, presenters = ?7, present = ?8, present_count = ?9, missing_s = ?10, recorded = ?11,"
            " recorded_s = ?12, corrected = ?13, stale = 0 WHERE id = ?14",
            (
                *(made.format_name, made.online, made.began_wall, made.planned_s, made.ended_s, made.cases),
                *(" ".join(made.presenters), " ".join(made.present), len(made.present), made.missing_s),
                *(recorded, recorded_s, bool(changed), place),
            ),
        )

    def _recorded(self, session: SessionId, made: Summary) -> tuple[str, float | None]:
        """Return whether there is a recording, and its length: by the facts, or by the parts of an imported one."""
        rows = self._database.run(
            "SELECT d.recording_id IS NOT NULL, (SELECT SUM(seconds) FROM parts WHERE recording_id = r.id)"
            " FROM recordings AS r LEFT JOIN destroyings AS d ON d.recording_id = r.id"
            " WHERE r.session_id = ? AND EXISTS (SELECT 1 FROM parts WHERE recording_id = r.id)",
            (session,),
        )
        if not rows:
            return ("no", None) if made.recorded_s is None else ("yes", made.recorded_s)
        seconds = made.recorded_s if made.recorded_s is not None else sum(length or 0.0 for _destroyed, length in rows)
        return "destroyed" if all(destroyed for destroyed, _length in rows) else "yes", seconds


def _where(wanted: SessionQuery) -> tuple[str, tuple[object, ...]]:
    asked: list[tuple[str, object]] = []
    if wanted.group is not None:
        asked.append(("s.group_id = ?", wanted.group))
    if wanted.year is not None:
        asked.append(("substr(s.day, 1, 4) = ?", f"{wanted.year:04}"))
    if wanted.kind is not None:
        asked.append(("s.kind = ?", wanted.kind.value))
    if wanted.recorded is not None:
        asked.append(("(s.recorded = 'yes') = ?", wanted.recorded))
    if wanted.entered is not None:
        asked.append(("s.entered = ?", wanted.entered))
    if wanted.presenter is not None:
        asked.append(("' ' || s.presenters || ' ' LIKE ?", f"% {wanted.presenter} %"))
    if words := match_query(wanted.words):
        asked.append((f"s.session_id IN ({_NOTED})", words))
    if not asked:
        return "", ()
    return "WHERE " + " AND ".join(sql for sql, _ in asked), tuple(value for _, value in asked)


def _summary(row: Row) -> SummaryRow:
    (place, session, group, group_name, number, kind, name, online, began, day, planned, ended, cases) = row[:13]
    (presenters, present, missing, recorded, recorded_s, closed, entered, corrected) = row[13:]
    return SummaryRow(
        id=place,
        session=SessionId(session),
        group=GroupId(group) if group is not None else None,
        group_name=group_name,
        number=number,
        kind=SessionKind(kind),
        format_name=name,
        online=bool(online),
        began_wall=began,
        day=day,
        planned_s=planned,
        ended_s=ended,
        cases=cases,
        presenters=_codes(presenters),
        present=_codes(present),
        missing_s=missing,
        recorded=recorded,
        recorded_s=recorded_s,
        closed=bool(closed),
        entered=bool(entered),
        corrected=bool(corrected),
    )


def _codes(text: str) -> tuple[ParticipantCode, ...]:
    return tuple(ParticipantCode(code) for code in text.split())
