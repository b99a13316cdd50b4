"""The certificate of attendance of one participant."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.reports.tables import local_day
from balint_desktop.text import durations
from balint_desktop.ui.group.reports import pages
from balint_desktop.ui.widgets.dates import day_words, short_day

_A_LINE = "_" * 32


@dataclass(frozen=True, slots=True)
class Certified:
    """Subject of a certificate. `name` is empty where only the code is shown.

    `presented` is set only at that person's request: psychiatry trainees who presented file it with their
    assessments (practice, section 4). It appears in no other report.
    """

    code: ParticipantCode
    name: str = ""
    presented: bool = False


def certificate(account: GroupAccount, who: Certified) -> str:
    """Return the certificate as HTML for ui/paper: the sessions that this person attended, and nobody else's."""
    attended, could = account.attended(who.code), account.could_attend(who.code)
    minutes = sum(record.ended_s for record in attended if record.ended_s is not None) / 60
    statement = tr(
        "{who} attended {n} of {count} sessions of the Balint group “{group}”, {minutes} minutes in all."
    ).format(
        who=who.name or who.code,
        n=len(attended),
        count=len(could),
        group=account.group.name,
        minutes=durations.tenths(minutes),
    )
    rows = [
        (
            str(record.setting.number),
            short_day(local_day(record.began_wall)),
            durations.tenths(record.ended_s / 60) if record.ended_s is not None else tr("not noted"),
        )
        for record in attended
    ]
    parts = [pages.heading(tr("Certificate of attendance")), pages.line(statement)]
    if rows:
        parts.append(pages.table((tr("Session"), tr("Day"), tr("Minutes")), rows))
    if who.presented:
        parts.append(pages.line(_presented(account.presented(who.code))))
    parts += [
        pages.quiet(tr("What was said in the sessions stays there; attendance is told by the group’s log.")),
        pages.facts(
            (
                (tr("Made on"), day_words(account.today)),
                (tr("Facilitator"), _A_LINE),
                (tr("Signed"), _A_LINE),
            )
        ),
    ]
    return "".join(parts)


def _presented(count: int) -> str:
    words = tr_n("Presented {n} case.", "Presented {n} cases.", count)
    return words.format(n=count)
