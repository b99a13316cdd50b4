"""Export the accreditation record: reviews of a period, and the leader's record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.accreditation.pathways import Aim, Pathway
from balint_desktop.domain.accreditation.progress import Progress, count_progress, sessions_counted
from balint_desktop.domain.accreditation.reviews import Heading, ReviewedSession, in_period
from balint_desktop.domain.accreditation.values import (
    AccreditationFacts,
    ColleagueRole,
    LedSession,
    Meeting,
    SessionColleague,
    Supervision,
)
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import accreditation as wording

Days = Callable[[date], str]
"""Formats a day in the reader's locale."""


@dataclass(frozen=True, slots=True)
class AimRow:
    """One aim and its progress."""

    aim: Aim
    counted: Progress


@dataclass(frozen=True, slots=True)
class LeaderRecord:
    """A leader's record for accreditation, as of today. Sessions are those that count, oldest first.

    It holds labels of colleagues and supervisors as the user chose them, no participant and no note.
    """

    pathway: Pathway
    aims: tuple[AimRow, ...]
    sessions: tuple[LedSession, ...]
    supervisions: tuple[Supervision, ...]
    meetings: tuple[Meeting, ...]
    colleagues: Mapping[SessionId, tuple[SessionColleague, ...]]


def leader_record(
    facts: AccreditationFacts, pathway: Pathway, beside: Mapping[SessionId, tuple[SessionColleague, ...]], today: date
) -> LeaderRecord:
    """Return the record as of today."""
    return LeaderRecord(
        pathway=pathway,
        aims=tuple(AimRow(aim, count_progress(aim.measure, facts, today)) for aim in pathway.aims),
        sessions=tuple(sorted(sessions_counted(facts, today), key=lambda one: (one.day, one.id))),
        supervisions=tuple(sorted((v for v in facts.supervisions if v.day <= today), key=lambda v: (v.day, v.id))),
        meetings=tuple(sorted((m for m in facts.meetings if m.until <= today), key=lambda m: (m.day, m.id))),
        colleagues=beside,
    )


def co_leaders(beside: tuple[SessionColleague, ...]) -> str:
    """Return the co-leaders of a session without observers: labels, and whether accredited where known."""
    labels = []
    for one in beside:
        if one.role is not ColleagueRole.OBSERVER:
            known = wording.accredited(known=one.colleague.accredited)
            labels.append(f"{one.colleague.label} ({known})" if known else one.colleague.label)
    return ", ".join(labels)


def reviews_text(
    reviews: tuple[ReviewedSession, ...],
    supervisions: tuple[Supervision, ...],
    first: date,
    last: date,
    days: Days = date.isoformat,
) -> str:
    """Return the reviews of a period as plain text: dates and number of supervision sessions, then each heading.

    The order is that of a supervision report (BSANZ template). Empty headings are left out.
    """
    chosen = in_period(reviews, first, last)
    met = sorted(one.day for one in supervisions if first <= one.day <= last)
    count = tr_n("{n} supervision session", "{n} supervision sessions", len(met)).format(n=len(met))
    lines = [
        tr("Reviews of my own leading, {first} to {last}").format(first=days(first), last=days(last)),
        f"{count}: {', '.join(days(day) for day in met)}" if met else count,
        tr_n("{n} session reviewed", "{n} sessions reviewed", len(chosen)).format(n=len(chosen)),
    ]
    for heading in Heading:
        under = [(one, one.review.written[heading]) for one in chosen if heading in one.review.written]
        if under:
            lines += ["", wording.review_heading(heading)]
            lines += [f"{days(one.day)}, {one.title}: {' '.join(text.split())}" for one, text in under]
    return "\n".join(lines) + "\n"
