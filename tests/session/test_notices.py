"""The current notices: one of each kind, announced once, removed when dismissed."""

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


def test_a_notice_has_the_current_session_second_or_the_one_given(notices, changes):
    notices.add(NoticeKind.MARKED)
    notices.add(NoticeKind.GAP, not_recorded_s=12.0, now_s=80.0)

    assert list(notices) == [Notice(NoticeKind.MARKED, 90.0), Notice(NoticeKind.GAP, 80.0, 12.0)]
    assert changes.count == 2


def test_a_newer_notice_of_its_kind_replaces_it_and_comes_last(notices):
    notices.add(NoticeKind.GAP, 1.0)
    notices.add(NoticeKind.MARKED)
    notices.add(NoticeKind.GAP, 2.0)

    assert [(notice.kind, notice.not_recorded_s) for notice in notices] == [
        (NoticeKind.MARKED, 0.0),
        (NoticeKind.GAP, 2.0),
    ]


def test_a_trouble_is_shown_with_its_details(notices, changes):
    trouble = Trouble(TroubleCode.DISK_FULL)
    notices.add_trouble(trouble)

    assert [notice.trouble for notice in notices] == [trouble]
    assert changes.count == 1


def test_parts_of_a_larger_change_are_reported_with_it(notices, changes):
    notice = notices.add_quietly(Notice(NoticeKind.MARKED))

    assert list(notices) == [notice]
    assert changes.count == 0


def test_a_dismissed_notice_is_removed_and_a_second_press_changes_nothing(notices, changes):
    notice = notices.add_quietly(Notice(NoticeKind.MARKED))
    notices.add_quietly(Notice(NoticeKind.GAP))
    notices.dismiss(notice)
    notices.dismiss(notice)

    assert [notice.kind for notice in notices] == [NoticeKind.GAP]
    assert changes.count == 1


def test_notices_can_be_dismissed_during_iteration(notices):
    for kind in (NoticeKind.MARKED, NoticeKind.GAP, NoticeKind.REDACTED):
        notices.add(kind)
    for notice in notices:
        notices.dismiss(notice)

    assert list(notices) == []
