"""`balint-desktop groups`: create a group with its dates; list the groups."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

from balint_desktop.cli.days import typed_day
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.group.dates import MAX_SESSIONS, new_plan
from balint_desktop.domain.group.group import MAX_MEMBERS, Group, new_participants
from balint_desktop.domain.group.templates import TEMPLATES, from_template, with_dates
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.values import GroupId, new_id
from balint_desktop.i18n import tr
from balint_desktop.vault.log.dates import GroupSpan
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.new_group import NewGroup, add_group

_USUAL = TEMPLATES[0]


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of groups."""
    create = acts.add("create", _create, as_json=True)
    create.add_argument("name", metavar="NAME")
    create.add_argument(
        "--members", metavar="N", type=_up_to(MAX_MEMBERS), required=True, help=tr("the number of members")
    )
    create.add_argument(
        "--sessions", metavar="N", type=_up_to(MAX_SESSIONS), default=_USUAL.sessions, help=tr("the number of sessions")
    )
    create.add_argument(
        "--from", dest="from_", metavar="DAY", default="", help=tr("plan weekly sessions from this day")
    )
    acts.add("list", _list, as_json=True)


def _create(options: argparse.Namespace) -> CommandResult:
    """Create a group by the default template; its first day may be past, for a group that has already started."""
    plan = (
        new_plan(typed_day(options.from_), options.sessions, every=_USUAL.every, last_evaluates=True)
        if options.from_
        else ()
    )
    group = from_template(_USUAL, GroupId(new_id()), one_line(options.name))
    group = with_dates(replace(group, participants=new_participants(options.members)), options.sessions, plan)
    with open_vault(options) as vault:
        add_group(vault, NewGroup(group, plan))
        if options.json:
            print_json([_as_json(vault.log, group.id)])
        else:
            print(tr("{id}: {name} was created.").format(id=group.id, name=group.name))
    return CommandResult()


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        if options.json:
            print_json(_as_json(vault.log, span.id) for span in vault.log.dates.spans())
            return CommandResult()
        groups = {group.id: group for group in vault.log.groups.groups()}
        headings = (tr("Group"), tr("Name"), tr("Members"), tr("Sessions"), tr("From"), tr("To"))
        rows = [_row(span, groups[span.id]) for span in vault.log.dates.spans()]
        print_table(headings, rows, tr("No groups in this vault."))
    return CommandResult()


def _row(span: GroupSpan, group: Group) -> tuple[str, ...]:
    days = tuple(day.isoformat() if day is not None else "" for day in (span.first, span.last))
    return span.id, span.name, " ".join(p.code for p in group.participants), str(group.sessions), *days


def _as_json(log: Log, group: GroupId) -> dict[str, object]:
    found, span = log.groups.group(group), next(one for one in log.dates.spans() if one.id == group)
    return {
        "id": found.id,
        "name": found.name,
        "members": [member.code for member in found.participants],
        "sessions": found.sessions,
        "first": span.first.isoformat() if span.first is not None else None,
        "last": span.last.isoformat() if span.last is not None else None,
        "format": found.format_key,
        "archived": span.archived,
    }


def _up_to(most: int) -> Callable[[str], int]:
    """Return a parser for a number from 1 to `most`."""

    def read(text: str) -> int:
        number = int(text)
        if not 1 <= number <= most:
            raise argparse.ArgumentTypeError(tr("{n} is not between 1 and {most}").format(n=number, most=most))
        return number

    read.__name__ = tr("number")
    return read
