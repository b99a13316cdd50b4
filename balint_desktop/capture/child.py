"""How a child runs: its troubles are told as a line, and it ends even where the sound system does not let it."""

from __future__ import annotations

import os
from collections.abc import Callable

from balint_desktop.capture.recorder_protocol import failed_message
from balint_desktop.capture.stdout_lines import LinesOut
from balint_desktop.capture.timeouts import someone_hangs
from balint_desktop.domain.trouble import Trouble, TroubleCode


def run_child(work: Callable[[LinesOut], int]) -> int:
    """Do the child's work with a way to say lines, and return its exit code: 1 after a trouble, which is said."""
    out = LinesOut()
    try:
        code = work(out)
    except Trouble as trouble:
        out.say(failed_message(trouble.code, **trouble.details))
        code = 1
    except Exception:  # noqa: BLE001  the top of the process: an end that nobody foresaw is told like any other
        out.say(failed_message(TroubleCode.CHILD_FAILED))
        code = 1
    out.close()
    if someone_hangs():
        # PortAudio may still call back, and the interpreter must not be taken down around it.
        os._exit(code)
    return code
