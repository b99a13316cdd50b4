"""The trouble that the recording controller shows for a failing recorder."""

from __future__ import annotations

import pytest
from session_fakes import FakeRecordingStore, RecorderBench

from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.session.recording_controller import RecordingCallbacks, RecordingController


@pytest.fixture
def recorders():
    return RecorderBench()


@pytest.fixture
def controller(recorders):
    """A controller whose second part began at 10:00 of the session and has 30 seconds sealed."""
    made = RecordingController(FakeRecordingStore(), recorders, lambda call: call())
    made.set_callbacks(RecordingCallbacks(*[lambda *_: None] * 7, write=lambda write: write()))
    made.start(60.0, None)
    recorders.last.hears(1.0)
    recorders.last.ends(1.0, trouble=TroubleCode.RECORDER_DIED)
    made.start(600.0, None)
    recorders.last.hears(31.0, 30.0)
    return made


def test_sealed_sound_is_reported_on_the_sessions_clock_while_the_microphone_is_away(controller, recorders):
    recorders.last.reports(RecorderEventKind.DEVICE_LOST, 30.0, TroubleCode.MICROPHONE_GONE)

    assert controller.trouble.details == {"until_s": 630.0}


def test_sealed_sound_is_reported_on_the_sessions_clock_after_the_recorder_ended(controller, recorders):
    recorders.last.ends(30.0)

    assert controller.trouble.code is TroubleCode.RECORDER_DIED
    assert controller.trouble.details == {"until_s": 630.0}
