"""Studies in the log: texts, rounds, closings, openings and parcels, by id and fingerprint. No word of any."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_PARCEL = "id, study_id, direction, kind, author, round, sha256, wall, opened_wall, taken_wall"


class ParcelDirection(StrEnum):
    """Which way a coding file went."""

    OUT = "out"
    IN = "in"


class CodingFileKind(StrEnum):
    """What a coding file is: a sealed parcel, or a file of another program that was sealed when it came."""

    PARCEL = "parcel"
    WORD = "word"
    PAPER = "paper"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """A study. `recipient` is its public key; `is_guest` whether it came in a parcel."""

    id: str
    recipient: str
    is_guest: bool
    created_wall: float


@dataclass(frozen=True, slots=True)
class UsedText:
    """A version of an approved text that a study stands on, or stood on before."""

    recording: RecordingId
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CodingFileRow:
    """A coding file that left or came: its SHA-256 as it is sealed, and when it was opened and taken in.

    `author` is the mark of its author, None where it was not opened yet. Walls are seconds since 1970.
    """

    id: str
    study: str
    direction: ParcelDirection
    kind: CodingFileKind
    author: str | None
    round: int | None
    sha256: str
    wall: float
    opened_wall: float | None = None
    taken_wall: float | None = None


@dataclass(frozen=True, slots=True)
class RetainedStudy:
    """A study with a text of a group: its number among them, and when it was destroyed."""

    study: str
    deleted_wall: float | None


def author_mark(study: str, author: str) -> str:
    """Return what stands for an author here: the id where it is random, otherwise a fingerprint of it."""
    return author if _ID.fullmatch(author) else hashlib.sha256(f"{study}\n{author}".encode()).hexdigest()[:32]


def author_behind(study: str, mark: str | None, authors: Iterable[str]) -> str | None:
    """Return which of these authors a mark stands for, None for none of them."""
    return next((one for one in authors if author_mark(study, one) == mark), None)


class StudyLog:
    """The tables of studies."""

    def __init__(self, database: Database, audit: AuditTrail, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    # --- studies ---

    def add(self, study: str, recipient: str, *, is_guest: bool) -> None:
        """Insert a study whose files are complete. Raise Trouble."""
        with self._database.together():
            self._database.run(
                "INSERT INTO analyses (id, recipient, is_guest, created_wall) VALUES (?, ?, ?, ?)",
                (study, recipient, is_guest, self._now()),
            )
            self._audit.add(AuditAct.STUDY_CREATED, {"study": study, "recipient": recipient})

    def all(self) -> tuple[StudyRecord, ...]:
        """Return the studies that are not being destroyed, the oldest first."""
        rows = self._database.run(
            "SELECT id, recipient, is_guest, created_wall FROM analyses WHERE deleting_wall IS NULL"
            " ORDER BY created_wall, id"
        )
        return tuple(StudyRecord(one, recipient, bool(guest), float(wall)) for one, recipient, guest, wall in rows)

    def find(self, study: str) -> StudyRecord | None:
        """Return a study, None where there is none or it is being destroyed."""
        return next((one for one in self.all() if one.id == study), None)

    def intend_deleting(self, study: str) -> None:
        """Record the intent to destroy a study: a restart finishes it. Raise Trouble."""
        with self._database.together():
            rows = self._database.run(
                "UPDATE analyses SET deleting_wall = ? WHERE id = ? AND deleting_wall IS NULL RETURNING 1",
                (self._now(), study),
            )
            if rows:
                self._audit.add(AuditAct.STUDY_DELETING_ASKED, {"study": study})

    def deleting(self) -> tuple[str, ...]:
        """Return the studies with an unfinished intent to destroy them."""
        return tuple(one for (one,) in self._database.run("SELECT id FROM analyses WHERE deleting_wall IS NOT NULL"))

    def note_deleted(self, study: str) -> None:
        """Record that a study is destroyed: the audit trail and its day are left. Raise Trouble."""
        with self._database.together():
            self._database.run("INSERT OR REPLACE INTO analysis_deletions VALUES (?, ?)", (study, self._now()))
            self._database.run(
                "INSERT OR REPLACE INTO analysis_deletion_texts SELECT DISTINCT study_id, recording_id"
                " FROM analysis_texts WHERE study_id = ?",
                (study,),
            )
            self._database.run("DELETE FROM analyses WHERE id = ?", (study,))
            self._audit.add(AuditAct.STUDY_DELETED, {"study": study})

    def retained(self, group: GroupId) -> tuple[RetainedStudy, ...]:
        """Return the studies with a text of a group, those destroyed here too, the oldest first."""
        of_group = "recording_id IN (SELECT r.id FROM recordings r JOIN sessions s ON s.id = r.session_id"
        of_group += " WHERE s.group_id = ?1)"
        rows = self._database.run(
            f"SELECT DISTINCT study_id, NULL, created_wall FROM analysis_texts t JOIN analyses ON id = study_id"
            f" WHERE deleting_wall IS NULL AND {of_group}"
            f" UNION SELECT DISTINCT study_id, wall, wall FROM analysis_deletion_texts JOIN analysis_deletions"
            f" USING (study_id) WHERE {of_group} ORDER BY 3, 1",
            (group,),
        )
        return tuple(RetainedStudy(study, None if wall is None else float(wall)) for study, wall, _ in rows)

    # --- texts ---

    def texts(self, study: str) -> tuple[UsedText, ...]:
        """Return the texts that a study stands on now, in the latest version each."""
        rows = self._database.run(
            "SELECT recording_id, MAX(version), sha256 FROM analysis_texts WHERE study_id = ? AND left_wall IS NULL"
            " GROUP BY recording_id ORDER BY recording_id",
            (study,),
        )
        return tuple(UsedText(RecordingId(recording), int(version), sha256) for recording, version, sha256 in rows)

    def ever_used(self, study: str) -> tuple[UsedText, ...]:
        """Return every version of every text that a study ever stood on."""
        rows = self._database.run(
            "SELECT recording_id, version, sha256 FROM analysis_texts WHERE study_id = ?", (study,)
        )
        return tuple(UsedText(RecordingId(recording), int(version), sha256) for recording, version, sha256 in rows)

    def set_texts(self, study: str, texts: Iterable[UsedText]) -> None:
        """Record the texts that a study stands on: what is new, and what it stands on no more. Raise Trouble."""
        wanted = {(one.recording, one.version): one for one in texts}
        before = {(one.recording, one.version): one for one in self.texts(study)}
        kept = {recording for recording, _ in wanted}
        with self._database.together():
            for recording, _ in before:
                if recording not in kept:
                    self._database.run(
                        "UPDATE analysis_texts SET left_wall = ? WHERE study_id = ? AND recording_id = ?",
                        (self._now(), study, recording),
                    )
                    self._audit.add(AuditAct.STUDY_TEXT_LEFT_OUT, {"study": study, "recording": recording})
            for key, one in wanted.items():
                if key not in before:
                    self._insert_text(study, one)
                    self._audit.add(
                        AuditAct.STUDY_TEXT_USED,
                        {"study": study, "recording": one.recording, "version": one.version, "sha256": one.sha256},
                    )

    def note_moved(self, study: str, text: UsedText, *, withdrawn: int, cut: int) -> None:
        """Record that coding was moved to the next version of a text, and how many codings went or were cut.

        Raise Trouble.
        """
        with self._database.together():
            if text in self.texts(study):
                return
            self._insert_text(study, text)
            self._audit.add(
                AuditAct.STUDY_TEXT_MOVED,
                {
                    "study": study,
                    "recording": text.recording,
                    "version": text.version,
                    "sha256": text.sha256,
                    "withdrawn": withdrawn,
                    "cut": cut,
                },
            )

    def _insert_text(self, study: str, text: UsedText) -> None:
        self._database.run(
            "INSERT OR REPLACE INTO analysis_texts VALUES (?, ?, ?, ?, ?, NULL)",
            (study, text.recording, text.version, text.sha256, self._now()),
        )

    # --- rounds ---

    def note_round(self, study: str, number: int, wall: float, texts: Iterable[UsedText]) -> None:
        """Record that a round was opened, on which texts; once. Raise Trouble."""
        with self._database.together():
            rows = self._database.run(
                "INSERT INTO analysis_rounds VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1", (study, number, wall)
            )
            if rows:
                used = " ".join(sorted(f"{one.recording}:{one.version}:{one.sha256}" for one in texts))
                self._audit.add(AuditAct.ROUND_OPENED, {"study": study, "round": number, "texts": used})

    def discard_round(self, study: str, number: int) -> None:
        """Remove a round that nobody used, and record that. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM analysis_rounds WHERE study_id = ? AND number = ?", (study, number))
            self._audit.add(AuditAct.ROUND_DISCARDED, {"study": study, "round": number})

    def note_closing(self, study: str, number: int, author: str, wall: float, sha256: str) -> None:
        """Chain that an author's round was closed, with the fingerprint of what they had coded; once. Raise Trouble."""
        mark = author_mark(study, author)
        with self._database.together():
            rows = self._database.run(
                "INSERT INTO analysis_closings VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                (study, number, mark, wall, sha256),
            )
            if rows:
                self._audit.add(
                    AuditAct.ROUND_CLOSED, {"study": study, "round": number, "author": mark, "sha256": sha256}
                )

    def has_closed(self, study: str, number: int, author: str) -> bool:
        """Return whether the audit trail has an author's closing of a round."""
        return bool(
            self._database.run(
                "SELECT 1 FROM analysis_closings WHERE study_id = ? AND round = ? AND author = ?",
                (study, number, author_mark(study, author)),
            )
        )

    def note_opening(self, study: str, number: int, author: str) -> None:
        """Chain that another author's coding of a round is opened here, the first time. Raise Trouble."""
        mark = author_mark(study, author)
        with self._database.together():
            rows = self._database.run(
                "INSERT INTO analysis_openings VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                (study, number, mark, self._now()),
            )
            if rows:
                self._audit.add(AuditAct.CODING_OPENED, {"study": study, "round": number, "author": mark})

    def openings(self, study: str) -> tuple[tuple[int, str, float], ...]:
        """Return when others' coding was first opened here: round, mark of the author, seconds since 1970."""
        rows = self._database.run(
            "SELECT round, author, wall FROM analysis_openings WHERE study_id = ? ORDER BY wall, round, author",
            (study,),
        )
        return tuple((int(number), mark, float(wall)) for number, mark, wall in rows)

    def note_export(self, study: str, file: str, form: str, purpose: str) -> None:
        """Record an export of an analysis, not encrypted: which file, in which form, for what. Raise Trouble."""
        self._audit.add_export(
            AuditAct.ANALYSIS_EXPORTED, {"study": study, "file": file, "form": form, "purpose": purpose}
        )

    def note_framework(self, study: str, version: int, sha256: str) -> None:
        """Chain that a version of the framework is fixed, with its fingerprint; once. Raise Trouble."""
        details: dict[str, str | float | None] = {"study": study, "version": version, "sha256": sha256}
        if not self._audit.has(AuditAct.FRAMEWORK_FIXED, details):
            self._audit.add(AuditAct.FRAMEWORK_FIXED, details)

    # --- coding files ---

    def note_file(self, row: CodingFileRow) -> None:
        """Record a coding file that was made or that came; once. Raise Trouble."""
        mark = None if row.author is None else author_mark(row.study, row.author)
        with self._database.together():
            rows = self._database.run(
                "INSERT INTO analysis_parcels VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)"
                " ON CONFLICT DO NOTHING RETURNING 1",
                (*(row.id, row.study, row.direction, row.kind, mark, row.round), row.sha256, row.wall),
            )
            if rows:
                is_out = row.direction is ParcelDirection.OUT
                details: dict[str, str | float | None] = {"study": row.study, "file": row.id, "sha256": row.sha256}
                details |= {"kind": row.kind, "author": mark, "round": row.round}
                made = AuditAct.CODING_PARCEL_MADE if row.kind is CodingFileKind.PARCEL else AuditAct.CODING_COPY_MADE
                self._audit.add(made if is_out else AuditAct.CODING_PARCEL_RECEIVED, details)

    def files(self, study: str) -> tuple[CodingFileRow, ...]:
        """Return the coding files of a study, the oldest first."""
        rows = self._database.run(
            f"SELECT {_PARCEL} FROM analysis_parcels WHERE study_id = ? ORDER BY wall, id", (study,)
        )
        return tuple(_file(row) for row in rows)

    def files_to_open(self) -> tuple[tuple[str, float], ...]:
        """Return the study and the moment of each file that came and may be opened, the oldest first.

        One's own round is closed: a closing that came with no file. Files that were opened before are not among them.
        """
        rows = self._database.run(
            "SELECT p.study_id, p.wall FROM analysis_parcels p JOIN analyses a ON a.id = p.study_id"
            " WHERE a.deleting_wall IS NULL AND NOT a.is_guest AND p.direction = ?1 AND p.opened_wall IS NULL"
            " AND p.taken_wall IS NULL AND (p.round IS NOT NULL OR p.kind = ?2) AND EXISTS ("
            "SELECT 1 FROM analysis_closings c WHERE c.study_id = p.study_id"
            " AND (p.round IS NULL OR c.round = p.round) AND NOT EXISTS ("
            "SELECT 1 FROM analysis_parcels t WHERE t.study_id = c.study_id AND t.direction = ?1"
            " AND t.author = c.author AND t.round = c.round AND t.taken_wall IS NOT NULL)) ORDER BY p.wall, p.id",
            (ParcelDirection.IN, CodingFileKind.PARCEL),
        )
        return tuple((study, float(wall)) for study, wall in rows)

    def guest_rounds(self) -> tuple[tuple[str, float, bool, bool], ...]:
        """Return the last round of each study that came in a parcel: when it began, whether it is closed, and sent."""
        rows = self._database.run(
            "SELECT r.study_id, r.opened_wall,"
            " EXISTS (SELECT 1 FROM analysis_closings c WHERE c.study_id = r.study_id AND c.round = r.number),"
            " EXISTS (SELECT 1 FROM analysis_parcels p WHERE p.study_id = r.study_id AND p.round = r.number"
            " AND p.direction = ?)"
            " FROM analysis_rounds r JOIN analyses a ON a.id = r.study_id WHERE a.deleting_wall IS NULL AND a.is_guest"
            " AND r.number = (SELECT MAX(number) FROM analysis_rounds WHERE study_id = r.study_id)"
            " ORDER BY r.opened_wall, r.study_id",
            (ParcelDirection.OUT,),
        )
        return tuple((study, float(wall), bool(closed), bool(sent)) for study, wall, closed, sent in rows)

    def note_file_opened(self, study: str, file: str) -> None:
        """Chain that a coding file that came is opened, the first time. Raise Trouble."""
        with self._database.together():
            rows = self._database.run(
                "UPDATE analysis_parcels SET opened_wall = ? WHERE id = ? AND opened_wall IS NULL RETURNING sha256",
                (self._now(), file),
            )
            for (sha256,) in rows:
                self._audit.add(AuditAct.CODING_OPENED, {"study": study, "file": file, "sha256": sha256})

    def note_file_taken(self, study: str, file: str, number: int, author: str, sha256: str) -> None:
        """Chain that what a coding file holds counts for a round; once. `sha256` is that of what was coded.

        Raise Trouble.
        """
        mark = author_mark(study, author)
        with self._database.together():
            rows = self._database.run(
                "UPDATE analysis_parcels SET author = ?, round = ?, taken_wall = ? WHERE id = ? AND taken_wall IS NULL"
                " RETURNING 1",
                (mark, number, self._now(), file),
            )
            if rows:
                details: dict[str, str | float | None] = {"study": study, "file": file, "round": number}
                self._audit.add(AuditAct.CODING_TAKEN_IN, {**details, "author": mark, "sha256": sha256})

    def note_comments_taken(self, study: str, file: str, author: str, sha256: str) -> None:
        """Chain that the comments in a file are memos of the study; once. `sha256` is that of their words.

        Raise Trouble.
        """
        mark = author_mark(study, author)
        with self._database.together():
            rows = self._database.run(
                "UPDATE analysis_parcels SET author = ?, taken_wall = ? WHERE id = ? AND taken_wall IS NULL"
                " RETURNING 1",
                (mark, self._now(), file),
            )
            if rows:
                details: dict[str, str | float | None] = {"study": study, "file": file, "author": mark}
                self._audit.add(AuditAct.COMMENTS_TAKEN_IN, {**details, "sha256": sha256})

    def _now(self) -> float:
        return self._clock.now().wall


def _file(row: Row) -> CodingFileRow:
    file, study, direction, kind, author, number, sha256, wall, opened, taken = row
    return CodingFileRow(
        *(file, study, ParcelDirection(direction), CodingFileKind(kind)),
        author=author,
        round=None if number is None else int(number),
        sha256=sha256,
        wall=float(wall),
        opened_wall=opened,
        taken_wall=taken,
    )
