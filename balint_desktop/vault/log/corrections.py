"""Corrections in the log: superseded values, who and why, and erased texts."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.session.corrections import (
    OVERLAID,
    TEXTS,
    Attribution,
    Field,
    Overlay,
    from_plain,
    to_plain,
    validated,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionId, new_id
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row
from balint_desktop.vault.log.holds import HoldRows
from balint_desktop.vault.log.vacuum import intend_vacuum, vacuum_if_intended

_COLUMN = {
    Field.NUMBER: "number",
    Field.KIND: "kind",
    Field.PROCESS_NOTE: "process_note",
}
_WHO = "corrections-who"
_COLUMNS = "id, session_id, act, field, stood, sha256, who, why, wall"


class Change(StrEnum):
    """The kind of change to a record."""

    CORRECTED = "corrected"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Superseded:
    """One change of a record. `earlier` is the earlier value, None once erased; `sha256` remains.

    The hash is over a random salt and the value. The salt is erased with the text, so that a short text cannot be
    found by guessing.
    """

    id: str
    session: SessionId
    change: Change
    field: Field
    earlier_value: Any
    is_erased: bool
    sha256: str
    who: str
    why: str
    wall: float


class CorrectionRows:
    """Changes of sessions' records. Each writes its row and its audit row together, or neither."""

    def __init__(self, database: Database, audit: AuditTrail, holds: HoldRows, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._holds = holds
        self._clock = clock

    # --- author ---

    @property
    def author(self) -> str:
        """The label of the person who makes corrections here, typed once."""
        rows = self._database.run("SELECT value FROM settings WHERE key = ?", (_WHO,))
        return str(rows[0][0]) if rows else ""

    # --- changes ---

    def correct(
        self,
        session: SessionId,
        values: Mapping[Field, Any],
        attribution: Attribution,
        *,
        seen: Mapping[Field, Any],
        revision: int,
    ) -> tuple[str, ...]:
        """Correct fields of a record, and return the corrections' ids. `seen` is the record as the caller last read it.

        Unchanged fields are skipped. Raise Trouble: RECORD_CHANGED if the record is at another revision, DAY_TO_COME,
        VALUE_IMPOSSIBLE.
        """
        now = self._clock.now().wall
        kept = {field: validated(field, value, now) for field, value in values.items()}
        changed = {field: value for field, value in kept.items() if value != seen[field]}
        with self._database.together():
            self._step(session, revision)
            made = tuple(
                self._supersede(session, Change.CORRECTED, (field, to_plain(field, seen[field])), attribution)
                for field in changed
            )
            for field, value in changed.items():
                self._set(session, field, value)
            self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_WHO, attribution.who))
        return made

    def undo(self, correction: str, revision: int) -> None:
        """Undo the latest correction of a field. Raise Trouble RECORD_CHANGED if it is not the latest."""
        rows = self._database.run(
            "SELECT session_id, field, stood FROM superseded AS one WHERE id = ? AND act = ?"
            " AND taken_back_wall IS NULL AND stood IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM superseded WHERE session_id = one.session_id"
            " AND field = one.field AND place > one.place AND taken_back_wall IS NULL)",
            (correction, Change.CORRECTED),
        )
        if not rows:
            raise Trouble(TroubleCode.RECORD_CHANGED)
        session, field, earlier = SessionId(rows[0][0]), Field(rows[0][1]), json.loads(rows[0][2])
        with self._database.together():
            self._step(session, revision)
            self._set(session, field, from_plain(field, earlier))
            # The record holds it again; a second copy would have to be erased, too.
            self._database.run(
                "UPDATE superseded SET taken_back_wall = ?, stood = NULL, salt = NULL WHERE id = ?",
                (self._clock.now().wall, correction),
            )
            self._audit.add(
                AuditAct.CORRECTION_TAKEN_BACK, {"correction": correction, "session": session, "field": field.value}
            )

    def erase(self, session: SessionId, field: Field, attribution: Attribution, *, revision: int) -> str:
        """Erase a text for good, with all its earlier versions. Raise Trouble, HELD among them; ValueError for no text.

        A row remains: a hash, author, time and reason. The pages that held the text are rewritten, in the file and in
        its write-ahead log; if that fails, the next opening does it.
        """
        if field not in TEXTS:
            raise ValueError(f"{field} is no text")
        self._holds.require_free_session(session)
        with self._database.together():
            self._step(session, revision)
            ((text,),) = self._database.run(f"SELECT {_COLUMN[field]} FROM sessions WHERE id = ?", (session,))
            made = self._supersede(session, Change.ERASED, (field, text), attribution)
            self._set(session, field, "")
            self._database.run(
                "UPDATE superseded SET stood = NULL, salt = NULL WHERE session_id = ? AND field = ?", (session, field)
            )
            self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_WHO, attribution.who))
            intend_vacuum(self._database)
        vacuum_if_intended(self._database)
        return made

    # --- reading ---

    def revision(self, session: SessionId) -> int:
        """Return the record's revision, the number of its changes, to detect a concurrent edit."""
        ((revision,),) = self._database.run("SELECT revision FROM sessions WHERE id = ?", (session,))
        return int(revision)

    def of_session(self, session: SessionId) -> tuple[Superseded, ...]:
        """Return the changes of a record in effect, newest first."""
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM superseded WHERE session_id = ? AND taken_back_wall IS NULL ORDER BY place DESC",
            (session,),
        )
        return tuple(_superseded(row) for row in rows)

    # --- internal ---

    def _step(self, session: SessionId, revision: int) -> None:
        rows = self._database.run(
            "UPDATE sessions SET revision = revision + 1 WHERE id = ? AND revision = ? RETURNING 1", (session, revision)
        )
        if not rows:
            raise Trouble(TroubleCode.RECORD_CHANGED)

    def _supersede(
        self, session: SessionId, change: Change, earlier: tuple[Field, Any], attribution: Attribution
    ) -> str:
        field, value = earlier
        made, wall, salt, stored = new_id(), self._clock.now().wall, secrets.token_hex(16), json.dumps(value)
        sha256 = salted_hash(salt, stored)
        self._database.run(
            "INSERT INTO superseded (id, session_id, place, act, field, stood, salt, sha256, who, why, wall)"
            " SELECT ?, ?, COALESCE(MAX(place), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM superseded WHERE session_id = ?",
            (made, session, change, field, stored, salt, sha256, attribution.who, attribution.why, wall, session),
        )
        act = AuditAct.RECORD_CORRECTED if change is Change.CORRECTED else AuditAct.TEXT_ERASED
        # Author and reason are free text and stored in the row; the trail holds their hash, so that they cannot be
        # replaced unnoticed.
        by = salted_hash(made, attribution.who, attribution.why)
        self._audit.add(
            act, {"correction": made, "session": session, "field": field.value, "sha256": sha256, "said": by}
        )
        return made

    def _set(self, session: SessionId, field: Field, value: Any) -> None:
        if field in OVERLAID:
            text = Overlay({**self._overlay(session).values, field: value}).to_text()
            self._database.run("UPDATE sessions SET corrected = ? WHERE id = ?", (text, session))
        else:
            self._database.run(f"UPDATE sessions SET {_COLUMN[field]} = ? WHERE id = ?", (value, session))

    def _overlay(self, session: SessionId) -> Overlay:
        ((text,),) = self._database.run("SELECT corrected FROM sessions WHERE id = ?", (session,))
        return Overlay.from_text(text)


def salted_hash(*texts: str) -> str:
    """Return the fingerprint of a salt and a value."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def _superseded(row: Row) -> Superseded:
    made, session, change, field, earlier, sha256, who, why, wall = row
    value = None if earlier is None else from_plain(Field(field), json.loads(earlier))
    return Superseded(
        made, SessionId(session), Change(change), Field(field), value, earlier is None, sha256, who, why, wall
    )
