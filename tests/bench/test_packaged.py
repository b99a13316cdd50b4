"""The packaged program is watched from outside, as the source is."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import packaged
import run
from processes import DidNotRun

ONE_WINDOW = Path(__file__).with_name("one_window.py")
UNSEEN = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 720)
window.winId()
print("created", flush=True)
app.exec()
"""


@pytest.fixture
def witness(monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    with run.own_screen() as witness:
        yield witness


def test_the_first_drawing_into_a_window_is_noticed_from_outside(witness):
    began_s = time.monotonic()
    with subprocess.Popen([sys.executable, ONE_WINDOW, "bare"], stdout=subprocess.PIPE, env=os.environ) as window:
        painted_s = witness.wait_for_paint(30.0)
        own_s = float(window.stdout.read().split()[0])

    assert began_s < painted_s <= own_s + 1.0


def test_a_window_that_is_created_and_never_shown_is_not_painted(witness):
    with subprocess.Popen([sys.executable, "-c", UNSEEN], stdout=subprocess.PIPE, env=os.environ) as window:
        try:
            assert window.stdout.readline() == b"created\n"
            with pytest.raises(DidNotRun, match="never painted"):
                witness.wait_for_paint(0.3)
        finally:
            window.kill()


def test_without_a_package_nothing_fails_and_the_bench_says_how_to_get_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(packaged, "DEB", tmp_path / "no.deb")

    assert run.packages(run.QUICK, None, None) == []
    assert "make deb" in capsys.readouterr().out


def test_links_are_not_counted_twice(tmp_path):
    (tmp_path / "lib").write_bytes(b"x" * 3_000_000)
    (tmp_path / "link").symlink_to("lib")
    deb = tmp_path.parent / "one.deb"
    deb.write_bytes(b"x" * 2_000_000)

    sizes = packaged.measure_sizes(tmp_path, deb)

    assert (sizes.installed_mb, sizes.deb_mb) == (3.0, 2.0)
    assert sizes.source_mb > sizes.installed_mb


def test_a_screen_of_its_own_leaves_the_environment_as_it_was(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":12345")
    with run.own_screen():
        assert os.environ["DISPLAY"] != ":12345"

    assert os.environ["DISPLAY"] == ":12345"
