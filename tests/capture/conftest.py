"""Fixtures for the recorder's tests: a private sound server, speech, and a recorder."""

import pytest
from small_disk import small_disk
from virtual_microphone import microphone, recording, spoken

from balint_desktop.rehearsal.virtual_microphone import CALL_MONITOR

__all__ = ["microphone", "online", "recording", "small_disk", "spoken"]


@pytest.fixture
def online(microphone, recording):
    """Return a recorder's handle that records the microphone and a call beside it once it is started."""
    microphone.add_call()
    recording.monitor = CALL_MONITOR
    return recording
