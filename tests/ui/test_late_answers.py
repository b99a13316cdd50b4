"""Answers of a child or a thread after the requesting page was deleted: ignored, and nothing fails."""

from __future__ import annotations

import pytest
import window_fakes as fakes
from PySide6.QtCore import QObject
from qt_events import process_events
from ready_bench import ReadyBench

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.summary import Condition, OpenRecording, RecordingSummary
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.settings.renewal import RenewalSection, Renewing
from balint_desktop.ui.widgets.lifetime import is_alive


def delete(page):
    page.deleteLater()
    process_events()
    assert not is_alive(page)


def test_a_level_arriving_after_the_page_was_closed_is_ignored(work, qtbot):
    bench = ReadyBench(work)
    bench.page.enter_view()
    qtbot.waitUntil(lambda: bool(bench.tries))
    delete(bench.page)
    bench.last.hears(-12.0)
    bench.last.ends(TroubleCode.MICROPHONE_GONE)
    process_events()

    assert len(bench.tries) == 1


def test_playback_reports_arriving_after_the_page_was_closed_are_ignored(work):
    heard = []

    class Deck:
        def __init__(self, _opened, on_position, on_end):
            heard.extend([on_position, on_end])

        def play(self, turn, from_s, speed):
            self.turn = turn

    place = QObject()
    playback = Playback(Deck, work.post, place)
    playback.load(
        OpenRecording(
            RecordingSummary("r", Condition.COMPLETE),
            JoinedRecording((TimelineStretch(StretchKind.SOUND, 0, 20, 1),)),
        )
    )
    playback.play()
    delete(place)
    on_position, on_end = heard
    on_position(1, 2.5)
    on_end(1, None)
    process_events()

    assert playback.position_s == 0.0


@pytest.mark.parametrize("outcome", ["made", "failed"])
def test_keys_created_after_the_page_was_closed_are_shown_to_no_one(work, messages, qtbot, outcome):
    answers = {}

    def prepare(_old, _new, made, failed):
        answers.update(made=lambda: made(fakes.KEY), failed=lambda: failed(Trouble(TroubleCode.DISK_FULL)))

    section = RenewalSection(Renewing(prepare, lambda: None, fakes.estimate, lambda *_: None), work, messages)
    section.old.setText("the passphrase so far")
    for field in (section.new.first, section.new.second):
        field.setText("four words of nonsense")
    qtbot.waitUntil(lambda: not section.new.problem())
    section.prepare_button.click()
    delete(section)
    answers[outcome]()

    assert messages.last is None
