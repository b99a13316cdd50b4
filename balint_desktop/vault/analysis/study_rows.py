"""A study's own tables: the study, texts, authors, memos, rounds, framework, tickets, what was taken in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import FrameworkAct, FrameworkMove, SameCode
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    Author,
    AuthorRole,
    CodingRound,
    Memo,
    RoundClosing,
    RoundKind,
    StudyText,
    Workplace,
)
from balint_desktop.domain.analysis.work_format import book_from_plain, book_to_plain
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.vault.log.database import Database, Row

_MEMO = "id, author, wall, words, text, begin_at, end_at, theme, supersedes"


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of a text that was coded on: what withdrawn words took along when it came."""

    version: int
    sha256: str
    withdrawn: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """A framework as it was fixed: its codes, when, and their fingerprint."""

    version: int
    wall: float
    sha256: str
    book: Codebook


@dataclass(frozen=True, slots=True)
class Ticket:
    """What proves that whoever returns it had the parcel: for whom it was made, and for which round."""

    ticket: str
    author: str
    round: int
    wall: float


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A coding file whose content was taken in. `counts` is whether it is what counts for its round.

    `round` is 0 for one that holds comments alone.
    """

    file: str
    author: str
    round: int
    closed_wall: float
    sha256: str
    counts: bool = True


class SaidOf(StrEnum):
    """What of a Word copy a person has said the meaning of."""

    WRITER = "writer"
    """Whose id is who writes comments under a name."""
    COLOUR = "colour"
    """Which code a coder's highlights in a colour are."""


