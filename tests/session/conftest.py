"""What the tests of a recording controller share: one over fakes, idle, in its first part, or in its second."""

from __future__ import annotations

import pytest
from session_fakes import FakeRecordingStore, HeardCallbacks, RecorderBench

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.session.recording_controller import RecordingController


@pytest.fixture
def recorders():
    return RecorderBench()


@pytest.fixture
def store():
    return FakeRecordingStore()


@pytest.fixture
def heard():
    return HeardCallbacks()


@pytest.fixture
def idle(recorders, store, heard):
    made = RecordingController(store, recorders, lambda call: call())
    made.set_callbacks(heard.callbacks)
    return made


@pytest.fixture
def running(idle, recorders, heard):
    """A controller whose first part runs for a second."""
    idle.start(60.0, "USB")
    recorders.last.hears(1.0)
    heard.clear()
    return idle


@pytest.fixture
def second(running, recorders, heard):
    """A controller whose second part began at 10:00 of the session and has 30 seconds sealed."""
    recorders.last.ends(1.0, trouble=TroubleCode.RECORDER_DIED)
    running.start(600.0, None)
    recorders.last.hears(31.0, 30.0)
    heard.clear()
    return running
