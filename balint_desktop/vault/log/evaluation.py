"""Evaluation tables: written parts as counts and loose lines, bare scores."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.evaluation.questionnaires import POINTS, Questionnaire, parse_questionnaire
from balint_desktop.domain.evaluation.scores import BareScore, Occasion
from balint_desktop.domain.evaluation.written_part import Sheet, SheetCounts, add_sheet, least_sheets, non_empty_lines
from balint_desktop.domain.study.consent import Purpose, agreed
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId, new_id
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.consents import ConsentRows
from balint_desktop.vault.log.database import Database, Row

_PART = "id, group_id, session_id, day, questionnaire, least, sheets, closed"


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One written part in the log. `text` is its questionnaire in full, so that later edits change nothing.

    `counts` are for `domain.written_part.shown` only: no other code may display them.
    """

    id: str
    group: GroupId
    session: SessionId | None
    day: date
    text: str
    least: int
    closed: bool
    counts: SheetCounts

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the questionnaire handed out."""
        return parse_questionnaire(self.text)


@dataclass(frozen=True, slots=True)
class Entered:
    """A sheet just counted, with the data to undo it: held in memory until the next one begins, no longer."""

    sheet: Sheet
    line_ids: tuple[str, ...]


class EvaluationRows:
    """The tables of written parts and of scores."""

    def __init__(self, database: Database, audit: AuditTrail, consents: ConsentRows) -> None:
        self._database = database
        self._audit = audit
        self._consents = consents

    # --- written parts ---

    def open_part(self, group: GroupId, day: date, text: str, least: int, session: SessionId | None = None) -> str:
        """Open a written part, and return its id.

        Raise Trouble, GRADES_NOT_FINAL among others; FormatError for a text that is no questionnaire.
        """
        self._require_grades(group)
        statements = len(parse_questionnaire(text).statements)
        part = new_id()
        with self._database.together():
            self._database.run(
                "INSERT INTO written_parts (id, group_id, session_id, day, questionnaire, least)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (part, group, session, day.isoformat(), text, least_sheets(least)),
            )
            # All of them now, so that no row appears with the first sheet that gives such an answer.
            for statement in range(1, statements + 1):
                for answer in range(1, POINTS + 1):
                    self._database.run(
                        "INSERT INTO written_counts (part_id, statement, answer) VALUES (?, ?, ?)",
                        (part, statement, answer),
                    )
            self._audit.add(AuditAct.WRITTEN_PART_OPENED, {"part": part, "group": group, "session": session})
        return part

    def part(self, part: str) -> WrittenPart:
        """Return one written part. Raise KeyError."""
        rows = self._database.run(f"SELECT {_PART} FROM written_parts WHERE id = ?", (part,))
        if not rows:
            raise KeyError(part)
        return self._part(rows[0])

    def parts(self, group: GroupId) -> tuple[WrittenPart, ...]:
        """Return a group's written parts, the latest day first."""
        rows = self._database.run(
            f"SELECT {_PART} FROM written_parts WHERE group_id = ? ORDER BY day DESC, id", (group,)
        )
        return tuple(self._part(row) for row in rows)

    def add_sheet(self, part: str, sheet: Sheet) -> Entered | None:
        """Count one sheet, all of it or nothing, and return the data to undo it.

        Raise Trouble: WRITTEN_PART_CLOSED, GRADES_NOT_FINAL.

        A blank sheet is not counted, and None is returned. No audit row, time or order is stored for it.
        """
        if sheet.is_blank:
            return None
        self._require_grades(self.part(part).group)
        lines = [(new_id(), number, words) for number, words in non_empty_lines(sheet.lines)]
        with self._database.together():
            self._count(part, sheet, 1)
            for line_id, number, words in lines:
                self._database.run("INSERT INTO written_lines VALUES (?, ?, ?, ?)", (line_id, part, number, words))
        self._empty_write_ahead_log()
        return Entered(sheet, tuple(line_id for line_id, _, _ in lines))

    def undo_sheet(self, part: str, entered: Entered) -> None:
        """Undo a sheet entered by mistake. Raise Trouble WRITTEN_PART_CLOSED."""
        with self._database.together():
            self._count(part, entered.sheet, -1)
            for line_id in entered.line_ids:
                self._database.run("DELETE FROM written_lines WHERE id = ? AND part_id = ?", (line_id, part))
        self._empty_write_ahead_log()

    def close_part(self, part: str) -> None:
        """Close a written part for good: counts are shown from then on, so no sheet may follow. Raise Trouble."""
        with self._database.together():
            self._require_open(part)
            self._database.run("UPDATE written_parts SET closed = 1 WHERE id = ?", (part,))
            self._audit.add(AuditAct.WRITTEN_PART_CLOSED, {"part": part})
        self._empty_write_ahead_log()

    def lines(self, part: str, line: int) -> tuple[str, ...]:
        """Return the free text written for one question, in an order without meaning: that of random ids."""
        rows = self._database.run(
            "SELECT words FROM written_lines WHERE part_id = ? AND line = ? ORDER BY id", (part, line)
        )
        return tuple(words for (words,) in rows)

    def _require_grades(self, group: GroupId) -> None:
        """Check that this vault may hold the group's questionnaires: an assessor gets none before the grades.

        Raise Trouble: GRADES_NOT_FINAL, ASSESSMENT_UNANSWERED.
        """
        for code, rule in (
            (TroubleCode.GRADES_NOT_FINAL, "leader_assesses = 1 AND grades_final IS NULL"),
            (TroubleCode.ASSESSMENT_UNANSWERED, "for_research AND leader_assesses IS NULL"),
        ):
            if self._database.run(f"SELECT 1 FROM groups WHERE id = ? AND {rule}", (group,)):
                raise Trouble(code)

    def _require_open(self, part: str) -> None:
        rows = self._database.run("SELECT closed FROM written_parts WHERE id = ?", (part,))
        if not rows:
            raise KeyError(part)
        if rows[0][0]:
            raise Trouble(TroubleCode.WRITTEN_PART_CLOSED)

    def _count(self, part: str, sheet: Sheet, by: int) -> None:
        self._require_open(part)
        counts = add_sheet(self.part(part).counts, sheet, by)
        self._database.run("UPDATE written_parts SET sheets = ? WHERE id = ?", (counts.sheets, part))
        for statement, answer in enumerate(sheet.answers, start=1):
            if answer is not None:
                self._database.run(
                    "UPDATE written_counts SET times = ? WHERE part_id = ? AND statement = ? AND answer = ?",
                    (counts.answers[statement - 1][answer - 1], part, statement, answer),
                )

    def _empty_write_ahead_log(self) -> None:
        """Empty the write-ahead log: its pages would reveal how the counts changed, sheet by sheet.

        A disk error here is left to the next call: the sheet itself is counted, and must not be reported as lost.
        """
        with contextlib.suppress(Trouble):
            self._database.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def _part(self, row: Row) -> WrittenPart:
        part, group, session, day, text, least, sheets, closed = row
        times: dict[int, list[int]] = {}
        for statement, count in self._database.run(
            "SELECT statement, times FROM written_counts WHERE part_id = ? ORDER BY statement, answer", (part,)
        ):
            times.setdefault(statement, []).append(count)
        return WrittenPart(
            id=part,
            group=GroupId(group),
            session=SessionId(session) if session is not None else None,
            day=date.fromisoformat(day),
            text=text,
            least=least,
            closed=bool(closed),
            counts=SheetCounts(sheets, tuple(tuple(row) for row in times.values())),
        )

    # --- bare scores ---

    def save_score(self, group: GroupId, score: BareScore) -> None:
        """Save a score; it replaces one of the same person, instrument and occasion.

        Raise Trouble: ANALYSIS_NOT_AGREED if that person's latest answer does not agree to analysis; GRADES_NOT_FINAL.
        """
        self._require_grades(group)
        if score.code not in agreed(self._consents.consents(group), Purpose.ANALYSIS):
            raise Trouble(TroubleCode.ANALYSIS_NOT_AGREED)
        with self._database.together():
            self._database.run(
                "INSERT OR REPLACE INTO bare_scores VALUES (?, ?, ?, ?, ?)",
                (group, score.code, score.instrument, score.occasion, score.score),
            )
            self._audit.add(AuditAct.SCORE_KEPT, {"group": group, "code": score.code, "occasion": score.occasion})

    def delete_score(self, group: GroupId, score: BareScore) -> None:
        """Delete a score. Raise Trouble."""
        with self._database.together():
            self._database.run(
                "DELETE FROM bare_scores WHERE group_id = ? AND code = ? AND instrument = ? AND occasion = ?",
                (group, score.code, score.instrument, score.occasion),
            )
            self._audit.add(AuditAct.SCORE_DROPPED, {"group": group, "code": score.code, "occasion": score.occasion})

    def scores(self, group: GroupId) -> tuple[BareScore, ...]:
        """Return a group's scores by instrument, code and occasion. The consents decide whose may be shown."""
        rows = self._database.run(
            "SELECT code, instrument, occasion, score FROM bare_scores WHERE group_id = ?"
            " ORDER BY instrument, CAST(SUBSTR(code, 2) AS INTEGER), occasion DESC",
            (group,),
        )
        return tuple(BareScore(ParticipantCode(c), i, Occasion(o), s) for c, i, o, s in rows)
