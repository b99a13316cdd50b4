"""Write the methods paragraph from the log, with marked blanks for what is not known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.figures import (
    blank,
    minutes_range,
    no_sessions_mark,
    range_words,
    spread_words,
)
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.text import durations
from balint_desktop.text.lists import listed

SayDay = Callable[[date], str]
"""Formats a day in the user's locale."""


def paragraph(account: GroupAccount, say_day: SayDay) -> str:
    """Return a paragraph for a methods section. Every number in it is computed from the log."""
    if not account.records:
        return tr("No session of this group has been held yet.")
    sentences = (
        sessions_sentence(account, say_day),
        _leader_words(account),
        _attendance(account),
        recorded_words(account),
        prompts_words(account),
        _approved(account),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def sessions_sentence(account: GroupAccount, say_day: SayDay) -> str:
    """Return how often and when the group met, counting sessions and cases separately."""
    count = len(account.records)
    sessions = tr_n("{n} session", "{n} sessions", count).format(n=count)
    if account.first_day is None or account.last_day is None:
        when = ""
    elif account.first_day == account.last_day:
        when = tr(" on {day}").format(day=say_day(account.first_day))
    else:
        when = tr(" between {first} and {last}").format(
            first=say_day(account.first_day), last=say_day(account.last_day)
        )
    met = tr("The group met for {sessions}{when}").format(sessions=sessions, when=when)
    return f"{met}: {_kinds(account)}."


def _kinds(account: GroupAccount) -> str:
    cases = tr_n("{n} case was presented", "{n} cases were presented", account.cases).format(n=account.cases)
    sentence = tr_n("{n} case session", "{n} case sessions", len(account.case_sessions))
    words = tr("{sessions}, in which {cases}").format(
        sessions=sentence.format(n=len(account.case_sessions)), cases=cases
    )
    if account.evaluations:
        count = len(account.evaluations)
        words += tr(", and {sessions}").format(
            sessions=tr_n("{n} evaluation session", "{n} evaluation sessions", count).format(n=count)
        )
    return words


def _leader_words(account: GroupAccount) -> str:
    formats = list(dict.fromkeys(record.format_name for record in account.records))
    planned = spread_words([record.planned_s / 60 for record in account.records])
    sentence = tr("Sessions were led by {who}, by the format {formats} ({planned} planned).").format(
        who=account.facilitator.who or blank(tr("who led")),
        formats=listed([f"“{name}”" for name in formats]),
        planned=planned,
    )
    return f"{sentence} {duration(account)}"


def _attendance(account: GroupAccount) -> str:
    people = account.people_per_session()
    if people is None:
        return ""
    count = len(account.members)
    return tr("{people}, of whom {present} were in each session.").format(
        people=tr_n("The group had {n} participant in all", "The group had {n} participants in all", count).format(
            n=count
        ),
        present=range_words(people),
    )


def recorded_words(account: GroupAccount) -> str:
    """Return what was recorded, and what of it was destroyed."""
    recorded, count = len(account.recorded), len(account.records)
    if not recorded:
        return tr("No session was recorded.")
    words = tr("Sound alone was recorded in {recorded} of {count} sessions, {minutes} in all.").format(
        recorded=recorded, count=count, minutes=durations.minutes_words(account.recorded_minutes)
    )
    words += " " + tr(
        "Only sessions were recorded in which everyone in the room had agreed to it; recordings are kept sealed."
    )
    if account.destroyed:
        count = len(account.destroyed)
        destroyed = tr_n("{n} recording has been destroyed since.", "{n} recordings have been destroyed since.", count)
        words += " " + destroyed.format(n=count)
    return words


def prompts_words(account: GroupAccount) -> str:
    """Return the prompt decks used; empty where no prompt was shown."""
    if not account.decks:
        deck = tr("The prompts that the facilitator’s screen offered came from {deck}.").format(
            deck=blank(tr("which prompt deck was on; the log does not have it"))
        )
        return deck if account.prompts_shown else ""
    words = tr("The facilitator’s screen offered prompts from the deck {decks}").format(
        decks=listed([f"“{deck}”" for deck in account.decks])
    )
    if account.sessions_without_deck:
        words += tr(" (for {n} of {count} sessions the log does not have which)").format(
            n=account.sessions_without_deck, count=len(account.records)
        )
    if account.sessions_with_themes:
        themes = tr("prompts that rest on published findings could come in {n} of {count} sessions").format(
            n=account.sessions_with_themes, count=len(account.records) - account.sessions_without_deck
        )
    else:
        themes = tr("prompts that rest on published findings were off")
    shown = tr_n("{n} prompt was shown in all", "{n} prompts were shown in all", account.prompts_shown)
    return tr("{words}; {themes}; {shown}. Whether a prompt was spoken was not kept.").format(
        words=words, themes=themes, shown=shown.format(n=account.prompts_shown)
    )


def _approved(account: GroupAccount) -> str:
    if not account.group.for_research:
        return ""
    return tr("The study was approved by {committee} (reference {reference}).").format(
        committee=account.committee or blank(tr("ethics committee")),
        reference=account.approval or blank(tr("reference")),
    )


def duration(account: GroupAccount) -> str:
    """Return the length of sessions in words."""
    lengths = account.lengths()
    if lengths is None:
        return no_sessions_mark()
    words = tr("They lasted {minutes}").format(minutes=minutes_range(lengths))
    not_ended = len(account.records) - lengths.count
    if not_ended:
        words += tr(" (the end of {n} was not noted)").format(n=not_ended)
    return words + "."
