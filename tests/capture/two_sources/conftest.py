"""An output beside the virtual microphone's, on which a call is heard."""

import pytest
from faulty_microphone import CALL_MONITOR


@pytest.fixture
def online(microphone, recording):
    """Return a recorder's handle that records the microphone and the call once it is started."""
    microphone.add_call()
    recording.monitor = CALL_MONITOR
    return recording
