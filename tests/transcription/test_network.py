"""The engine's process opens no connection and writes no file, from loading the model to the last piece."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from spoken import spoken
from transcription.heard import THREADS, engine_command, hear, own_code_first, text_of
from transcription_material import model_folder

from balint_desktop.transcription.engine_handle import EngineHandle

_CALLS = "socket,connect,bind,sendto,sendmsg,openat,open,creat,rename,renameat2,memfd_create,unshare"
_CONNECTS = re.compile(r"\b(connect|bind|sendto|sendmsg)\(|socket\(AF_INET")
_WRITES = re.compile(r"open(?:at)?\([^)]*\bO_(?:WRONLY|RDWR)\b[^)]*\) = [0-9]")


def may_trace():
    done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.skipif(shutil.which("strace") is None or not may_trace(), reason="system calls cannot be watched here")
def test_a_whole_transcription_connects_to_nothing_and_opens_no_file_to_write(tmp_path):
    own_code_first()
    calls = tmp_path / "calls"
    engine = EngineHandle(["strace", "-f", "-y", "-e", f"trace={_CALLS}", "-o", str(calls), *engine_command()])
    try:
        engine.start(model_folder(), "en", THREADS)
        sound = spoken("I did not know what to do with my hands.")
        store, _ = hear(engine, sound)
        # As when a place is heard again.
        engine.set_prompt("whānau, kuia.")
        words, _ = engine.hear(sound.tobytes(), 0, 5_000)
    finally:
        engine.close()
    lines = calls.read_text(errors="replace").splitlines()

    assert "hands" in text_of(store)
    assert words
    assert any(str(model_folder()) in line for line in lines)
    assert [line for line in lines if _CONNECTS.search(line)] == []
    assert [line for line in lines if _WRITES.search(line) and "/dev/null" not in line and "pipe:" not in line] == []
