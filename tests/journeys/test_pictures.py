"""The README's pictures can be made, each at its size, with a recording that is running."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from waiting import GENEROUS_S

pytestmark = [pytest.mark.journey, pytest.mark.audio]
SCRIPT = Path(__file__).with_name("pictures.py")
NAMES = {"log", "get-ready", "room-light", "room-dark"}
SIZE = (1280, 720)


def test_each_picture_of_the_readme_can_be_made(tmp_path):
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)], capture_output=True, text=True, check=False, timeout=GENEROUS_S
    )

    assert (done.returncode, done.stderr) == (0, "")
    sizes = {one.stem: QImage(str(one)).size().toTuple() for one in tmp_path.iterdir()}
    assert sizes == dict.fromkeys(NAMES, SIZE)
