"""Groups in the log: their frame, their members by code, their readers."""

from __future__ import annotations

from balint_desktop.domain.people import Group, Participant, Reader, Weekday
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.vault.database import Database, Row

_COLUMNS = "id, name, sessions, weekday, format_key, support, for_research, this_vault_reads"


class PeopleRows:
    """The tables of groups, participants and readers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def groups(self) -> tuple[Group, ...]:
        """Return every group, in the order they were made."""
        return tuple(self._group(row) for row in self._database.run(f"SELECT {_COLUMNS} FROM groups ORDER BY rowid"))

    def group(self, group: GroupId) -> Group:
        """Return one group. Raise KeyError."""
        rows = self._database.run(f"SELECT {_COLUMNS} FROM groups WHERE id = ?", (group,))
        if not rows:
            raise KeyError(group)
        return self._group(rows[0])

    def save_group(self, group: Group) -> None:
        """Keep a group as it is now. Raise Trouble."""
        weekday = group.weekday.value if group.weekday is not None else None
        values = (
            *(group.id, group.name, group.sessions, weekday, group.format_key, group.support),
            *(group.for_research, group.this_vault_reads),
        )
        with self._database.together():
            # Not "replace", which would delete the row that sessions refer to.
            self._database.run(
                f"INSERT INTO groups ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " name = excluded.name, sessions = excluded.sessions, weekday = excluded.weekday,"
                " format_key = excluded.format_key, support = excluded.support,"
                " for_research = excluded.for_research, this_vault_reads = excluded.this_vault_reads",
                values,
            )
            self._save_members(group)

    def _save_members(self, group: Group) -> None:
        self._database.run("DELETE FROM participants WHERE group_id = ?", (group.id,))
        for place, member in enumerate(group.participants):
            self._database.run(
                "INSERT INTO participants VALUES (?, ?, ?, ?, ?)",
                (group.id, place, member.code, member.agreed_to_recording, member.seat),
            )
        self._database.run("DELETE FROM readers WHERE group_id = ?", (group.id,))
        for place, reader in enumerate(group.readers):
            self._database.run(
                "INSERT INTO readers VALUES (?, ?, ?, ?)", (group.id, place, reader.label, reader.recipient)
            )

    def _group(self, row: Row) -> Group:
        group, name, sessions, weekday, format_key, support, for_research, this_vault_reads = row
        members = self._database.run(
            "SELECT code, agreed_to_recording, seat FROM participants WHERE group_id = ? ORDER BY place", (group,)
        )
        readers = self._database.run("SELECT label, recipient FROM readers WHERE group_id = ? ORDER BY place", (group,))
        return Group(
            id=GroupId(group),
            name=name,
            sessions=sessions,
            participants=tuple(
                Participant(ParticipantCode(code), bool(agreed), seat) for code, agreed, seat in members
            ),
            weekday=Weekday(weekday) if weekday is not None else None,
            format_key=format_key,
            support=support,
            for_research=bool(for_research),
            this_vault_reads=bool(this_vault_reads),
            readers=tuple(Reader(label, recipient) for label, recipient in readers),
        )
