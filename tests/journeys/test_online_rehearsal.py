"""An online session led in the real window: one voice in the room, one on the call, both in the sealed recording."""

from __future__ import annotations

import os
import subprocess

import pytest
from waiting import GENEROUS_S

from balint_desktop.command import own_command

pytestmark = [pytest.mark.journey, pytest.mark.audio]


def test_both_voices_of_a_rehearsed_call_are_found_in_the_recording(tmp_path):
    plain = {name: value for name, value in os.environ.items() if name not in {"QT_QPA_PLATFORM", "DISPLAY"}}

    done = subprocess.run(
        own_command("rehearse", "--online", "--to", str(tmp_path / "it")),
        capture_output=True,
        text=True,
        env=plain,
        check=False,
        timeout=5 * GENEROUS_S,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    lines = [line.split(":")[0] for line in done.stdout.splitlines()]
    assert "ok  what was played is in it" in lines
    assert "ok  what the call played is in it" in lines
