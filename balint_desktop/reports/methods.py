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
        return tr("This group has not met yet.")
    sentences = (
        sessions_sentence(account, say_day),
        _leader_words(account),
        duration(account),
        _attendance(account),
        recorded_words(account),
        prompts_words(account),
        _approved(account),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def declared_sentences(account: GroupAccount) -> tuple[str, ...]:
    """Return what a study's terms say of assessment, patients and data governance, or that they do not say it."""
    if not account.group.for_research:
        return ()
    declared = account.declared
    return (
        assessment_words(account),
        tr("Safeguards for the patients discussed: {measures}").format(measures=declared.patients)
        if declared.patients
        else tr("Safeguards for the patients discussed are not stated."),
        tr("Māori and Pacific data in this study are governed by: {who}").format(who=declared.governance)
        if declared.governance
        else tr("Who governs Māori and Pacific data in this study is not stated."),
    )


def assessment_words(account: GroupAccount) -> str:
    """Return whether the facilitator also assesses the participants, and what was closed to them therefore."""
    closed = (
        tr(
            "The facilitator also assesses the participants. Recordings and questionnaires were closed to the "
            "facilitator until the grades were final."
        )
        if account.declared.grades_are_final
        else tr(
            "The facilitator also assesses the participants. Recordings and questionnaires are closed to the "
            "facilitator until the grades are final."
        )
    )
    return {
        True: closed,
        False: tr("The facilitator does not assess the participants."),
        None: tr("Whether the facilitator also assesses the participants is not stated."),
    }[account.declared.assesses]


def sessions_sentence(account: GroupAccount, say_day: SayDay) -> str:
    """Return how often and when the group met, counting sessions and cases separately."""
    count = len(account.records)
    sessions = tr_n("{n} session", "{n} sessions", count).format(n=count)
    if account.first_day is None or account.last_day is None:
        words = tr("The group met for {sessions}: {kinds}.")
        return words.format(sessions=sessions, kinds=_kinds(account))
    if account.first_day == account.last_day:
        words = tr("The group met for {sessions} on {first}: {kinds}.")
    else:
        words = tr("The group met for {sessions} between {first} and {last}: {kinds}.")
    first, last = say_day(account.first_day), say_day(account.last_day)
    return words.format(sessions=sessions, first=first, last=last, kinds=_kinds(account))


def _kinds(account: GroupAccount) -> str:
    cases = tr_n("{n} case was presented", "{n} cases were presented", account.cases).format(n=account.cases)
    count = len(account.case_sessions)
    sessions = tr_n("{n} case session", "{n} case sessions", count).format(n=count)
    if not account.evaluations:
        return tr("{sessions}, in which {cases}").format(sessions=sessions, cases=cases)
    count = len(account.evaluations)
    return tr("{sessions}, in which {cases}, and {evaluations}").format(
        sessions=sessions,
        cases=cases,
        evaluations=tr_n("{n} evaluation session", "{n} evaluation sessions", count).format(n=count),
    )


def _leader_words(account: GroupAccount) -> str:
    formats = list(dict.fromkeys(record.format_name for record in account.records))
    planned = spread_words([record.planned_s / 60 for record in account.records])
    return tr("Sessions were led by {who} in the format {formats} ({planned} planned).").format(
        who=account.facilitator.who or blank(tr("who led")),
        formats=listed([tr("“{name}”").format(name=name) for name in formats]),
        planned=planned,
    )


def _attendance(account: GroupAccount) -> str:
    people = account.people_per_session()
    if people is None:
        return ""
    count = len(account.members)
    words = tr_n(
        "The group had {n} participant, of whom {present} attended each session.",
        "The group had {n} participants, of whom {present} attended each session.",
        count,
    )
    return words.format(n=count, present=range_words(people))


def recorded_words(account: GroupAccount) -> str:
    """Return what was recorded, and what of it was destroyed."""
    recorded, count = len(account.recorded), len(account.records)
    if not recorded:
        return tr("No sessions were recorded.")
    sentences = [
        tr("Sound was recorded in {recorded} of {count} sessions, {minutes} in all.").format(
            recorded=recorded, count=count, minutes=durations.minutes_words(account.recorded_minutes)
        ),
        tr("A session was recorded only where everyone in the room had agreed; recordings are encrypted."),
    ]
    if account.destroyed:
        count = len(account.destroyed)
        destroyed = tr_n("{n} recording has been destroyed since.", "{n} recordings have been destroyed since.", count)
        sentences.append(destroyed.format(n=count))
    return " ".join(sentences)


def prompts_words(account: GroupAccount) -> str:
    """Return the prompt decks used, a sentence each; empty where no prompt was shown."""
    if not account.decks:
        deck = tr("The facilitator’s screen offered prompts from {deck}.").format(
            deck=blank(tr("which prompt deck was on; it was not recorded"))
        )
        return deck if account.prompts_shown else ""
    sentences = [
        tr("The facilitator’s screen offered prompts from the deck {decks}.").format(
            decks=listed([tr("“{name}”").format(name=deck) for deck in account.decks])
        )
    ]
    if account.sessions_without_deck:
        sentences.append(
            tr("The deck was not recorded for {n} of {count} sessions.").format(
                n=account.sessions_without_deck, count=len(account.records)
            )
        )
    if account.sessions_with_themes:
        sentences.append(
            tr("Prompts based on published findings were on in {n} of {count} sessions.").format(
                n=account.sessions_with_themes, count=len(account.records) - account.sessions_without_deck
            )
        )
    else:
        sentences.append(tr("Prompts based on published findings were off."))
    sentences.append(
        tr_n(
            "{n} prompt was shown in all; whether it was spoken is not recorded.",
            "{n} prompts were shown in all; whether they were spoken is not recorded.",
            account.prompts_shown,
        ).format(n=account.prompts_shown)
    )
    return " ".join(sentences)


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
    not_ended = len(account.records) - lengths.count
    if not_ended:
        words = tr_n(
            "They lasted {minutes} (the end of {n} was not noted).",
            "They lasted {minutes} (the ends of {n} were not noted).",
            not_ended,
        )
        return words.format(minutes=minutes_range(lengths), n=not_ended)
    return tr("They lasted {minutes}.").format(minutes=minutes_range(lengths))
