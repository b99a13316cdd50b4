"""Finding the source of our stream on a sound server."""

from __future__ import annotations

from balint_desktop.capture.source_moved import SourceMoveWatcher, server_address, source_number

LISTING = """\
Source Output #3
\tDriver: protocol-native.c
\tClient: 7
\tSource: 1
\tProperties:
\t\tapplication.process.id = "4711"
Source Output #4
\tDriver: protocol-native.c
\tSource: 2
\tProperties:
\t\tapplication.process.id = "47"
"""


def test_a_process_is_distinguished_from_the_others():
    assert source_number(LISTING, 4711) == 1
    assert source_number(LISTING, 47) == 2
    assert source_number(LISTING, 4) is None
    assert source_number("", 47) is None


def test_without_a_sound_server_none_is_queried_or_started(monkeypatch, tmp_path):
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert server_address() is None
    watch = SourceMoveWatcher()
    watch.start()
    assert watch._helper is None

    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    assert server_address() == f"unix:{tmp_path}/pulse/native"


def test_without_the_tool_nothing_is_known_or_reported(monkeypatch):
    monkeypatch.setenv("PATH", "/nothing")
    watch = SourceMoveWatcher()
    watch.start()
    watch.stop()
    assert not watch.moved
