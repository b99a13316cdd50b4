"""Reviews of one's own leading: four questions, all optional; and the headings of earlier reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from balint_desktop.domain.values import SessionId

# A few lines on the leader's own work, as short as a process note (domain/session/debrief.py).
REVIEW_LIMIT = 500


class Heading(StrEnum):
    """What a review may answer: the questions asked now, then the headings of reviews written before them.

    The questions are about what the leader was drawn into, not about technique: what is carried away, whose side was
    taken, whether the group repeated the case, what happened between the leaders. The earlier headings are those of a
    supervision report (BSANZ template, balintanz.org, supervision reports).
    """

    CARRYING = "carrying"
    SIDE = "side"
    CASE_REPEATED = "case-repeated"
    BETWEEN_LEADERS = "between-leaders"
    BOUNDARIES = "boundaries"
    SAFETY = "safety"
    PRESENTER = "presenter"
    SOLUTIONS = "solutions"
    CO_LEADER = "co-leader"
    GROUP = "group"
    CONFIDENTIALITY = "confidentiality"
    STYLE = "style"


QUESTIONS = (Heading.CARRYING, Heading.SIDE, Heading.CASE_REPEATED, Heading.BETWEEN_LEADERS)


class ReviewState(StrEnum):
    """State of a session's review: written, waiting, or declined."""

    WRITTEN = "written"
    LATER = "later"
    NOT_THIS_TIME = "not-this-time"


@dataclass(frozen=True, slots=True)
class Review:
    """The facilitator's review of leading one session. Never about a student or a case: the page says so."""

    session: SessionId
    state: ReviewState
    texts: Mapping[Heading, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(text) > REVIEW_LIMIT for text in self.texts.values()):
            raise ValueError(f"an answer has room for at most {REVIEW_LIMIT} characters")

    @property
    def written(self) -> dict[Heading, str]:
        """Return the headings that have text, in order."""
        return {heading: self.texts[heading] for heading in Heading if self.texts.get(heading, "").strip()}


@dataclass(frozen=True, slots=True)
class ReviewedSession:
    """A review with the session's day and title, for a supervision report."""

    review: Review
    day: date
    title: str


def in_period(reviews: tuple[ReviewedSession, ...], first: date, last: date) -> tuple[ReviewedSession, ...]:
    """Return the written reviews of a period, first and last day included, oldest first."""
    chosen = (one for one in reviews if first <= one.day <= last and one.review.written)
    return tuple(sorted(chosen, key=lambda one: (one.day, one.title, one.review.session)))
