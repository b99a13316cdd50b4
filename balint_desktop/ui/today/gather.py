"""Gather what Today shows from the log, or without a vault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.open_matters import OpenKind, OpenMatters, gather
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.today.cards import next_sessions, relative_day
from balint_desktop.ui.today.open_matters import backup_words, open_lines
from balint_desktop.ui.today.place import Presented, TodayView
from balint_desktop.ui.widgets.dates import time_words
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.sessions import SessionRow


def gather_without_vault(way_to_vault: str) -> TodayView:
    """Return Today's contents without a vault: the clock alone, and perhaps a button that leads to one."""
    return TodayView(has_vault=False, vault_offer=way_to_vault)


def gather_today(log: Log, now: Instant, sources: Iterable[OpenMatters] = ()) -> TodayView:
    """Return Today's contents from the log: next sessions and open matters. Raise Trouble.

    Runs a handful of queries, whatever the log's size: no session is replayed.
    """
    today = day_of(now.wall)
    standings = log.dates.standings(today)
    names = {standing.group: standing.name for standing in standings}
    row = log.sessions.unfinished()
    began = log.summaries.row(row.id) if row is not None else None
    matters = gather(sources, today)
    says_backup = any(matter.kind is OpenKind.BACKUP_DUE for matter in matters)
    last_backup = None if says_backup else log.backup_matters.last_backup()
    return TodayView(
        lines=tuple(next_sessions(standings, today)),
        unfinished=_unfinished_words(row, began.began_wall, names, today) if row and began else "",
        still_runs=began is not None and began.ended_s is None,
        open_lines=open_lines(matters, names, today),
        backup=backup_words(last_backup, today) if last_backup is not None else "",
    )


def gather_presented(log: Log, group: GroupId, now: Instant) -> Presented:
    """Return which of a group's current members have presented, by code. Raise Trouble."""
    today = day_of(now.wall)
    presented = log.summaries.presented(group)
    members = [member.code for member in log.groups.group(group).participants if member.belongs_on(today)]
    return Presented(tuple(c for c in members if c in presented), tuple(c for c in members if c not in presented))


def _unfinished_words(row: SessionRow, began_wall: float, names: dict[GroupId, str], today: date) -> str:
    time = time_words(datetime.fromtimestamp(began_wall, UTC).astimezone().strftime("%H:%M"))
    when = tr("{day} at {time}").format(day=relative_day(day_of(began_wall), today), time=time)
    group = names.get(row.setting.group, "") if row.setting.group is not None else ""
    if not group:
        return tr("Began {when}.").format(when=when)
    return tr("{group}, session {n}, began {when}.").format(group=group, n=row.setting.number, when=when)
