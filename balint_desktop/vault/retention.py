"""Retention items of a group with their periods, from the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.holds import Hold, hold_covering
from balint_desktop.domain.study.retention import (
    RetainedItem,
    RetainedKind,
    RetainedThing,
    RetentionPeriods,
    StartEvent,
    last_session,
    retained_item,
)
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId
from balint_desktop.vault.consent_gate import withdrawals
from balint_desktop.vault.log.deletions import ExternalDestructionRow
from balint_desktop.vault.log.log import Log

HasRoster = Callable[[GroupId], bool]
"""Tells whether names are kept for a group in this vault."""


@dataclass(frozen=True, slots=True)
class GroupRetention:
    """Reads the retention items of one group on a day. `has_roster` checks the disk, and needs no key."""

    log: Log
    group: GroupId
    today: date
    has_roster: HasRoster = lambda _group: False

    def items(self) -> tuple[RetainedItem, ...]:
        """Return every item of the group that has or could have a retention period, by kind and number."""
        clocks = self.log.retention.clocks(self.group)
        return tuple(retained_item(thing, clocks, self.today) for thing in self._things(clocks))

    def that_may_be_open(self, clocks: RetentionPeriods) -> tuple[RetainedItem, ...]:
        """Return the items that may be open, by periods read already: Today has thousands to check."""
        return tuple(retained_item(thing, clocks, self.today) for thing in self._things(clocks, everything=False))

    def of_recording(self, recording: RecordingId, kind: RetainedKind = RetainedKind.AUDIO) -> RetainedItem | None:
        """Return the item of one recording, or of its transcript; None if the group has none."""
        found = (one for one in self.items() if one.retained.kind is kind and one.retained.recording == recording)
        return next(found, None)

    def _things(self, clocks: RetentionPeriods, *, everything: bool = True) -> Iterator[RetainedThing]:
        holds = self.log.holds.holds(self.group)
        destroyed = tuple(row for row in self.log.deletions.elsewhere(self.group) if not row.mistaken)
        of_group, of_recordings = self._events(clocks)
        recordings = self.log.retained_recordings.of_group(self.group)
        audio, transcript = (clocks.clocks.get(kind) for kind in (RetainedKind.AUDIO, RetainedKind.TRANSCRIPT))
        transcripts = self.log.transcripts.retained(self.group)
        approved = self.log.approved.states(self.group)
        for row in recordings:
            events = {**of_group, **of_recordings.get(row.id, {}), StartEvent.RECORDED: day_of(row.wall)}
            is_held, here = hold_covering(holds, row.id) is not None, transcripts.get(row.id)
            if row.has_sound and (everything or (audio is not None and row.destroyed_wall is None)):
                yield RetainedThing(
                    *(RetainedKind.AUDIO, row.id, row.number, None, events, is_held, _day(row.destroyed_wall)),
                    waits_for_speaker=here is not None and here.waits_for_speaker,
                )
            if row.id in approved:
                yield RetainedThing(
                    *(RetainedKind.APPROVED_TEXT, row.id, row.number, None, events, is_held),
                    destroyed_on=_day(approved[row.id].deleted_wall),
                    is_in_vault=True,
                )
            if not everything and (transcript is None or transcript.starts not in events):
                continue
            thing = RetainedThing(RetainedKind.TRANSCRIPT, row.id, row.number, None, events, is_held)
            if here is not None:
                yield replace(thing, destroyed_on=_day(here.deleted_wall), is_in_vault=True)
            destroyed_on = _destroyed_on(destroyed, RetainedKind.TRANSCRIPT, recording=row.id)
            if here is None:
                is_elsewhere = row.destroyed_wall is None or StartEvent.TRANSCRIPT_VERIFIED in events
            else:
                # A second one, as of a transcriber: where a place is entered, or its destruction.
                is_elsewhere = RetainedKind.TRANSCRIPT in clocks.places or destroyed_on is not None
            if is_elsewhere:
                yield replace(thing, destroyed_on=destroyed_on)
        yield from self._analysis(of_group, holds)
        is_held = hold_covering(holds, None) is not None
        yield from self._forms(clocks, of_group, destroyed, is_held=is_held)
        yield RetainedThing(
            RetainedKind.CODE_KEY, events=of_group, is_held=is_held, destroyed_on=self._code_key_destroyed_on(destroyed)
        )

    def _analysis(self, events: Mapping[StartEvent, date], holds: Sequence[Hold]) -> Iterator[RetainedThing]:
        """Yield the analysis of a group's texts: there while any of its studies is."""
        studies = self.log.studies.retained(self.group)
        if not studies:
            return
        here = [one for one in studies if one.deleted_wall is None]
        used = [text.recording for one in here for text in self.log.studies.texts(one.study)]
        yield RetainedThing(
            RetainedKind.ANALYSIS,
            events=events,
            is_held=any(hold_covering(holds, recording) is not None for recording in (None, *used)),
            destroyed_on=None if here else _day(max(one.deleted_wall or 0.0 for one in studies)),
            is_in_vault=True,
        )

    def _forms(
        self,
        clocks: RetentionPeriods,
        events: Mapping[StartEvent, date],
        destroyed: Iterable[ExternalDestructionRow],
        *,
        is_held: bool,
    ) -> Iterator[RetainedThing]:
        """Yield the group's consent forms; those of each person who withdrew, if withdrawal starts their period."""
        clock = clocks.clocks.get(RetainedKind.CONSENT_FORMS)
        if clock is None or clock.starts is not StartEvent.CONSENT_WITHDRAWN:
            yield RetainedThing(
                RetainedKind.CONSENT_FORMS,
                events=events,
                is_held=is_held,
                destroyed_on=_destroyed_on(destroyed, RetainedKind.CONSENT_FORMS),
            )
            return
        for code, day in self._withdrawn().items():
            destroyed_on = _destroyed_on(destroyed, RetainedKind.CONSENT_FORMS, code=code)
            yield RetainedThing(
                RetainedKind.CONSENT_FORMS,
                code=code,
                events={StartEvent.CONSENT_WITHDRAWN: day},
                is_held=is_held,
                destroyed_on=destroyed_on,
            )

    def _code_key_destroyed_on(self, destroyed: Iterable[ExternalDestructionRow]) -> date | None:
        if self.has_roster(self.group):
            return None
        destroyed_on = _destroyed_on(destroyed, RetainedKind.CODE_KEY)
        if destroyed_on is not None:
            return destroyed_on
        walls = [
            row.completed_wall for row in self.log.rosters.destroyed() if row.group == self.group and row.completed_wall
        ]
        return _day(max(walls, default=None))

    def _events(
        self, clocks: RetentionPeriods
    ) -> tuple[dict[StartEvent, date], dict[RecordingId, dict[StartEvent, date]]]:
        """Return the days of the group's events, and of each recording's own."""
        of_group: dict[StartEvent, date] = {}
        of_recordings = self._withdrawn_from() if clocks.ask_for(StartEvent.CONSENT_WITHDRAWN) else {}
        for row in self.log.retention.events(self.group):
            (of_group if row.recording is None else of_recordings.setdefault(row.recording, {}))[row.event] = row.day
        last = self._last_session() if clocks.ask_for(StartEvent.LAST_SESSION) else None
        if last is not None:
            of_group[StartEvent.LAST_SESSION] = last
        study = self.log.consents.study(self.group) if clocks.ask_for(StartEvent.APPROVAL_DAY) else None
        if study is not None and study.approval_day is not None:
            of_group[StartEvent.APPROVAL_DAY] = study.approval_day
        return of_group, of_recordings

    def _last_session(self) -> date | None:
        sessions = self.log.groups.group(self.group).sessions
        held = (day_of(wall) for wall in self.log.retained_recordings.session_walls(self.group))
        planned = (line.day for line in self.log.dates.plan(self.group) if line.cancelled is None)
        return last_session(sessions, held, planned, self.today)

    def _withdrawn(self) -> dict[ParticipantCode, date]:
        """Return the people who left the study, with the day they first did."""
        return {left.code: left.day for left in reversed(withdrawals(self.log, self.group))}

    def _withdrawn_from(self) -> dict[RecordingId, dict[StartEvent, date]]:
        """Return the recordings that a withdrawal concerns, with the day of the first."""
        found: dict[RecordingId, dict[StartEvent, date]] = {}
        for left in withdrawals(self.log, self.group):
            for one in left.affected:
                day = min(left.day, found.get(one.recording, {}).get(StartEvent.CONSENT_WITHDRAWN, left.day))
                found[one.recording] = {StartEvent.CONSENT_WITHDRAWN: day}
        return found


def retained_recording(log: Log, recording: RecordingId) -> RetainedItem | None:
    """Return a recording's retention item today, None if it belongs to no group."""
    group = log.retained_recordings.group_of(recording)
    return GroupRetention(log, group, log.retention.today()).of_recording(recording) if group is not None else None


def _destroyed_on(
    rows: Iterable[ExternalDestructionRow],
    kind: RetainedKind,
    *,
    recording: RecordingId | None = None,
    code: ParticipantCode | None = None,
) -> date | None:
    return next((row.day for row in rows if (row.kind, row.recording, row.code) == (kind, recording, code)), None)


def _day(wall: float | None) -> date | None:
    return day_of(wall) if wall is not None else None
