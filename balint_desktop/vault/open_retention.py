"""Open matters about retention: transcribe, destroy, period over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedItem,
    RetainedKind,
    RetentionPeriods,
    RetentionStatus,
    StartEvent,
)
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.retention import GroupRetention, HasRoster


class RetentionMatters:
    """Yields the open matters of groups that have a retention period.

    Archived groups are included: their data falls due years after their last session.
    """

    def __init__(self, log: Log, has_roster: HasRoster) -> None:
        self._log = log
        self._has_roster = has_roster

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        found: list[OpenMatter] = []
        for group, clocks in self._log.retention.all_clocks().items():
            if clocks.clocks:
                found += self._of_group(group, clocks, today)
        return found

    def _of_group(self, group: GroupId, clocks: RetentionPeriods, today: date) -> Iterator[OpenMatter]:
        things = GroupRetention(self._log, group, today, self._has_roster).that_may_be_open(clocks)
        audio = [one for one in things if one.retained.kind is RetainedKind.AUDIO]
        yield from _to_transcribe(group, audio)
        for one in things:
            if one.is_over and self._exists(group, one, clocks):
                yield _over(group, one)

    def _exists(self, group: GroupId, kept: RetainedItem, clocks: RetentionPeriods) -> bool:
        """Return whether there is anything to destroy: a code key may be neither stored here nor noted elsewhere."""
        return (
            kept.retained.kind is not RetainedKind.CODE_KEY
            or RetainedKind.CODE_KEY in clocks.places
            or self._has_roster(group)
        )


def _to_transcribe(group: GroupId, audio: list[RetainedItem]) -> Iterator[OpenMatter]:
    waiting = [
        one
        for one in audio
        if one.status is RetentionStatus.WAITING
        and one.clock is not None
        and one.clock.starts is StartEvent.TRANSCRIPT_VERIFIED
    ]
    if waiting:
        first = waiting[0].retained
        day = first.events.get(StartEvent.RECORDED)
        yield OpenMatter(
            OpenKind.RECORDING_TO_TRANSCRIBE, group, first.number, day, len(waiting), recording=first.recording
        )


def _over(group: GroupId, kept: RetainedItem) -> OpenMatter:
    within = kept.clock is not None and kept.clock.bound is Bound.DESTROY_WITHIN
    kind = (
        OpenKind.RECORDING_TO_DESTROY
        if kept.retained.kind is RetainedKind.AUDIO and within and kept.is_offered
        else OpenKind.PERIOD_OVER
    )
    return OpenMatter(kind, group, kept.retained.number, kept.due, recording=kept.retained.recording)
