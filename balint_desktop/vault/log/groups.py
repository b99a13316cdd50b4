"""Groups in the log: frame, members by code, readers."""

from __future__ import annotations

from datetime import date

from balint_desktop.domain.group.group import Group, Participant, Reader, RecordingRule, RoomLabels, Weekday
from balint_desktop.domain.study.retention import checked_event
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.consents import ConsentRows, agreed_to_recording
from balint_desktop.vault.log.database import Database, Row

_COLUMNS = (
    "id, name, sessions, weekday, format_key, support, for_research, this_vault_reads, room_labels, opening_min,"
    " recording_rule, leader_assesses, grades_final"
)


class GroupRows:
    """The tables of groups, participants and readers."""

    def __init__(self, database: Database, consents: ConsentRows, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit
        self._consents = consents

    def groups(self) -> tuple[Group, ...]:
        """Return every group, in the order of creation."""
        return tuple(self._group(row) for row in self._database.run(f"SELECT {_COLUMNS} FROM groups ORDER BY rowid"))

    def group(self, group: GroupId) -> Group:
        """Return one group. Raise KeyError."""
        rows = self._database.run(f"SELECT {_COLUMNS} FROM groups WHERE id = ?", (group,))
        if not rows:
            raise KeyError(group)
        return self._group(rows[0])

    def save_group(self, group: Group) -> None:
        """Save a group. Raise Trouble.

        Agreement to recording is read from the consents: a tick counts for those who were never asked, and changes
        no existing answer. Members are added here, and their seats change; the days they joined or left are written
        by `change_member` only, and who decides on recording by `save_recording_decision` only, so that an outdated
        copy of the group reverts nothing.
        """
        weekday = group.weekday.value if group.weekday is not None else None
        values = (
            *(group.id, group.name, group.sessions, weekday, group.format_key, group.support),
            *(group.for_research, group.this_vault_reads, group.room_labels.value, group.opening_min),
            *(group.recording_rule.value, group.leader_assesses, _iso_day(group.grades_final)),
        )
        with self._database.together():
            # Not REPLACE, which would delete the row that sessions refer to.
            self._database.run(
                f"INSERT INTO groups ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET"
                " name = excluded.name, sessions = excluded.sessions, weekday = excluded.weekday,"
                " format_key = excluded.format_key, support = excluded.support,"
                " for_research = excluded.for_research, this_vault_reads = excluded.this_vault_reads,"
                " room_labels = excluded.room_labels, opening_min = excluded.opening_min",
                values,
            )
            self._save_members(group)

    def save_recording_decision(
        self, group: GroupId, rule: RecordingRule, *, leader_assesses: bool | None, grades_final: date | None
    ) -> None:
        """Save who decides on recording, and whether whoever leads assesses. Raise Trouble DAY_TO_COME.

        The day of the grades opens what was closed until then: it cannot be entered ahead.
        """
        if grades_final is not None:
            checked_event(grades_final, self._consents.today())
        details = {
            "group": group,
            "rule": rule.value,
            "assesses": "" if leader_assesses is None else "yes" if leader_assesses else "no",
            "grades": _iso_day(grades_final),
        }
        with self._database.together():
            self._database.run(
                "UPDATE groups SET recording_rule = ?, leader_assesses = ?, grades_final = ? WHERE id = ?",
                (rule.value, leader_assesses, _iso_day(grades_final), group),
            )
            self._audit.add(AuditAct.RECORDING_DECISION, details)

    # --- members, one by one ---

    def add_member(self, group: GroupId, member: Participant) -> None:
        """Add a member, after the others. Raise Trouble."""
        self._database.run(
            "INSERT INTO participants SELECT ?, 1 + ifnull(max(place), -1), ?, ?, ?, ? FROM participants"
            " WHERE group_id = ?",
            (group, *_values(member), group),
        )

    def change_member(self, group: GroupId, member: Participant) -> None:
        """Save a member's seat, and the days they joined and left. Raise Trouble."""
        self._database.run(
            'UPDATE participants SET seat = ?, joined = ?, "left" = ? WHERE group_id = ? AND code = ?',
            (member.seat, _iso_day(member.joined), _iso_day(member.left), group, member.code),
        )

    def delete_member(self, group: GroupId, code: ParticipantCode) -> None:
        """Delete a member, only to undo a mistaken entry: a code is assigned to one person for good."""
        self._database.run("DELETE FROM participants WHERE group_id = ? AND code = ?", (group, code))

    def is_referred_to(self, group: GroupId, code: ParticipantCode) -> bool:
        """Return whether any row besides the member's refers to a code: a session's facts, a consent, a score."""
        sessions = "session_id IN (SELECT id FROM sessions WHERE group_id = ?)"
        asked = [(f"SELECT 1 FROM facts WHERE {sessions} AND instr(told, ?)", f'"{code}"')]
        for table, link in self._database.run(
            "SELECT t.name, l.name FROM sqlite_schema t, pragma_table_info(t.name) c, pragma_table_info(t.name) l"
            " WHERE t.type = 'table' AND t.name != 'participants' AND c.name = 'code'"
            " AND l.name IN ('group_id', 'session_id')"
        ):
            where = sessions if link == "session_id" else "group_id = ?"
            asked.append((f'SELECT 1 FROM "{table}" WHERE {where} AND code = ?', code))
        return any(self._database.run(f"{query} LIMIT 1", (group, code_text)) for query, code_text in asked)

    def _save_members(self, group: Group) -> None:
        """Insert new members and update all seats. Members missing from the group stay: a code is assigned for good."""
        known = {
            code for (code,) in self._database.run("SELECT code FROM participants WHERE group_id = ?", (group.id,))
        }
        for member in group.participants:
            if member.code in known:
                self._database.run(
                    "UPDATE participants SET seat = ? WHERE group_id = ? AND code = ?",
                    (member.seat, group.id, member.code),
                )
            else:
                self.add_member(group.id, member)
        self._consents.tick(group.id, [p.code for p in group.participants if p.agreed_to_recording])
        self._database.run("DELETE FROM readers WHERE group_id = ?", (group.id,))
        for place, reader in enumerate(group.readers):
            self._database.run(
                "INSERT INTO readers VALUES (?, ?, ?, ?)", (group.id, place, reader.label, reader.recipient)
            )

    def _group(self, row: Row) -> Group:
        group, name, sessions, weekday, format_key, support, for_research, this_vault_reads, *choices = row
        room_labels, opening_min, rule, assesses, grades_final = choices
        members = self._database.run(
            'SELECT code, seat, joined, "left" FROM participants WHERE group_id = ?'
            " ORDER BY CAST(substr(code, 2) AS INTEGER), place",
            (group,),
        )
        agreed = agreed_to_recording(self._consents.on_recording(GroupId(group)))
        readers = self._database.run("SELECT label, recipient FROM readers WHERE group_id = ? ORDER BY place", (group,))
        return Group(
            id=GroupId(group),
            name=name,
            sessions=sessions,
            participants=tuple(
                Participant(
                    *(ParticipantCode(code), agreed.get(code, False), seat, _day(joined), _day(left)),
                    answered=code in agreed,
                )
                for code, seat, joined, left in members
            ),
            weekday=Weekday(weekday) if weekday is not None else None,
            format_key=format_key,
            support=support,
            for_research=bool(for_research),
            this_vault_reads=bool(this_vault_reads),
            readers=tuple(Reader(label, recipient) for label, recipient in readers),
            room_labels=RoomLabels(room_labels),
            opening_min=opening_min,
            recording_rule=RecordingRule(rule),
            leader_assesses=None if assesses is None else bool(assesses),
            grades_final=_day(grades_final),
        )


def _values(member: Participant) -> Row:
    return (member.code, member.seat, _iso_day(member.joined), _iso_day(member.left))


def _iso_day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
