"""Program entry point: open the window, run a command or run a child process, by the first argument."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from balint_desktop.cli.commands import is_command

# The window's child processes. None of them imports Qt; each module has a `main(arguments) -> int`.
_CHILDREN = {
    "recorder": "balint_desktop.capture.recorder_main",
    "computer-sound": "balint_desktop.capture.computer_sound_main",
    "devices": "balint_desktop.capture.devices_main",
    "try": "balint_desktop.capture.try_main",
    "awake": "balint_desktop.capture.awake_main",
    "play": "balint_desktop.capture.play_main",
    "reel": "balint_desktop.capture.reel_main",
    "decode": "balint_desktop.capture.decode_main",
    "convert": "balint_desktop.capture.convert_main",
    "encode": "balint_desktop.capture.encode_main",
    "unlock": "balint_desktop.vault.unlock_main",
    "strength": "balint_desktop.vault.strength_main",
    "rehearsal": "balint_desktop.rehearsal.child",
    "self-test-recorder": "balint_desktop.rehearsal.self_test.recorder_main",
    "self-test-window": "balint_desktop.rehearsal.self_test.window_main",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return the exit code: 0 done, 1 failed, 2 wrong usage."""
    leave_no_core()
    have_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in _CHILDREN:
        return _main_of(_CHILDREN[words[0]], words[1:])
    if is_command(words):
        return _main_of("balint_desktop.cli.main", words)
    return _main_of("balint_desktop.app.desktop", words)


def leave_no_core() -> None:
    """Disable core dumps: memory holds keys, names and sound unencrypted.

    The limit is one byte, not zero: on Linux that also keeps memory from a crash reporter's pipe.
    """
    if sys.platform == "win32":
        _keep_memory_from_error_reports()
        return
    import resource  # noqa: PLC0415  there is none on Windows

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))


if sys.platform == "win32":

    def _keep_memory_from_error_reports() -> None:
        """Let Windows neither ask about a crash nor put the heap into its report (errhandlingapi.h, werapi.h)."""
        import ctypes  # noqa: PLC0415  this branch alone

        no_dialogs, no_heap = 0x0001 | 0x0002, 0x0001
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.kernel32.SetErrorMode(no_dialogs)
            ctypes.windll.kernel32.WerSetFlags(no_heap)


def have_streams() -> None:
    """Give a windowed program of Windows, which has no standard streams, ones that lead nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _main_of(module: str, arguments: list[str]) -> int:
    code: int = import_module(module).main(arguments)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
