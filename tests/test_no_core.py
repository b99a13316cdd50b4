from __future__ import annotations

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest
from other_systems import RecordedCalls, load_as

from balint_desktop import __main__ as program

SAYS = """
import resource
from balint_desktop.__main__ import main
before = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
main(["formats", "list"])
print("at most", resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="not run: Windows keeps no core files")
def test_no_process_of_the_program_may_dump_core(tmp_path):
    """Less than a page dumps nothing; and one byte, not zero, excludes a crash reporter too (core(5))."""
    done = subprocess.run([sys.executable, "-c", SAYS], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert int(done.stdout.rsplit("at most", 1)[1]) in {0, 1}


def test_windows_puts_no_memory_of_the_program_into_an_error_report(monkeypatch):
    kernel = RecordedCalls(SetErrorMode=0, WerSetFlags=0)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)

    load_as("win32", program).leave_no_core()

    assert kernel.calls == [("SetErrorMode", (3,)), ("WerSetFlags", (1,))]
