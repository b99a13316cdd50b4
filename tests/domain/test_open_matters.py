"""Open matters of all sources in one list: those closest to a person first, and the longest open before the others."""

from __future__ import annotations

from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter, gather
from balint_desktop.domain.values import GroupId

TODAY = date(2026, 3, 18)
EARLIER, LATER = date(2026, 3, 4), date(2026, 3, 19)
GROUP = GroupId("g")


class Source:
    """A part that has these matters open, and remembers for which day it was asked."""

    def __init__(self, *matters):
        self.matters = matters
        self.asked = []

    def open_matters(self, today):
        self.asked.append(today)
        return self.matters


def matter(kind, day=None, **more):
    return OpenMatter(kind, GROUP, day=day, **more)


def test_the_kinds_come_in_the_order_of_today():
    assert list(OpenKind) == [
        "disk-full",
        "disk-read-only",
        "recovery-key-unproven",
        "passphrase-file-unproven",
        "session-without-record",
        "follow-up",
        "support",
        "answers-erased",
        "request-to-answer",
        "assessment-unanswered",
        "consents-to-enter",
        "debrief-unwritten",
        "first-draft",
        "to-deidentify",
        "coding-file-came",
        "round-to-code",
        "round-to-send",
        "recording-to-transcribe",
        "recording-to-destroy",
        "transcript-to-change",
        "period-over",
        "backup-due",
    ]


def test_matters_of_all_sources_are_sorted_by_kind_whatever_their_days():
    kinds = list(OpenKind)
    first = Source(*(matter(kind, LATER) for kind in reversed(kinds[:3])))
    second = Source(*(matter(kind, EARLIER) for kind in reversed(kinds[3:])))

    assert [one.kind for one in gather([second, first], TODAY)] == kinds


def test_within_a_kind_the_longest_open_comes_first_and_one_without_a_day_counts_as_of_today():
    later, undated, earlier = (matter(OpenKind.DEBRIEF_UNWRITTEN, day) for day in (LATER, None, EARLIER))

    assert gather([Source(later, undated), Source(earlier)], TODAY) == (earlier, undated, later)


def test_matters_of_the_same_kind_and_day_keep_the_order_of_their_sources():
    one, other = (matter(OpenKind.PERIOD_OVER, EARLIER, number=number) for number in (9, 1))

    assert gather([Source(one), Source(other)], TODAY) == (one, other)


def test_each_source_is_asked_once_for_that_day():
    source = Source()

    assert gather([source], TODAY) == ()
    assert source.asked == [TODAY]


def test_a_matter_covers_one_item_unless_a_source_counts_more():
    assert matter(OpenKind.CONSENTS_TO_ENTER).count == 1
    assert matter(OpenKind.CONSENTS_TO_ENTER, count=4).count == 4
