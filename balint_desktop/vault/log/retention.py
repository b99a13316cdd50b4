"""Retention in the log: each group's periods and start events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.clock import Clock as SystemClock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.retention import (
    RetainedKind,
    RetentionPeriod,
    RetentionPeriods,
    StartEvent,
    checked_event,
    checked_period,
    period_from_plain,
    period_to_plain,
    required_label,
)
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event that starts a period: of a group, or of one recording; its day, and who recorded it (a label)."""

    place: int
    event: StartEvent
    day: date
    by: str
    recording: RecordingId | None = None


class RetentionRows:
    """The tables of retention periods and start events."""

    def __init__(self, database: Database, audit: AuditTrail, clock: SystemClock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    def today(self) -> date:
        """Return the local day."""
        return day_of(self._clock.now().wall)

    # --- periods ---

    def clocks(self, group: GroupId) -> RetentionPeriods:
        """Return a group's retention periods; none if nothing was entered."""
        return self.all_clocks(group).get(group, RetentionPeriods())

    def all_clocks(self, group: GroupId | None = None) -> dict[GroupId, RetentionPeriods]:
        """Return the periods of every group that has some, or of that group."""
        chosen, values = ("", ()) if group is None else (" WHERE group_id = ?", (group,))
        rows = self._database.run(f"SELECT group_id, told FROM keeping_clocks{chosen}", values)
        return {GroupId(one): _clocks(stored) for one, stored in rows}

    def set_clock(self, group: GroupId, kind: RetainedKind, clock: RetentionPeriod | None) -> RetentionPeriods:
        """Set or delete one of a group's periods; return the earlier one. Raise Trouble."""
        before = self.clocks(group)
        checked = checked_period(kind, clock) if clock is not None else None
        with self._database.together():
            self._save(group, before.with_clock(kind, checked))
            details: dict[str, str | float | None] = {"group": group, "clock": kind}
            if checked is not None:
                details |= {key: value for key, value in period_to_plain(checked).items() if key != "source"}
            self._audit.add(AuditAct.CLOCK_SET if checked is not None else AuditAct.CLOCK_TAKEN_AWAY, details)
        return before

    def set_place(self, group: GroupId, kind: RetainedKind, place: str) -> RetentionPeriods:
        """Save where a group's papers or transcripts are stored; return the earlier place. Raise Trouble."""
        before = self.clocks(group)
        with self._database.together():
            self._save(group, before.with_place(kind, place))
            self._audit.add(AuditAct.KEEPING_PLACE_SET, {"group": group, "clock": kind})
        return before

    def _save(self, group: GroupId, clocks: RetentionPeriods) -> None:
        stored = json.dumps(_plain(clocks), sort_keys=True)
        self._database.run("INSERT OR REPLACE INTO keeping_clocks VALUES (?, ?)", (group, stored))

    # --- events ---

    def events(self, group: GroupId) -> tuple[EventRow, ...]:
        """Return the events of a group in effect, in the order of entry: of two alike the later counts."""
        rows = self._database.run(
            "SELECT place, event, day, by_whom, recording_id FROM keeping_events"
            " WHERE group_id = ? AND NOT taken_back ORDER BY place",
            (group,),
        )
        return tuple(_event(row) for row in rows)

    def note_event(
        self,
        group: GroupId,
        event: StartEvent,
        day: date,
        by: str,
        *,
        recording: RecordingId | None = None,
        not_before: date | None = None,
    ) -> int:
        """Record an event, and return its row id. Raise Trouble: DAY_TO_COME, DAY_TOO_EARLY, LABEL_MISSING.

        A transcript is verified by a person: only that day starts the audio's period.
        """
        checked_event(day, self.today(), not_before=not_before)
        who = required_label(by)
        with self._database.together():
            ((place,),) = self._database.run(
                "INSERT INTO keeping_events (group_id, recording_id, event, day, by_whom, wall)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING place",
                (group, recording, event, day.isoformat(), who, self._clock.now().wall),
            )
            self._audit.add(
                AuditAct.EVENT_NOTED, {**self._event_details(group, event, recording), "day": day.isoformat()}
            )
        return int(place)

    def undo_event(self, group: GroupId, place: int) -> None:
        """Undo an event entered by mistake; an earlier one applies again. Raise Trouble."""
        with self._database.together():
            rows = self._database.run(
                "UPDATE keeping_events SET taken_back = 1 WHERE place = ? AND group_id = ?"
                " RETURNING event, recording_id",
                (place, group),
            )
            for event, recording in rows:
                self._audit.add(AuditAct.EVENT_TAKEN_BACK, self._event_details(group, event, recording))

    @staticmethod
    def _event_details(group: GroupId, event: str, recording: str | None) -> dict[str, str | float | None]:
        return {"group": group, "event": event, "recording": recording}


def _plain(clocks: RetentionPeriods) -> dict[str, object]:
    return {
        "clocks": {kind.value: period_to_plain(clock) for kind, clock in clocks.clocks.items()},
        "places": {kind.value: place for kind, place in clocks.places.items()},
    }


def _clocks(stored: str) -> RetentionPeriods:
    plain = json.loads(stored)
    return RetentionPeriods(
        {RetainedKind(kind): period_from_plain(one) for kind, one in plain["clocks"].items()},
        {RetainedKind(kind): place for kind, place in plain["places"].items()},
    )


def _event(row: Row) -> EventRow:
    place, event, day, by, recording = row
    return EventRow(
        place, StartEvent(event), date.fromisoformat(day), by, RecordingId(recording) if recording is not None else None
    )
