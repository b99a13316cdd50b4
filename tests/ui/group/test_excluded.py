"""An excluded facilitator is informed while choosing, before and after the session, and nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from ready_bench import ReadyBench
from room_bench import EVERYONE, RoomBench

from balint_desktop.domain.group.group import Reader
from balint_desktop.ui.debrief.debrief import DebriefPlace
from balint_desktop.ui.group.readers import excluded

STUDY, COORDINATOR = Reader("Study", "age1study"), Reader("Coordinator", "age1coordinator")
BOTH = (STUDY, COORDINATOR)


def said(page, identifier):
    label = page.findChild(QLabel, identifier)
    return label.text() if label is not None else ""


def ready(work, look_at, qtbot, **given):
    page = look_at(ReadyBench(work, **given).page)
    page.enter_view()
    qtbot.waitUntil(page.microphone.try_button.isEnabled)
    page.leave_view()
    return page


def closing(theme, messages, look_at, *, recorded, readers=BOTH):
    bench = RoomBench(theme, recorded=recorded, readers=readers)
    bench.session.begin(EVERYONE)
    if recorded:
        bench.record()
        bench.session.recording.stop()
        bench.recorders.last.ends(60.0)
    bench.session.end()
    return look_at(DebriefPlace(bench.session, (), messages))


def test_get_ready_says_who_will_be_able_to_open_it_and_that_this_vault_will_not(work, look_at, qtbot):
    page = ready(work, look_at, qtbot, this_vault_reads=False, readers=BOTH)

    assert said(page, "ready-left-out") == (
        "Recordings are sealed to Study and Coordinator only. This vault cannot open them."
    )
    assert page.can_record()


def test_get_ready_does_not_mention_it_where_this_vault_reads(work, look_at, qtbot):
    assert said(ready(work, look_at, qtbot, readers=BOTH), "ready-left-out") == ""


def test_the_debrief_says_that_the_recording_cannot_be_opened_here(theme, messages, look_at):
    page = closing(theme, messages, look_at, recorded=True)

    assert said(page, "closing-left-out").startswith("The recording is sealed to Study and Coordinator only.")


@pytest.mark.parametrize(("recorded", "readers"), [(False, BOTH), (True, ())])
def test_the_debrief_does_not_mention_it_without_a_recording_or_where_this_vault_reads(
    theme, messages, look_at, recorded, readers
):
    page = closing(theme, messages, look_at, recorded=recorded, readers=readers)

    assert said(page, "closing-left-out") == ""


def test_the_same_key_under_two_labels_is_one_key():
    twice = (STUDY, Reader("Study again", STUDY.recipient))

    assert "Add a second reader" in excluded.choosing(twice, this_vault=False)
    assert "Add a second reader" not in excluded.choosing(BOTH, this_vault=False)
    assert excluded.choosing((), this_vault=True) == ""
