"""The real engine, started once for the tests of a module."""

from __future__ import annotations

import pytest
from transcription.heard import THREADS, engine_command, own_code_first
from transcription_material import model_folder

from balint_desktop.transcription.engine_handle import EngineHandle


@pytest.fixture(scope="module")
def engine():
    own_code_first()
    handle = EngineHandle(engine_command())
    handle.start(model_folder(), "en", THREADS)
    yield handle
    handle.close()
