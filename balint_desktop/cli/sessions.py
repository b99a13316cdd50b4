"""`balint-desktop sessions`: enter one that ran without the laptop; list the sessions."""

from __future__ import annotations

import argparse
import re

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.cli.days import local, typed_day
from balint_desktop.cli.find import find_group, find_members, parse_codes
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.session.entered_afterwards import USUAL_S, AfterwardsEntry
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId, SessionId
from balint_desktop.i18n import tr
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.log_service import LogService
from balint_desktop.vault.import_recording import require_importable
from balint_desktop.vault.log.summaries import SessionQuery, SummaryRow
from balint_desktop.vault.vault import OpenVault

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MAX_MINUTES = 12 * 60


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of sessions."""
    enter = acts.add("enter", _enter, as_json=True)
    enter.add_argument("--group", metavar="ID", required=True, help=tr("the group; see groups list"))
    enter.add_argument("--on", metavar="DAY", required=True, help=tr("the day, such as 2026-03-04"))
    enter.add_argument("--present", metavar="P1,P2", default="", help=tr("who was in the room, or all"))
    enter.add_argument(
        "--presenter", metavar="P1", default="", help=tr("who presented, such as P1, or P1,P2 for two cases")
    )
    enter.add_argument("--at", metavar="HH:MM", default="", help=tr("when it began; as planned if omitted"))
    enter.add_argument(
        "--minutes", metavar="N", type=int, default=round(USUAL_S / 60), help=tr("its length in minutes")
    )
    listing = acts.add("list", _list, as_json=True)
    listing.add_argument("--group", metavar="ID", default="", help=tr("only this group’s"))


def _enter(options: argparse.Namespace) -> CommandResult:
    """Enter a session with the likely values of its day, the same defaults as in the window's form."""
    day, time, lasted_s = typed_day(options.on), _time_of(options.at), 60.0 * options.minutes
    if not 1 <= options.minutes <= _MAX_MINUTES:
        raise UsageError(tr("A session lasts from 1 to {most} minutes.").format(most=_MAX_MINUTES))
    formats = FormatLibrary(data_folder(options.data_dir).formats, shipped_bank())
    with open_vault(options) as vault:
        log_service = LogService(vault, RecordingService(vault, open_pcm, encode_pcm), SystemClock())
        group = find_group(vault.log, options.group)
        present = find_members(group, options.present) if options.present else ()
        presenters = dict(enumerate(parse_codes(options.presenter), start=1))
        online = formats.is_online(group.format_key)
        likely = log_service.likely_session(group, day, time=time, lasted_s=lasted_s, online=online)
        session = log_service.enter(
            AfterwardsEntry(
                setting=SessionSetting(
                    group.id, likely.number, likely.kind, likely.format_key, formats.text(likely.format_key)
                ),
                began_wall=likely.began_wall,
                lasted_s=likely.lasted_s,
                present=present,
                presenters=presenters,
                online=formats.load(likely.format_key).online,
            )
        )
        if options.json:
            print_json([_as_json(vault, _current_summary(vault, session))])
        else:
            words = tr("{id}: session {number} of {group} on {day} was entered.")
            print(words.format(id=session, number=likely.number, group=group.name, day=day.isoformat()))
    return CommandResult()


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        group = find_group(vault.log, options.group).id if options.group else None
        rows = _all(vault, group)
        if options.json:
            print_json(_as_json(vault, row) for row in rows)
            return CommandResult()
        headings = (tr("Session"), tr("Began"), tr("Group"), tr("Number"), tr("Present"), tr("Recording"))
        print_table(headings, [_row(vault, row) for row in rows], tr("No sessions in this vault."))
    return CommandResult()


def _all(vault: OpenVault, group: GroupId | None) -> list[SummaryRow]:
    summaries = vault.log.summaries
    while summaries.refresh():
        pass
    return summaries.rows(summaries.ids(SessionQuery(group=group)))


def _current_summary(vault: OpenVault, session: SessionId) -> SummaryRow:
    return next(row for row in _all(vault, None) if row.session == session)


def _row(vault: OpenVault, row: SummaryRow) -> tuple[str, ...]:
    state = {"yes": tr("yes"), "destroyed": tr("destroyed")}.get(row.recorded)
    if state is None:
        state = tr("can be imported") if _takes_recording(vault, row.session) else tr("no")
    return row.session, local(row.began_wall), row.group_name or "?", str(row.number), " ".join(row.present), state


def _as_json(vault: OpenVault, row: SummaryRow) -> dict[str, object]:
    """Return a session as JSON. It omits the presenter, who is shown only in the form and on the log's page."""
    return {
        "id": row.session,
        "group": row.group,
        "group_name": row.group_name,
        "number": row.number,
        "kind": row.kind.value,
        "day": row.day,
        "began": local(row.began_wall),
        "seconds": row.ended_s,
        "present": list(row.present),
        "closed": row.closed,
        "entered_afterwards": row.entered,
        "recorded": row.recorded,
        "takes_recording": _takes_recording(vault, row.session),
    }


def _takes_recording(vault: OpenVault, session: SessionId) -> bool:
    """Return whether a file can be imported for a session: it is closed, and everyone there consented to recording."""
    try:
        require_importable(vault, session)
    except Trouble:
        return False
    return True


def _time_of(text: str) -> str:
    """Parse a time of day as HH:MM, empty where none is given. Raise UsageError."""
    found = _TIME.fullmatch(text.strip())
    if text and found is None:
        raise UsageError(tr("“{text}” is not a time. Write it as 14:00.").format(text=text))
    return f"{int(found[1]):02}:{found[2]}" if found is not None else ""
