"""Destructions in the log: which period, which witness, and those outside the app."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.holds import hold_covering
from balint_desktop.domain.study.retention import (
    RetainedItem,
    RetainedKind,
    checked_event,
    period_to_plain,
    required_label,
    required_reason,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row
from balint_desktop.vault.log.holds import HoldRows


@dataclass(frozen=True, slots=True)
class DestructionNote:
    """How a thing was destroyed: on which day, by whom (a label), and how."""

    day: date
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class ExternalDestructionRow:
    """The destruction of something not stored in the app: what, when, by whom (a label), how, and by which period.

    `mistaken` is the reason it was entered by mistake, empty if it is valid.
    """

    place: int
    kind: RetainedKind
    day: date
    by: str
    how: str
    recording: RecordingId | None = None
    code: ParticipantCode | None = None
    clock: str = ""
    mistaken: str = ""


@dataclass(frozen=True, slots=True)
class DeletionRecord:
    """The witness of a recording's destruction (a label, empty for none), and the retention period it followed."""

    recording: RecordingId
    witness: str
    clock: str


class DeletionRows:
    """The tables of destructions outside the app, and of witnesses to those here."""

    def __init__(self, database: Database, audit: AuditTrail, holds: HoldRows, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._holds = holds
        self._clock = clock

    def note_elsewhere(self, group: GroupId, kept: RetainedItem, note: DestructionNote) -> int:
        """Record the destruction of something not stored in the app, and return its row id.

        Raise Trouble: DAY_TO_COME, LABEL_MISSING, REASON_MISSING if the method is empty, HELD if a hold was in effect
        on that day: it is lifted first, with its reason, and the destruction is entered then.
        """
        thing = kept.retained
        if thing.is_in_vault:
            raise ValueError("this transcript is in the vault, and is deleted there")
        day, who, how = checked_event(note.day, self._today()), required_label(note.by), required_reason(note.how)
        if self._is_held(group, thing.recording, day):
            raise Trouble(TroubleCode.HELD)
        with self._database.together():
            ((place,),) = self._database.run(
                "INSERT INTO destroyed_elsewhere (group_id, kind, recording_id, code, day, by_whom, how, clock, wall)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING place",
                (
                    *(group, thing.kind, thing.recording, thing.code, day.isoformat(), who, how, period_details(kept)),
                    self._clock.now().wall,
                ),
            )
            named = {"group": group, "kind": thing.kind, "recording": thing.recording, "code": thing.code}
            self._audit.add(AuditAct.DESTROYED_ELSEWHERE, {**named, "day": day.isoformat(), "place": place})
        return int(place)

    def _is_held(self, group: GroupId, recording: RecordingId | None, day: date) -> bool:
        hold = hold_covering(self._holds.holds(group), recording)
        return hold is not None and day >= hold.since

    def _today(self) -> date:
        return day_of(self._clock.now().wall)

    def note_mistaken(self, group: GroupId, place: int, why: str) -> None:
        """Record that a destruction was entered by mistake, and why. Raise Trouble REASON_MISSING."""
        reason = required_reason(why)
        with self._database.together():
            self._database.run(
                "UPDATE destroyed_elsewhere SET mistaken = ? WHERE place = ? AND group_id = ?", (reason, place, group)
            )
            self._audit.add(AuditAct.DESTROYED_ELSEWHERE_MISTAKEN, {"group": group, "place": place})

    def elsewhere(self, group: GroupId) -> tuple[ExternalDestructionRow, ...]:
        """Return destructions outside the app, oldest first, mistaken entries included."""
        rows = self._database.run(
            "SELECT place, kind, day, by_whom, how, recording_id, code, clock, mistaken FROM destroyed_elsewhere"
            " WHERE group_id = ? ORDER BY place",
            (group,),
        )
        return tuple(_elsewhere(row) for row in rows)

    def witness(self, recording: RecordingId, witness: str, kept: RetainedItem | None) -> None:
        """Record the witness and the retention period of a destruction. The trail gets a fingerprint of it."""
        who, clock, salt = (
            one_line(witness),
            period_details(kept) if kept is not None else "",
            secrets.token_hex(16),
        )
        sha256 = hashlib.sha256(json.dumps([recording, who, clock, salt]).encode()).hexdigest()
        with self._database.together():
            self._database.run(
                "INSERT OR REPLACE INTO deletion_records VALUES (?, ?, ?, ?)", (recording, who, clock, salt)
            )
            due = kept.due.isoformat() if kept is not None and kept.due is not None else None
            self._audit.add(AuditAct.DELETION_WITNESSED, {"recording": recording, "due": due, "sha256": sha256})

    def records(self) -> dict[RecordingId, DeletionRecord]:
        """Return the witness of each destroyed recording, if one was entered."""
        rows = self._database.run("SELECT recording_id, witness, clock FROM deletion_records")
        return {RecordingId(one): DeletionRecord(RecordingId(one), witness, clock) for one, witness, clock in rows}


def period_details(kept: RetainedItem) -> str:
    """Return a thing's retention period as self-describing data: kind, event, period, source, days."""
    if kept.clock is None:
        return ""
    clock = kept.clock
    details = {
        **period_to_plain(clock),
        "kind": kept.retained.kind,
        "started": kept.started.isoformat() if kept.started is not None else None,
        "due": kept.due.isoformat() if kept.due is not None else None,
    }
    return json.dumps(details, sort_keys=True)


def _elsewhere(row: Row) -> ExternalDestructionRow:
    place, kind, day, by, how, recording, code, clock, mistaken = row
    return ExternalDestructionRow(
        place=place,
        kind=RetainedKind(kind),
        day=date.fromisoformat(day),
        by=by,
        how=how,
        recording=RecordingId(recording) if recording is not None else None,
        code=ParticipantCode(code) if code is not None else None,
        clock=clock,
        mistaken=mistaken or "",
    )
