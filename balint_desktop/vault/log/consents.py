"""Consents in the log: an append-only row per answer, and the study's terms."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.consent import Answer, Cell, Consent, Purpose, TakenBy, current_answers, refusal_undone
from balint_desktop.domain.study.terms import Study, changed_fields, from_fields, to_fields
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row

_COLUMNS = "place, code, purpose, answer, day, form, taken_by, wall, takes_back"


@dataclass(frozen=True, slots=True)
class ConsentCollection:
    """How answers were collected: the day, the version of the form, and the person who asked."""

    day: date
    form: str = ""
    taken_by: TakenBy = TakenBy.FACILITATOR


class ConsentRows:
    """The tables of consents and studies. The audit trail gets a fingerprint of each act, which reveals no answer."""

    def __init__(self, database: Database, audit: AuditTrail, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    # --- answers ---

    def consents(self, group: GroupId) -> tuple[Consent, ...]:
        """Return every row of a group in the order of entry."""
        rows = self._database.run(f"SELECT {_COLUMNS} FROM consents WHERE group_id = ? ORDER BY place", (group,))
        return tuple(_consent(row) for row in rows)

    def on_recording(self, group: GroupId) -> tuple[Consent, ...]:
        """Return a group's rows on consent to recording only, for the gate."""
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM consents WHERE group_id = ? AND purpose = ? ORDER BY place",
            (group, Purpose.RECORDING.value),
        )
        return tuple(_consent(row) for row in rows)

    def enter(
        self, group: GroupId, cells: Collection[Cell], answer: Answer, taking: ConsentCollection
    ) -> tuple[int, ...]:
        """Enter an answer for each of these, all or none; return the ids of the rows.

        Raise Trouble: CONSENT_AHEAD for a future day, CONSENT_EARLIER if an agreement is dated before a refusal in
        effect.
        """
        if answer is Answer.TAKEN_BACK:
            raise ValueError("what was entered is taken back by its place")
        if taking.day > self.today():
            raise Trouble(TroubleCode.CONSENT_AHEAD, day=taking.day.isoformat())
        if not cells:
            return ()
        known = self.consents(group)
        for cell in cells:
            refused = refusal_undone(known, cell, answer, taking.day)
            if refused is not None:
                raise Trouble(TroubleCode.CONSENT_EARLIER, day=refused.isoformat())
        with self._database.together():
            places = tuple(self._add(group, cell, answer, taking) for cell in cells)
            self._chain(AuditAct.CONSENTS_ENTERED, group, places)
        return places

    def tick(self, group: GroupId, codes: Collection[ParticipantCode]) -> None:
        """Enter agreement to recording, as ticked in the group's form, for those never asked."""
        asked = {row.code for row in self.on_recording(group)}
        cells = [(code, Purpose.RECORDING) for code in codes if code not in asked]
        if cells:
            self.enter(group, cells, Answer.GIVEN, ConsentCollection(self.today(), taken_by=TakenBy.TICK))

    def undo_answers(self, group: GroupId, places: Collection[int]) -> None:
        """Add rows that mark these as entered by mistake: earlier answers apply again. Nothing is deleted."""
        void = {row.voids for row in self.consents(group)}
        known = [row for row in self.consents(group) if row.place in set(places) - void]
        known = [row for row in known if row.answer is not Answer.TAKEN_BACK]
        if not known:
            return
        with self._database.together():
            added = tuple(
                self._add(
                    *(group, (row.code, row.purpose), Answer.TAKEN_BACK),
                    ConsentCollection(self.today(), row.form, row.taken_by),
                    takes_back=row.place,
                )
                for row in known
            )
            self._chain(AuditAct.CONSENTS_TAKEN_BACK, group, added)

    def today(self) -> date:
        """Return the local day."""
        return day_of(self._clock.now().wall)

    # --- purposes a recording was made under ---

    def note_purposes(self, recording: RecordingId, purposes: Collection[Purpose]) -> None:
        """Record the purposes that everyone in the room agreed to when a recording was made."""
        stored = json.dumps(sorted(purpose.value for purpose in purposes))
        self._database.run("UPDATE recordings SET made_under = ? WHERE id = ?", (stored, recording))

    def purposes_at_recording(self, recording: RecordingId) -> frozenset[Purpose] | None:
        """Return the purposes a recording was made under, None for one made before they were stored."""
        rows = self._database.run("SELECT made_under FROM recordings WHERE id = ?", (recording,))
        return frozenset(Purpose(name) for name in json.loads(rows[0][0])) if rows and rows[0][0] is not None else None

    # --- the study ---

    def study(self, group: GroupId) -> Study | None:
        """Return the terms of a group's study, None if none are entered."""
        rows = self._database.run("SELECT told FROM studies WHERE group_id = ?", (group,))
        return from_fields(json.loads(rows[0][0])) if rows else None

    def save_study(self, group: GroupId, study: Study | None) -> None:
        """Save the terms of a study, or delete them with None."""
        changed = changed_fields(self.study(group) or Study(), study or Study())
        with self._database.together():
            self._database.run("DELETE FROM studies WHERE group_id = ?", (group,))
            if study is not None:
                stored = json.dumps(to_fields(study), sort_keys=True)
                self._database.run("INSERT INTO studies VALUES (?, ?)", (group, stored))
            self._audit.add(AuditAct.STUDY_CHANGED, {"group": group, "fields": " ".join(changed)})

    # --- internal ---

    def _add(
        self, group: GroupId, cell: Cell, answer: Answer, taking: ConsentCollection, *, takes_back: int | None = None
    ) -> int:
        code, purpose = cell
        ((place,),) = self._database.run(
            "INSERT INTO consents (group_id, code, purpose, answer, day, form, taken_by, wall, takes_back, salt)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING place",
            (
                *(group, code, purpose.value, answer.value, taking.day.isoformat(), taking.form),
                *(taking.taken_by.value, self._clock.now().wall, takes_back, secrets.token_hex(16)),
            ),
        )
        return int(place)

    def _chain(self, act: AuditAct, group: GroupId, places: Sequence[int]) -> None:
        marks = ", ".join("?" * len(places))
        rows = self._database.run(
            f"SELECT {_COLUMNS}, salt FROM consents WHERE place IN ({marks}) ORDER BY place", tuple(places)
        )
        digest = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
        self._audit.add(act, {"group": group, "rows": len(rows), "sha256": digest})


def agreed_to_recording(rows: Sequence[Consent]) -> dict[ParticipantCode, bool]:
    """Return who was asked about being recorded, and whether they agree."""
    known = {row.code: False for row in rows if row.purpose is Purpose.RECORDING}
    for (code, purpose), row in current_answers(rows).items():
        if purpose is Purpose.RECORDING:
            known[code] = row.answer is Answer.GIVEN
    return known


def _consent(row: Row) -> Consent:
    place, code, purpose, answer, day, form, taken_by, wall, takes_back = row
    return Consent(
        place=place,
        code=ParticipantCode(code),
        purpose=Purpose(purpose),
        answer=Answer(answer),
        day=date.fromisoformat(day) if day is not None else None,
        form=form,
        taken_by=TakenBy(taken_by),
        wall=wall,
        voids=takes_back,
    )
