"""Redaction in a real recorder that is stopped or killed: a reader applies it, and the rest of the sound remains."""

import os
import signal

import pytest
from sounds import RATE_HZ, tone
from virtual_microphone import loudness_db, playing, samples
from waiting import GENEROUS_S

from balint_desktop.domain.part_marks import RedactionMark
from balint_desktop.domain.recorder import RecorderState
from balint_desktop.domain.session.recording_view import RecordingView
from balint_desktop.recordings.redact_part import redact_part
from balint_desktop.sealed import names
from balint_desktop.sealed.reading import PartState, read_part

pytestmark = pytest.mark.audio


def kill(recording):
    os.kill(recording.handle.pid, signal.SIGKILL)
    recording.handle.wait(GENEROUS_S)


@pytest.mark.parametrize(
    ("end", "state"),
    [(lambda recording: recording.stop(), PartState.COMPLETE), (kill, PartState.INTERRUPTED)],
    ids=["stopped", "killed"],
)
def test_redacted_and_paused_sound_is_removed_however_the_recorder_ended(microphone, recording, end, state):
    with playing(microphone, tone(1.0).tobytes()):
        recording.start()
        recording.until_loud()
        recording.until_seconds(recording.loud_s + 3.5)
        recording.handle.mark(RedactionMark(2))
        recording.handle.pause()
        recording.until(lambda: recording.status.state is RecorderState.PAUSED)
        recording.until_seconds(recording.status.seconds + 1.0)
        recording.handle.resume()
        recording.until(lambda: recording.status.state is RecorderState.RECORDING and recording.status.level_db > -30)
        # Sealed data survives a kill too.
        recording.until(lambda loud_s=recording.status.seconds: recording.status.sealed_s > loud_s + 1.5)
        end(recording)
    folder = recording.folder
    if folder.name != "01":
        folder = folder.rename(folder.with_name("01"))
    before = read_part(folder, [recording.key.secret])
    assert before.state is state
    struck_s = next(placed.at_s for placed in before.facts.marks if placed.mark == RedactionMark(2))

    done = redact_part(folder, recording.key, RecordingView(), lambda _sha256: None)

    after = read_part(folder, [recording.key.secret])
    assert after.state is PartState.COMPLETE
    assert sorted(path.name for path in folder.iterdir() if path.name != names.LOCK) == [names.AUDIO, names.FACTS]
    old, new = samples(before.ogg), samples(after.ogg)
    assert len(old) == len(new)
    assert loudness_db(old[round((struck_s - 1.9) * RATE_HZ) : round(struck_s * RATE_HZ)]) > -25
    # A sound card's samples, all zeros.
    assert abs(new[round((struck_s - 2.4) * RATE_HZ) : round((struck_s + 0.5) * RATE_HZ)]).max() < 1e-6
    assert loudness_db(new[round((struck_s - 3.0) * RATE_HZ) : round((struck_s - 2.6) * RATE_HZ)]) > -25
    assert loudness_db(new[round((done.seconds - 1.0) * RATE_HZ) :]) > -25
