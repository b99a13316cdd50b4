"""Run a child process: report failures as a line, and exit even if a call into the sound system hangs."""

from __future__ import annotations

import os
from collections.abc import Callable

from balint_desktop.capture.recorder_protocol import failed_message
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.capture.timeouts import has_hanging_call
from balint_desktop.domain.trouble import Trouble, TroubleCode


def run_child(work: Callable[[LineWriter], int]) -> int:
    """Run the child's work and return its exit code: 1 after a Trouble, which is written as a line."""
    out = LineWriter()
    try:
        code = work(out)
    except Trouble as trouble:
        out.write(failed_message(trouble.code, **trouble.details))
        code = 1
    except Exception:  # noqa: BLE001  the top of the process: an unforeseen error is reported like any other
        out.write(failed_message(TroubleCode.CHILD_FAILED))
        code = 1
    out.close()
    if has_hanging_call():
        # PortAudio may still call back, so the interpreter must not be finalised.
        os._exit(code)
    return code
