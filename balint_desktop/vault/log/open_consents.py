"""Open matters about consents: whether an assessor leads, missing answers, pending withdrawals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.vault.log.database import Database


class ConsentMatters:
    """Yields open consent matters in four queries. No matter names a person or mentions that anyone withdrew.

    Groups outside a study are skipped: there are no reminders about consent to being recorded.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        return (*self._unanswered(), *self._to_enter(today), *self._to_destroy(), *self._to_change())

    def _unanswered(self) -> list[OpenMatter]:
        rows = self._database.run(
            "SELECT id FROM groups WHERE for_research AND NOT archived AND leader_assesses IS NULL ORDER BY rowid"
        )
        return [OpenMatter(OpenKind.ASSESSMENT_UNANSWERED, GroupId(group)) for (group,) in rows]

    def _to_enter(self, today: date) -> list[OpenMatter]:
        rows = self._database.run(
            "SELECT p.group_id, COUNT(*) FROM participants p JOIN groups g ON g.id = p.group_id"
            " WHERE g.for_research AND NOT g.archived"
            ' AND (p."left" IS NULL OR p."left" > ?)'
            " AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.group_id = p.group_id AND c.code = p.code"
            " AND c.purpose = 'recording' AND c.answer != 'taken-back'"
            " AND NOT EXISTS (SELECT 1 FROM consents b WHERE b.takes_back = c.place))"
            " GROUP BY p.group_id ORDER BY g.rowid",
            (today.isoformat(),),
        )
        return [OpenMatter(OpenKind.CONSENTS_TO_ENTER, GroupId(group), count=count) for group, count in rows]

    def _to_destroy(self) -> list[OpenMatter]:
        rows = self._database.run(
            "SELECT w.group_id, r.recording_id, MIN(w.day), s.number FROM withdrawal_recordings r"
            " JOIN withdrawals w ON w.place = r.withdrawal JOIN groups g ON g.id = w.group_id"
            " JOIN recordings rec ON rec.id = r.recording_id JOIN sessions s ON s.id = rec.session_id"
            " LEFT JOIN destroyings d ON d.recording_id = r.recording_id AND d.done_wall IS NOT NULL"
            " WHERE NOT w.taken_back AND r.settled_wall IS NULL AND d.recording_id IS NULL"
            " AND r.asks = 'destroy' AND rec.has_sound AND NOT g.archived"
            " GROUP BY r.recording_id ORDER BY w.place, r.rowid"
        )
        return [
            OpenMatter(
                OpenKind.RECORDING_TO_DESTROY,
                *(GroupId(group), number, date.fromisoformat(day)),
                recording=RecordingId(recording),
            )
            for group, recording, day, number in rows
        ]

    def _to_change(self) -> list[OpenMatter]:
        """Return the groups with transcripts or approved texts that wait for a decision.

        What is done with the text is not decided, words are to be removed, it is not known of all that is left who
        speaks, or an approved text is to be destroyed whose recording is not here any more.
        """
        rows = self._database.run(
            "SELECT w.group_id, COUNT(DISTINCT r.recording_id), MIN(w.day) FROM withdrawal_recordings r"
            " JOIN withdrawals w ON w.place = r.withdrawal JOIN groups g ON g.id = w.group_id"
            " JOIN recordings rec ON rec.id = r.recording_id"
            " LEFT JOIN transcripts t ON t.recording_id = r.recording_id AND t.deleting_wall IS NULL"
            " LEFT JOIN approved_texts a ON a.recording_id = r.recording_id AND a.deleting_wall IS NULL"
            " LEFT JOIN transcript_removals d ON d.recording_id = r.recording_id AND d.withdrawal = w.place"
            " LEFT JOIN approved_removals e ON e.recording_id = r.recording_id AND e.withdrawal = w.place"
            " LEFT JOIN destroyings s ON s.recording_id = r.recording_id AND s.done_wall IS NOT NULL"
            " WHERE NOT w.taken_back AND NOT g.archived"
            " AND (t.recording_id IS NOT NULL OR a.recording_id IS NOT NULL) AND (r.asks IS NULL"
            " OR (r.asks = 'remove-words' AND (r.settled_wall IS NULL"
            " OR (t.recording_id IS NOT NULL AND d.done_wall IS NULL)"
            " OR (a.recording_id IS NOT NULL AND e.wall IS NULL)))"
            " OR (r.asks = 'destroy' AND (s.recording_id IS NOT NULL OR NOT rec.has_sound)))"
            " GROUP BY w.group_id ORDER BY MIN(w.place)"
        )
        return [
            OpenMatter(OpenKind.TRANSCRIPT_TO_CHANGE, GroupId(group), day=date.fromisoformat(day), count=count)
            for group, count, day in rows
        ]
