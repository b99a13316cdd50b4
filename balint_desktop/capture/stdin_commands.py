"""Read a recorder's commands: lines on standard input, whose end means stop, and the signals that mean stop."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading

from balint_desktop.capture.recorder_protocol import Command, Verb, parse_command

_CHUNK = 4096


class CommandReader:
    """Collects commands. The end of input, SIGTERM and SIGHUP count as STOP; SIGINT is left to the parent."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()

    def start(self) -> None:
        """Start reading on a thread. Call on the main thread, since this sets signal handlers."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._on_signal)
        if sys.platform != "win32":
            signal.signal(signal.SIGHUP, self._on_signal)
        threading.Thread(target=self._run, name="reads commands", daemon=True).start()

    def read(self) -> list[Command]:
        """Return the commands received since the last call. Never blocks."""
        commands = []
        while not self._commands.empty():
            commands.append(self._commands.get_nowait())
        return commands

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._commands.put(Command(Verb.STOP))

    def _run(self) -> None:
        # os.read and not sys.stdin: a buffered reader on a daemon thread aborts the interpreter at exit.
        rest = b""
        while True:
            try:
                data = os.read(self._descriptor, _CHUNK)
            except OSError:
                data = b""
            if not data:
                self._commands.put(Command(Verb.STOP))
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                command = parse_command(line.decode("utf-8", "replace"))
                if command is not None:
                    self._commands.put(command)
