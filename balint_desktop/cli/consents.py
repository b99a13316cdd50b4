"""`balint-desktop consents`: enter an answer for some people and purposes; list the answers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from balint_desktop.cli.days import typed_day
from balint_desktop.cli.find import EVERYONE, find_group, find_members
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study import consent
from balint_desktop.domain.study.consent import ANSWERS, FORM_LIMIT, Consent, Purpose, TakenBy, current_answers
from balint_desktop.i18n import tr
from balint_desktop.text.consents import entered_words, left_words
from balint_desktop.vault.consent_gate import enter_answers
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.log import Log

_TAKERS = (TakenBy.FACILITATOR, TakenBy.COORDINATOR)


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of consents."""
    enter = acts.add("enter", _enter, as_json=True)
    enter.add_argument("--group", metavar="ID", required=True, help=tr("the group; see groups list"))
    enter.add_argument("--members", metavar="P1,P2", required=True, help=tr("who answered, or all"))
    enter.add_argument("--purpose", metavar="NAME", required=True, help=f"{purpose_names()}, {EVERYONE}")
    enter.add_argument("--answer", required=True, choices=[answer.value for answer in ANSWERS])
    enter.add_argument("--on", metavar="DAY", required=True, help=tr("the day they answered, such as 2026-03-04"))
    enter.add_argument("--form", metavar="VERSION", default="", help=tr("the version of the form they signed"))
    enter.add_argument(
        "--taken-by",
        choices=[taker.value for taker in _TAKERS],
        default=None,
        help=tr("who took the answers; if omitted, the coordinator where the study has one"),
    )
    _add_keeper(enter)
    listing = acts.add("list", _list, as_json=True)
    listing.add_argument("--group", metavar="ID", default="", help=tr("only this group’s"))
    _add_keeper(listing)


def _add_keeper(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--as-keeper",
        action="store_true",
        help=tr("confirm that you keep the answers; needed where the study has a coordinator"),
    )


def purpose_names() -> str:
    """Return the purpose names accepted on the command line."""
    return ", ".join(purpose.value for purpose in Purpose)


def parse_purpose(text: str, names: str = "") -> Purpose:
    """Return a purpose by its name. Raise UsageError with the names that may be chosen, all where none are given."""
    try:
        return Purpose(text.strip().casefold())
    except ValueError:
        words = tr("There is no purpose “{text}”. Choose one of: {names}.")
        raise UsageError(words.format(text=text, names=names or purpose_names())) from None


def _enter(options: argparse.Namespace) -> CommandResult:
    everything = options.purpose.strip().casefold() == EVERYONE
    purposes = tuple(Purpose) if everything else tuple(parse_purpose(part) for part in options.purpose.split(","))
    day, form = typed_day(options.on), _form(options.form)
    with open_vault(options) as vault:
        group = find_group(vault.log, options.group)
        _require_keeper(options, vault.log, (group,))
        likely = TakenBy.COORDINATOR if _coordinator(vault.log, group) else TakenBy.FACILITATOR
        taking = ConsentCollection(day, form, TakenBy(options.taken_by) if options.taken_by else likely)
        codes = find_members(group, options.members)
        entered = enter_answers(
            vault.log, group.id, codes, purposes, answer=consent.Answer(options.answer), taking=taking
        )
        if options.json:
            rows = [row for row in vault.log.consents.consents(group.id) if row.place in entered.places]
            print_json(_as_json(group, row) for row in rows)
        else:
            print(entered_words(entered.entry) + left_words(entered.entry))
    return CommandResult()


def _list(options: argparse.Namespace) -> CommandResult:
    """List the current answers; people not asked yet have none."""
    with open_vault(options) as vault:
        groups = [find_group(vault.log, options.group)] if options.group else vault.log.groups.groups()
        _require_keeper(options, vault.log, groups)
        found = [
            (group, row)
            for group in groups
            for row in _in_order(current_answers(vault.log.consents.consents(group.id)).values())
        ]
    if options.json:
        print_json(_as_json(group, row) for group, row in found)
        return CommandResult()
    headings = (tr("Group"), tr("Member"), tr("Purpose"), tr("Answer"), tr("Date"), tr("Form"))
    print_table(headings, [_row(group, row) for group, row in found], tr("No consents in this vault."))
    return CommandResult()


def _coordinator(log: Log, group: Group) -> str:
    study = log.consents.study(group.id)
    return study.coordinator if study is not None else ""


def _require_keeper(options: argparse.Namespace, log: Log, groups: Iterable[Group]) -> None:
    """Check that whoever keeps the answers asks for them. A reminder, as in the window. Raise UsageError."""
    kept = next((group for group in groups if _coordinator(log, group)), None)
    if kept is not None and not options.as_keeper:
        words = tr("The coordinator keeps the answers for {group}. Add --as-keeper if that is you.")
        raise UsageError(words.format(group=kept.name))


def _in_order(rows: Iterable[Consent]) -> list[Consent]:
    order = list(Purpose)
    return sorted(rows, key=lambda row: (int(row.code[1:]), order.index(row.purpose)))


def _form(text: str) -> str:
    """Return the version of a form. Raise UsageError."""
    form = one_line(text)
    if len(form) > FORM_LIMIT:
        raise UsageError(tr("A form’s version can have at most {most} characters.").format(most=FORM_LIMIT))
    return form


def _row(group: Group, row: Consent) -> tuple[str, ...]:
    day = row.day.isoformat() if row.day is not None else ""
    return group.name, row.code, row.purpose.value, row.answer.value, day, row.form


def _as_json(group: Group, row: Consent) -> dict[str, object]:
    return {
        "id": row.place,
        "group": group.id,
        "member": row.code,
        "purpose": row.purpose.value,
        "answer": row.answer.value,
        "day": row.day.isoformat() if row.day is not None else None,
        "form": row.form,
        "taken_by": row.taken_by.value,
    }
