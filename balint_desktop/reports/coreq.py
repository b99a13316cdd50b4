"""COREQ items that the log can answer; the others are left as marked blanks."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.accreditation.values import ColleagueRole
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.figures import blank, no_sessions_mark
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.reports.methods import (
    SayDay,
    assessment_words,
    declared_sentences,
    duration,
    paragraph,
    prompts_words,
    recorded_words,
    sessions_sentence,
)
from balint_desktop.text.accreditation import colleague_role
from balint_desktop.text.lists import listed


@dataclass(frozen=True, slots=True)
class CoreqItem:
    """One item of COREQ (Tong, Sainsbury & Craig 2007, 32 items): its number, what it asks, and the log's answer."""

    number: int
    asks: str
    answer: str


def coreq_items(account: GroupAccount, say_day: SayDay) -> tuple[CoreqItem, ...]:
    """Return the items that a log of sessions can answer: 1 to 5 and 14 to 21 (practice, section 2).

    In a study also item 6, whether the facilitator assesses the participants, and 8 where it was entered.
    """
    who = account.facilitator
    return (
        CoreqItem(1, tr("Facilitator: who led the group"), who.who or blank(tr("which author led"))),
        CoreqItem(2, tr("Credentials"), who.credentials or blank(tr("credentials"))),
        CoreqItem(3, tr("Occupation at the time"), who.occupation or blank(tr("occupation"))),
        CoreqItem(4, tr("Gender"), who.gender or blank(tr("gender, if it is to be reported"))),
        CoreqItem(5, tr("Experience and training"), who.experience or blank(tr("experience and training"))),
        *(
            [CoreqItem(6, tr("Relationship with the participants"), assessment_words(account))]
            if account.group.for_research
            else ()
        ),
        *([CoreqItem(8, tr("Other roles of the facilitator in the study"), who.relation)] if who.relation else ()),
        CoreqItem(14, tr("Setting"), _setting(account)),
        CoreqItem(15, tr("Presence of non-participants"), _beside(account)),
        CoreqItem(16, tr("Description of the sample"), _sample(account)),
        CoreqItem(17, tr("Guide: questions, prompts"), _guide(account)),
        CoreqItem(
            18, tr("Repeat sessions"), sessions_sentence(account, say_day) if account.records else no_sessions_mark()
        ),
        CoreqItem(
            19, tr("Audio or visual recording"), recorded_words(account) if account.records else no_sessions_mark()
        ),
        CoreqItem(20, tr("Field notes"), _notes(account)),
        CoreqItem(21, tr("Duration"), duration(account)),
    )


def as_text(account: GroupAccount, say_day: SayDay) -> str:
    """Return paragraph and items as plain text, to copy or to save as a file."""
    items = (f"{item.number}. {item.asks}: {item.answer}" for item in coreq_items(account, say_day))
    return (
        "\n\n".join(
            (
                tr("Methods"),
                " ".join((paragraph(account, say_day), *declared_sentences(account))),
                tr("COREQ items that the log can answer (Tong, Sainsbury & Craig 2007)"),
                "\n".join(items),
                tr("Figures were counted from the log on {day}. Please complete the parts in square brackets.").format(
                    day=say_day(account.today)
                ),
            )
        )
        + "\n"
    )


def _setting(account: GroupAccount) -> str:
    online = sum(1 for record in account.records if record.online)
    place = blank(tr("where the group met"))
    if not online:
        return place
    count = len(account.records)
    if online == count:
        return tr("Online in {n} of {count} sessions.").format(n=online, count=count)
    return tr("Online in {n} of {count} sessions, otherwise {place}.").format(n=online, count=count, place=place)


def _beside(account: GroupAccount) -> str:
    if not account.records:
        return no_sessions_mark()
    noted = [roles for roles in account.colleagues.values() if roles]
    if not noted:
        return blank(tr("who else was present; no one was noted"))
    total: dict[str, int] = {}
    for roles in noted:
        for role in roles:
            total[role] = total.get(role, 0) + 1
    answers = [
        tr("{role} in {n} of {count} sessions").format(
            role=colleague_role(ColleagueRole(role)), n=n, count=len(account.records)
        )
        for role, n in sorted(total.items())
    ]
    return listed(answers) + "."


def _sample(account: GroupAccount) -> str:
    count = len(account.members)
    words = tr_n("{n} participant.", "{n} participants.", count).format(n=count)
    if account.invited is not None:
        words = tr_n("{n} participant of {invited} invited.", "{n} participants of {invited} invited.", count).format(
            n=count, invited=account.invited
        )
    return " ".join((words, blank(tr("year, rotation and anything else that describes them"))))


def _guide(account: GroupAccount) -> str:
    if not account.records:
        return no_sessions_mark()
    names = dict.fromkeys(record.format_name for record in account.records)
    formats = listed([tr("“{name}”").format(name=name) for name in names])
    words = tr("Sessions followed the format {formats}.").format(formats=formats)
    return " ".join(part for part in (words, prompts_words(account), blank(tr("whether it was pilot tested"))) if part)


def _notes(account: GroupAccount) -> str:
    if not account.records:
        return no_sessions_mark()
    return tr("The facilitator wrote two lines on process, not on cases, after {n} of {count} sessions.").format(
        n=account.count_notes, count=len(account.records)
    )
