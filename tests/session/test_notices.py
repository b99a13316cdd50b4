"""The notices that are shown now: one of each kind, told of once, gone when dismissed."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.session.notices import Notice, NoticeKind, NoticeList


class Changes:
    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1


@pytest.fixture
def changes():
    return Changes()


@pytest.fixture
def notices(changes):
    return NoticeList(lambda: 90.0, changes)


def test_a_notice_is_of_this_second_of_the_session_or_of_the_one_given(notices, changes):
    notices.add(NoticeKind.MARKED)
    notices.add(NoticeKind.GAP, not_recorded_s=12.0, now_s=80.0)

    assert list(notices) == [Notice(NoticeKind.MARKED, 90.0), Notice(NoticeKind.GAP, 80.0, 12.0)]
    assert changes.count == 2


def test_a_newer_one_of_its_kind_takes_its_place_and_comes_last(notices):
    notices.add(NoticeKind.GAP, 1.0)
    notices.add(NoticeKind.MARKED)
    notices.add(NoticeKind.GAP, 2.0)

    assert [(notice.kind, notice.not_recorded_s) for notice in notices] == [
        (NoticeKind.MARKED, 0.0),
        (NoticeKind.GAP, 2.0),
    ]


def test_a_trouble_is_shown_with_what_it_is(notices, changes):
    trouble = Trouble(TroubleCode.DISK_FULL)
    notices.add_trouble(trouble)

    assert [notice.trouble for notice in notices] == [trouble]
    assert changes.count == 1


def test_what_is_part_of_a_larger_change_is_told_with_it(notices, changes):
    notice = notices.add_quietly(Notice(NoticeKind.MARKED))

    assert list(notices) == [notice]
    assert changes.count == 0


def test_what_is_dismissed_is_gone_and_a_second_press_changes_nothing(notices, changes):
    notice = notices.add_quietly(Notice(NoticeKind.MARKED))
    notices.add_quietly(Notice(NoticeKind.GAP))
    notices.dismiss(notice)
    notices.dismiss(notice)

    assert [notice.kind for notice in notices] == [NoticeKind.GAP]
    assert changes.count == 1


def test_they_can_be_dismissed_while_they_are_gone_through(notices):
    for kind in (NoticeKind.MARKED, NoticeKind.GAP, NoticeKind.REDACTED):
        notices.add(kind)
    for notice in notices:
        notices.dismiss(notice)

    assert list(notices) == []
