import io
import subprocess
import sys

import pytest
import soundfile
from sounds import RATE_HZ, opus


def decode(ogg, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "balint_desktop", "decode", *arguments], input=ogg, capture_output=True, check=False
    )


def made(rate, channels):
    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", rate, channels, format="OGG", subtype="OPUS") as sound:
        sound.buffer_write(bytes(rate * channels * 2), dtype="int16")
    return out.getvalue()


def test_decoding_begins_at_the_requested_second():
    assert len(decode(opus(2.0)).stdout) == 2 * RATE_HZ * 2
    assert len(decode(opus(2.0), "--from", "1.5").stdout) == RATE_HZ


def test_decoding_past_the_end_returns_nothing():
    done = decode(opus(1.0), "--from", "99")

    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize(
    "ogg",
    [b"", b"no sound", opus(1.0)[:60], made(48_000, 2), made(24_000, 1)],
    ids=["nothing", "no sound", "cut short", "stereo", "another rate"],
)
def test_foreign_data_is_refused_without_a_word_on_its_content(ogg):
    done = decode(ogg)

    assert (done.returncode, done.stdout) == (1, b"")


def test_a_closed_listener_is_no_error():
    command = f"{sys.executable} -m balint_desktop decode | head -c 100 >/dev/null"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], input=opus(6.0), capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
