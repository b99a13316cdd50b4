"""Private reminders in the log: on Today until done, then erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.reminders import Reminder, ReminderId, ReminderKind
from balint_desktop.domain.values import GroupId, new_id
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.vacuum import intend_vacuum, vacuum_if_intended

_OPEN_KINDS = {
    ReminderKind.FOLLOW_UP: OpenKind.FOLLOW_UP,
    ReminderKind.SUPPORT: OpenKind.SUPPORT,
    ReminderKind.ANSWERS_ERASED: OpenKind.ANSWERS_ERASED,
}


class ReminderRows:
    """The table of reminders. The audit trail knows none of them: it could never lose one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, group: GroupId | None, kinds: Iterable[ReminderKind]) -> None:
        """Add a reminder of each kind. Raise Trouble."""
        with self._database.together():
            for kind in kinds:
                self._insert(Reminder(ReminderId(new_id()), kind, group))

    def restore(self, reminder: Reminder) -> None:
        """Add a reminder that was just marked as done. Raise Trouble."""
        self._insert(reminder)

    def finish(self, reminder: ReminderId) -> Reminder | None:
        """Erase a reminder, and return it for undo; None if it is done already. Raise Trouble.

        The pages that held it are rewritten, as for an erased text; if that fails, the next opening does it.
        """
        with self._database.together():
            rows = self._database.run("DELETE FROM reminders WHERE id = ? RETURNING id, kind, group_id", (reminder,))
            if rows:
                intend_vacuum(self._database)
        vacuum_if_intended(self._database)
        return _reminder(*rows[0]) if rows else None

    def reminders(self) -> tuple[Reminder, ...]:
        """Return every reminder, in no order of time."""
        return tuple(_reminder(*row) for row in self._database.run("SELECT id, kind, group_id FROM reminders"))

    def open_matters(self, today: date) -> Sequence[OpenMatter]:  # noqa: ARG002  a reminder has no day
        """Return the reminders as open matters. Raise Trouble."""
        return [OpenMatter(_OPEN_KINDS[one.kind], one.group, reminder=one.id) for one in self.reminders()]

    def _insert(self, reminder: Reminder) -> None:
        self._database.run(
            "INSERT OR IGNORE INTO reminders (id, kind, group_id) VALUES (?, ?, ?)",
            (reminder.id, reminder.kind, reminder.group),
        )


def _reminder(key: str, kind: str, group: str | None) -> Reminder:
    return Reminder(ReminderId(key), ReminderKind(kind), GroupId(group) if group is not None else None)
