"""Themes, quotations, meetings and decisions of a study."""

from __future__ import annotations

import json
from collections.abc import Iterable

from balint_desktop.domain.analysis.study import (
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Quotation,
    StudyTheme,
    ThemeState,
    ThemeWork,
)
from balint_desktop.domain.analysis.theme_history import ThemeStep, steps_after
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.log.database import Database, Row

_DECISION = (
    "id, round, meeting, wall, outcome, reason, agreed, code, theme, text, begin_at, end_at, as_author, supersedes"
)


class ThemeTables:
    """The tables of themes with what they have been, quotations, meetings and decisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def themes(self) -> ThemeWork:
        """Return themes and quotations, in their order."""
        themes = self._database.run("SELECT id, name, central_idea, codes, state, against FROM themes ORDER BY place")
        quotations = self._database.run(
            "SELECT id, theme, text, begin_at, end_at, shown, may_be_quoted FROM quotations ORDER BY place"
        )
        return ThemeWork(tuple(_theme(row) for row in themes), tuple(_quotation(row) for row in quotations))

    def set_themes(self, work: ThemeWork) -> None:
        """Store themes and quotations as they are now."""
        with self._database.together():
            self._database.run("DELETE FROM themes")
            self._database.run("DELETE FROM quotations")
            for place, theme in enumerate(work.themes):
                self._database.run(
                    "INSERT INTO themes VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(theme.id, place, theme.name, theme.central_idea, json.dumps(list(theme.codes))),
                        *(theme.state, theme.against),
                    ),
                )
            for place, one in enumerate(work.quotations):
                self._database.run(
                    "INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (one.id, place, one.theme, one.text, one.begin, one.end, one.shown, one.may_be_quoted),
                )

    def steps(self) -> tuple[ThemeStep, ...]:
        """Return what the themes have been, in the order that it was stored."""
        rows = self._database.run("SELECT theme, wall, name, state, codes FROM theme_steps ORDER BY place")
        return tuple(
            ThemeStep(theme, float(wall), name, ThemeState(state), tuple(json.loads(codes)))
            for theme, wall, name, state, codes in rows
        )

    def note_steps(self, themes: Iterable[StudyTheme], wall: float) -> None:
        """Store what has changed in the themes by now."""
        before = self.steps()
        for place, one in enumerate(steps_after(before, themes, wall)):
            if place >= len(before) or one != before[place]:
                self._database.run(
                    "INSERT OR REPLACE INTO theme_steps VALUES (?, ?, ?, ?, ?, ?)",
                    (place, one.theme, one.wall, one.name, one.state, json.dumps(list(one.codes))),
                )

    def meetings(self) -> tuple[ConsensusMeeting, ...]:
        """Return the meetings, the oldest first."""
        rows = self._database.run("SELECT id, wall, authors, note FROM meetings ORDER BY wall, id")
        return tuple(
            ConsensusMeeting(one, float(wall), tuple(json.loads(authors)), note) for one, wall, authors, note in rows
        )

    def decisions(self) -> tuple[MatterDecision, ...]:
        """Return the decisions, in the order they were made."""
        return tuple(_decision(row) for row in self._database.run(f"SELECT {_DECISION} FROM decisions ORDER BY place"))

    def add_decisions(self, meeting: ConsensusMeeting, decisions: Iterable[MatterDecision]) -> None:
        """Insert a meeting and its decisions; a meeting's note may be written on, and no decision is overwritten."""
        with self._database.together():
            self._database.run(
                "INSERT INTO meetings VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET authors = excluded.authors,"
                " note = excluded.note",
                (meeting.id, meeting.wall, json.dumps(list(meeting.authors)), meeting.note),
            )
            for one in decisions:
                self._database.run(
                    "INSERT INTO decisions SELECT ?1, COALESCE(MAX(place), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                    " ?11, ?12, ?13, ?14 FROM decisions WHERE true ON CONFLICT DO NOTHING",
                    (
                        *(one.id, one.round, one.meeting, one.wall, one.outcome, one.reason),
                        *(json.dumps(list(one.agreed)), one.code, one.theme, one.text, one.begin, one.end),
                        *(one.as_author, one.supersedes),
                    ),
                )

    def move_decisions(self, decisions: Iterable[MatterDecision]) -> None:
        """Store where the passages of decisions are in the next version of a text."""
        for one in decisions:
            self._database.run(
                "UPDATE decisions SET begin_at = ?, end_at = ? WHERE id = ?", (one.begin, one.end, one.id)
            )


def _theme(row: Row) -> StudyTheme:
    theme, name, central_idea, codes, state, against = row
    return StudyTheme(theme, name, central_idea, tuple(json.loads(codes)), ThemeState(state), against)


def _quotation(row: Row) -> Quotation:
    one, theme, text, begin, end, shown, may_be_quoted = row
    return Quotation(one, theme, RecordingId(text), int(begin), int(end), shown, bool(may_be_quoted))


def _decision(row: Row) -> MatterDecision:
    one, number, meeting, wall, outcome, reason, agreed, code, theme, text, begin, end, as_author, supersedes = row
    return MatterDecision(
        *(one, int(number), meeting, float(wall), MatterOutcome(outcome), reason, tuple(json.loads(agreed))),
        code=code,
        theme=theme,
        text=None if text is None else RecordingId(text),
        begin=begin,
        end=end,
        as_author=as_author,
        supersedes=supersedes,
    )