class StudyTables:
    """The tables of a study's own values. Callers run what belongs together in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- the study ---

    def insert(self, study: AnalysisStudy, me: str, lead_recipient: str = "") -> None:
        """Insert the study itself. `lead_recipient` is the public key of a study whose parcel this came in."""
        self._database.run(
            "INSERT INTO study VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (study.id, *_about(study), me, lead_recipient)
        )
        self.set_study(study)

    def set_study(self, study: AnalysisStudy) -> None:
        """Store name, question, approach, texts and authors as they are; a text that is left out goes."""
        with self._database.together():
            self._database.run(
                "UPDATE study SET name = ?, question = ?, approach = ?, governance = ?, without_evaluation = ?,"
                " independent_had_framework = ?",
                _about(study),
            )
            kept = {one.recording for one in study.texts}
            for recording in {one.recording for one in self.texts()} - kept:
                self._database.run("DELETE FROM texts WHERE recording = ?", (recording,))
            for text in study.texts:
                self.set_text(text)
            self._database.run("DELETE FROM authors")
            for place, one in enumerate(study.authors):
                self._database.run(
                    "INSERT INTO authors VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(one.id, place, one.label, one.role, one.workplace),
                        *(one.positionality, one.led_group, one.reader_key),
                    ),
                )

    def set_text(self, text: StudyText, version: TextVersion | None = None) -> None:
        """Store a text as it is, and the version it has now. What came of it in a parcel stays."""
        self._database.run(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (recording) DO UPDATE SET"
            " name = excluded.name, number = excluded.number, kind = excluded.kind, version = excluded.version,"
            " sha256 = excluded.sha256",
            (text.recording, text.name, text.number, text.kind, text.version, text.sha256),
        )
        known = version or TextVersion(text.version, text.sha256)
        self._database.run(
            "INSERT INTO text_versions VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (text.recording, known.version, known.sha256, known.withdrawn, known.cut),
        )

    def store_text(self, recording: RecordingId, data: bytes) -> None:
        """Store an approved text that came in a parcel."""
        self._database.run("UPDATE texts SET stored = ? WHERE recording = ?", (data, recording))

    def stored_text(self, recording: RecordingId) -> bytes | None:
        """Return an approved text that came in a parcel, None where the vault has its own."""
        rows = self._database.run("SELECT stored FROM texts WHERE recording = ?", (recording,))
        return bytes(rows[0][0]) if rows and rows[0][0] is not None else None

    def study(self) -> AnalysisStudy:
        """Return the study."""
        ((study, name, question, approach, governance, without, had),) = self._database.run(
            "SELECT id, name, question, approach, governance, without_evaluation, independent_had_framework FROM study"
        )
        return AnalysisStudy(
            *(study, name, question, Approach(approach), governance),
            texts=self.texts(),
            authors=self.authors(),
            without_evaluation=bool(without),
            independent_had_framework=None if had is None else bool(had),
        )

    def me(self) -> str:
        """Return the author who works in this vault."""
        ((me,),) = self._database.run("SELECT me FROM study")
        return str(me)

    def lead_recipient(self) -> str:
        """Return the public key of the study that this came from, empty where it was created here."""
        ((recipient,),) = self._database.run("SELECT lead_recipient FROM study")
        return str(recipient)

    def texts(self) -> tuple[StudyText, ...]:
        """Return the texts, in order of their sessions."""
        rows = self._database.run(
            "SELECT recording, name, number, kind, version, sha256 FROM texts ORDER BY number, name, recording"
        )
        return tuple(
            StudyText(RecordingId(one), name, int(number), SessionKind(kind), int(version), sha256)
            for one, name, number, kind, version, sha256 in rows
        )

    def versions(self, recording: RecordingId) -> tuple[TextVersion, ...]:
        """Return every version of a text that was coded on, the first first."""
        rows = self._database.run(
            "SELECT version, sha256, withdrawn, cut FROM text_versions WHERE recording = ? ORDER BY version",
            (recording,),
        )
        return tuple(TextVersion(*row) for row in rows)

    def authors(self) -> tuple[Author, ...]:
        """Return the authors, in their order."""
        rows = self._database.run(
            "SELECT id, label, role, workplace, positionality, led_group, reader_key FROM authors ORDER BY place"
        )
        return tuple(
            Author(one, label, AuthorRole(role), Workplace(workplace), positionality, bool(led_group), reader_key)
            for one, label, role, workplace, positionality, led_group, reader_key in rows
        )

    # --- what is stated ---

    def stated(self) -> Mapping[int, str]:
        """Return what was stated of the study, by the number of its item in COREQ."""
        return {int(item): str(words) for item, words in self._database.run("SELECT item, words FROM stated")}

    def set_stated(self, stated: Mapping[int, str]) -> None:
        """Store what is stated; an item without words is asked again."""
        with self._database.together():
            self._database.run("DELETE FROM stated")
            for item, words in stated.items():
                if words:
                    self._database.run("INSERT INTO stated VALUES (?, ?)", (item, words))

    # --- memos ---

    def memos(self, author: str | None = None) -> tuple[Memo, ...]:
        """Return all memos, or those of one author, in the order they were written."""
        where, values = ("", ()) if author is None else (" WHERE author = ?", (author,))
        rows = self._database.run(f"SELECT {_MEMO} FROM memos{where} ORDER BY wall, id", values)
        return tuple(_memo(row) for row in rows)

    def add_memo(self, memo: Memo) -> bool:
        """Insert a memo, unless it is there; none is ever overwritten. Return whether it was new."""
        return bool(
            self._database.run(
                "INSERT INTO memos VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                (
                    *(memo.id, memo.author, memo.wall, memo.words, memo.text, memo.begin, memo.end),
                    *(memo.theme, memo.supersedes),
                ),
            )
        )

    def replace_memos(self, before: Iterable[Memo], after: Iterable[Memo]) -> None:
        """Move memos to the next version of a text: those that are not among them any more go."""
        now = {memo.id: memo for memo in after}
        for memo in before:
            moved = now.get(memo.id)
            if moved is None:
                self._database.run("DELETE FROM memos WHERE id = ?", (memo.id,))
            elif moved != memo:
                self._database.run(
                    "UPDATE memos SET begin_at = ?, end_at = ? WHERE id = ?", (moved.begin, moved.end, memo.id)
                )

    # --- rounds ---

    def rounds(self) -> tuple[CodingRound, ...]:
        """Return the rounds with their closings."""
        closings: dict[int, list[RoundClosing]] = {}
        for number, author, wall, sha256 in self._database.run(
            "SELECT round, author, wall, sha256 FROM closings ORDER BY wall, author"
        ):
            closings.setdefault(int(number), []).append(RoundClosing(author, float(wall), sha256))
        rows = self._database.run(
            "SELECT number, kind, opened_wall, authors, framework, wanted_by, without_framework FROM rounds"
            " ORDER BY number"
        )
        return tuple(
            CodingRound(
                *(int(number), RoundKind(kind), float(wall), tuple(json.loads(authors))),
                framework=framework,
                wanted_by=wanted_by,
                closings=tuple(closings.get(int(number), ())),
                without_framework=tuple(json.loads(alone)),
            )
            for number, kind, wall, authors, framework, wanted_by, alone in rows
        )

    def add_round(self, one: CodingRound) -> None:
        """Insert a round that is opened."""
        self._database.run(
            "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(one.number, one.kind, one.opened_wall, json.dumps(list(one.authors)), one.framework, one.wanted_by),
                json.dumps(list(one.without_framework)),
            ),
        )

    def remove_round(self, number: int) -> None:
        """Delete a round that nobody used."""
        self._database.run("DELETE FROM rounds WHERE number = ?", (number,))

    def close_round(self, number: int, closing: RoundClosing, taken_from: str | None = None) -> None:
        """Insert a closing; a later coding file of an author supersedes the one before."""
        self._database.run(
            "INSERT OR REPLACE INTO closings VALUES (?, ?, ?, ?, ?)",
            (number, closing.author, closing.wall, closing.sha256, taken_from),
        )

    # --- the framework ---

    def frameworks(self) -> tuple[FrameworkVersion, ...]:
        """Return the versions of the framework, the first first."""
        rows = self._database.run("SELECT version, wall, sha256, book FROM frameworks ORDER BY version")
        return tuple(
            FrameworkVersion(int(version), float(wall), sha256, book_from_plain(json.loads(book)))
            for version, wall, sha256, book in rows
        )

    def add_framework(self, one: FrameworkVersion) -> None:
        """Insert a version of the framework; none is ever changed."""
        book = json.dumps(book_to_plain(one.book), ensure_ascii=False)
        self._database.run(
            "INSERT INTO frameworks VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (one.version, one.wall, one.sha256, book),
        )

    def draft(self) -> Codebook:
        """Return the codes of the framework as they are worked on."""
        rows = self._database.run("SELECT book FROM framework_draft")
        return book_from_plain(json.loads(rows[0][0])) if rows else Codebook()

    def same_as(self) -> tuple[SameCode, ...]:
        """Return which codes of coders are which codes of the framework, in the order that was said."""
        rows = self._database.run("SELECT author, code, framework_code FROM same_as ORDER BY place")
        return tuple(SameCode(*row) for row in rows)

    def moves(self) -> tuple[FrameworkMove, ...]:
        """Return which codes of coders came into the framework or left it, and why, the first first."""
        rows = self._database.run(
            "SELECT wall, act, author, code, framework_code, reason FROM framework_moves ORDER BY place"
        )
        return tuple(FrameworkMove(float(wall), FrameworkAct(act), *more) for wall, act, *more in rows)

    def set_framework(
        self, book: Codebook, same: Iterable[SameCode], moves: Iterable[FrameworkMove] | None = None
    ) -> None:
        """Store the codes that are worked on, and which codes of coders are which of them, as they are now.

        The moves that led to it stay as they are stored where none are given.
        """
        with self._database.together():
            stored = json.dumps(book_to_plain(book), ensure_ascii=False)
            self._database.run("INSERT OR REPLACE INTO framework_draft VALUES (1, ?)", (stored,))
            self._database.run("DELETE FROM same_as")
            for place, one in enumerate(same):
                self._database.run(
                    "INSERT OR REPLACE INTO same_as VALUES (?, ?, ?, ?)",
                    (one.author, one.code, place, one.framework_code),
                )
            if moves is not None:
                self._database.run("DELETE FROM framework_moves")
                for move in moves:
                    self._database.run(
                        "INSERT INTO framework_moves (wall, act, author, code, framework_code, reason)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        (move.wall, move.act, move.author, move.code, move.framework_code, move.reason),
                    )

    # --- coding files ---

    def add_ticket(self, ticket: Ticket) -> None:
        """Insert the ticket of a parcel."""
        self._database.run(
            "INSERT INTO tickets VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (ticket.ticket, ticket.author, ticket.round, ticket.wall),
        )

    def tickets(self) -> tuple[Ticket, ...]:
        """Return the tickets of all parcels, the oldest first."""
        rows = self._database.run("SELECT ticket, author, round, wall FROM tickets ORDER BY wall, ticket")
        return tuple(Ticket(ticket, author, int(number), float(wall)) for ticket, author, number, wall in rows)

    def meanings(self, kind: SaidOf, author: str = "") -> dict[str, str]:
        """Return what names or a coder's colours in Word copies were said to mean, empty for what is left out."""
        rows = self._database.run(
            "SELECT said, meaning FROM copy_meanings WHERE kind = ? AND author = ? ORDER BY said", (kind, author)
        )
        return {str(said): str(meaning) for said, meaning in rows}

    def set_meanings(self, kind: SaidOf, meanings: Mapping[str, str], author: str = "") -> None:
        """Remember what names or colours mean; others stay as they were said before."""
        for said, meaning in meanings.items():
            self._database.run(
                "INSERT OR REPLACE INTO copy_meanings VALUES (?, ?, ?, ?)", (kind, author, said, meaning)
            )

    def note_taken(self, taken: TakenFile, *, adds: bool = False) -> None:
        """Record what was taken from a coding file; of an author's round the last that counts counts.

        One that `adds` to those before counts with them.
        """
        if taken.counts and not adds:
            self._database.run(
                "UPDATE taken SET counts = 0 WHERE author = ? AND round = ?", (taken.author, taken.round)
            )
        self._database.run(
            "INSERT OR REPLACE INTO taken VALUES (?, ?, ?, ?, ?, ?)",
            (taken.file, taken.author, taken.round, taken.closed_wall, taken.sha256, taken.counts),
        )

    def taken(self) -> Mapping[str, TakenFile]:
        """Return what was taken from coding files, by file."""
        rows = self._database.run("SELECT file, author, round, closed_wall, sha256, counts FROM taken")
        return {
            file: TakenFile(file, author, int(number), float(wall), sha256, bool(counts))
            for file, author, number, wall, sha256, counts in rows
        }


def _about(study: AnalysisStudy) -> Row:
    had = study.independent_had_framework
    return (
        *(study.name, study.question, study.approach, study.governance, study.without_evaluation),
        None if had is None else int(had),
    )


def _memo(row: Row) -> Memo:
    memo, author, wall, words, text, begin, end, theme, supersedes = row
    return Memo(
        *(memo, author, float(wall), words),
        text=None if text is None else RecordingId(text),
        begin=begin,
        end=end,
        theme=theme,
        supersedes=supersedes,
    )
