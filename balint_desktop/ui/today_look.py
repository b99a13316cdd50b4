"""What Today has to show: gathered from the log, or what there is without a vault."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QLocale

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.people import Weekday
from balint_desktop.i18n import tr
from balint_desktop.ui.today import TodayView
from balint_desktop.ui.today_cards import next_sessions
from balint_desktop.vault.log import Log
from balint_desktop.vault.log_sessions import SessionRow


def look_without_vault(way_to_vault: str) -> TodayView:
    """Return what there is without a vault: the clock alone, and perhaps the way to a vault."""
    return TodayView(has_vault=False, way_to_vault=way_to_vault)


def look_at_vault(log: Log, now: Instant) -> TodayView:
    """Return what the log says comes next. Raise Trouble."""
    groups = log.people.groups()
    held = log.summaries.last_numbers()
    row = log.sessions.unfinished()
    return TodayView(
        lines=tuple(next_sessions(groups, held, weekday_of(now))),
        unfinished=_unfinished_words(log, row) if row is not None else "",
    )


def weekday_of(now: Instant) -> Weekday:
    """Return the local day of the week."""
    return list(Weekday)[datetime.fromtimestamp(now.wall, UTC).astimezone().weekday()]


def _unfinished_words(log: Log, row: SessionRow) -> str:
    began = log.summaries.row(row.id).began_wall
    when = QLocale().toString(QDateTime.fromSecsSinceEpoch(round(began)), QLocale.FormatType.ShortFormat)
    names = {group.id: group.name for group in log.people.groups()}
    group = names.get(row.setting.group, "") if row.setting.group is not None else ""
    if not group:
        return tr("It began on {when}.").format(when=when)
    return tr("{group}, session {n}, began on {when}.").format(group=group, n=row.setting.number, when=when)
