"""RetentionService: read and change a group's retention, with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.study.retention import RetainedItem, RetainedKind, RetentionStatus, StartEvent
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.retention import GroupRetention, HasRoster

_NO_GROUP = GroupId("")


@dataclass(slots=True)
class RetentionService:
    """Read and change retention. `changed` is called after each change so that the page refreshes.

    `delete_transcript` deletes a transcript of this vault for good, `destroy_approved` an approved text, and
    `destroy_analysis` every study that stands on a text of a group.
    """

    log: Log
    has_roster: HasRoster
    undoing: UndoStack
    messages: Messages
    delete_transcript: Callable[[RecordingId], None]
    destroy_approved: Callable[[RecordingId], None]
    destroy_analysis: Callable[[GroupId], None]
    drafts: Drafts | None = None
    group: GroupId = _NO_GROUP
    items: tuple[RetainedItem, ...] = ()
    changed: Callable[[], None] = lambda: None

    def today(self) -> date:
        """Return today's local date."""
        return self.log.retention.today()

    def load(self, group: GroupId) -> None:
        """Load a group's items with their retention status. Raise Trouble."""
        self.group = group
        self.items = GroupRetention(self.log, group, self.today(), self.has_roster).items()

    def of_kind(self, kind: RetainedKind) -> tuple[RetainedItem, ...]:
        """Return the group's items of that kind."""
        return tuple(one for one in self.items if one.retained.kind is kind)

    def to_destroy_elsewhere(self, kind: RetainedKind) -> tuple[RetainedItem, ...]:
        """Return the group's items of that kind whose destruction can be recorded: those outside the app."""
        return tuple(
            one for one in self.of_kind(kind) if one.retained.destroyed_on is None and not one.retained.is_in_vault
        )

    def recording(self, recording: RecordingId) -> RetainedItem | None:
        """Return the retention state of a recording of any group. Raise Trouble."""
        group = self.log.retained_recordings.group_of(recording)
        if group is None:
            return None
        self.load(group)
        return next((one for one in self.of_kind(RetainedKind.AUDIO) if one.retained.recording == recording), None)

    def due_days(self) -> dict[RecordingId, date]:
        """Return the due day of every recording that has one and is not on hold. Raise Trouble."""
        found = {}
        for group in self.log.retention.all_clocks():
            for one in GroupRetention(self.log, group, self.today(), self.has_roster).items():
                may_be_named = one.status not in {RetentionStatus.GONE, RetentionStatus.HELD}
                if (
                    one.retained.kind is RetainedKind.AUDIO
                    and one.retained.recording is not None
                    and one.due
                    and may_be_named
                ):
                    found[one.retained.recording] = one.due
        return found

    def report_change(self, words: str, undo: Callable[[], object]) -> None:
        """Report a completed change with its undo."""
        self.undoing.push(words, lambda: _discard_result(undo))
        self.changed()

    def note_verified(self, kept: RetainedItem, day: date, by: str) -> None:
        """Record that a recording's transcript was verified. Raise Trouble."""
        log, group, recorded = self.log, self.group, kept.retained.events.get(StartEvent.RECORDED)
        place = log.retention.note_event(
            group, StartEvent.TRANSCRIPT_VERIFIED, day, by, recording=kept.retained.recording, not_before=recorded
        )
        self.report_change(
            tr("The transcript of session {n} was verified on {day}.").format(
                n=kept.retained.number, day=day_words(day)
            ),
            lambda: log.retention.undo_event(group, place),
        )


def _discard_result(undo: Callable[[], object]) -> None:
    undo()
