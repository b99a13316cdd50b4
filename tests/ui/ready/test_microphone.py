"""The microphone at Get ready: chosen, its level live, five seconds tried and played back; nothing is stored."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox
from ready_bench import BUILT_IN, OLD, USB

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence


def says(seen, words):
    seen.until_reads("microphone-problem", words)


def choose(seen, name):
    box = seen.find("microphone", QComboBox)
    box.setCurrentIndex(box.findText(name))


def test_the_systems_default_is_chosen_and_monitored_at_once(seen):
    assert seen.page.microphone.device == BUILT_IN.name
    (listening,) = seen.bench.tries
    assert (listening.device, listening.seconds) == (BUILT_IN.name, None)


def test_the_last_used_microphone_is_chosen_if_present(open_page):
    assert open_page(device=USB.name).page.microphone.device == USB.name
    assert open_page(device="Lent out").page.microphone.device == BUILT_IN.name


def test_the_level_is_live(seen):
    level = seen.page.microphone.level
    seen.bench.last.hears(-12.0)
    seen.until(lambda: level.share > 0.5)
    seen.bench.last.hears(-55.0)
    seen.until(lambda: level.share < 0.2)


def test_another_microphone_is_monitored_as_soon_as_chosen_and_the_first_released(seen):
    first = seen.bench.last
    choose(seen, USB.name)

    assert first.stopped
    assert seen.bench.last.device == USB.name
    first.hears(-6.0)
    seen.bench.last.hears(-60.0)
    seen.until(lambda: seen.page.microphone.level.share == 0)
    seen.press("open-room")
    assert seen.bench.received[0].device == USB.name


def test_a_microphone_without_our_rate_is_not_offered(open_page):
    seen = open_page(microphones=(OLD, USB))
    box = seen.find("microphone", QComboBox)

    assert [box.itemText(i) for i in range(box.count())] == [USB.name]


def test_leaving_the_page_releases_the_microphone(seen):
    seen.page.leave_view()

    assert seen.bench.last.stopped


def test_the_microphone_is_released_while_the_room_opens_and_not_reopened_by_a_late_list(open_page):
    seen = open_page()
    seen.page.leave_view()
    seen.page.microphone._on_listed((BUILT_IN,))

    assert len(seen.bench.tries) == 1


# --- the five seconds ---


def test_five_seconds_are_heard_played_back_and_reported_as_deleted(seen):
    listening = seen.bench.last
    seen.press("try-out")
    tried = seen.bench.last

    assert listening.stopped
    assert (tried.device, tried.seconds) == (BUILT_IN.name, 5.0)
    says(seen, "Say something.")
    assert not seen.find("try-out").isEnabled()
    tried.hears(-20.0)
    seen.until(lambda: seen.page.microphone.level.share > 0.5)
    tried.plays()
    says(seen, "Playing it back…")
    assert seen.page.microphone.level.share == 0
    tried.ends()
    says(seen, "Sounds fine? Nothing was kept.")
    assert seen.find("try-out").isEnabled()


def test_the_level_continues_after_the_try_out_and_leaves_its_last_message(seen):
    seen.press("try-out")
    seen.bench.last.ends()
    says(seen, "Sounds fine? Nothing was kept.")

    seen.bench.last.hears(-12.0)
    seen.until(lambda: seen.page.microphone.level.share > 0.5)
    assert seen.bench.last.seconds is None
    says(seen, "Sounds fine? Nothing was kept.")


def test_choosing_another_microphone_ends_the_try_out(seen):
    seen.press("try-out")
    tried = seen.bench.last
    choose(seen, USB.name)

    assert tried.stopped
    assert seen.find("try-out").isEnabled()
    says(seen, "")
    tried.ends()
    seen.bench.last.hears(-12.0)
    seen.until(lambda: seen.page.microphone.level.share > 0.5)
    says(seen, "")


def test_without_a_loudspeaker_it_says_so_and_the_level_continues(seen):
    seen.press("try-out")
    seen.bench.last.ends(TroubleCode.NO_LOUDSPEAKER)

    says(seen, sentence(Trouble(TroubleCode.NO_LOUDSPEAKER)))
    assert seen.bench.last.seconds is None
    assert not seen.bench.last.stopped


# --- failures ---


def test_a_missing_microphone_is_reported_with_what_to_do_and_searched_for_on_request(open_page):
    seen = open_page(microphones=())
    says(seen, sentence(Trouble(TroubleCode.NO_MICROPHONE)))
    assert seen.reads("recording-available") == "Recording not available today"
    assert seen.find("try-out").text() == "Search again"

    seen.bench.microphones = (USB,)
    seen.press("try-out")
    says(seen, "")
    assert seen.find("try-out").text() == "Record a 5-second test"
    assert seen.reads("recording-available") == "Recording available today"
    assert seen.bench.last.device == USB.name


def test_a_microphone_with_only_another_rate_is_reported(open_page):
    says(open_page(microphones=(OLD,)), sentence(Trouble(TroubleCode.MICROPHONE_RATE)))


def test_an_unresponsive_sound_system_is_reported_and_can_be_retried(open_page, work, look_at):
    seen = open_page()
    seen.page.leave_view()
    seen.bench.trouble = TroubleCode.SOUND_SYSTEM_FROZEN
    seen.page.enter_view()
    says(seen, sentence(Trouble(TroubleCode.SOUND_SYSTEM_FROZEN)))
    assert seen.reads("recording-available") == "Recording not available today"

    seen.bench.trouble = None
    seen.press("try-out")
    says(seen, "")
    assert seen.reads("recording-available") == "Recording available today"


@pytest.mark.parametrize("code", [TroubleCode.MICROPHONE_BUSY, TroubleCode.MICROPHONE_GONE])
def test_a_microphone_that_cannot_be_opened_is_reported_and_retried_on_request(seen, code):
    seen.bench.last.ends(code)
    says(seen, sentence(Trouble(code)))
    assert "…" not in seen.reads("microphone-problem")
    assert seen.page.microphone.level.share == 0

    seen.press("try-out")
    seen.bench.last.ends()
    says(seen, "Sounds fine? Nothing was kept.")


def test_a_muted_microphone_is_reported_and_the_report_is_cleared_once_it_is_heard(seen):
    seen.bench.last.hears(-120.0, muted=True)
    says(seen, sentence(Trouble(TroubleCode.MICROPHONE_MUTED)))
    assert "Nothing is being recorded yet." in seen.reads("microphone-problem")
    seen.bench.last.hears(-30.0)
    says(seen, "")
