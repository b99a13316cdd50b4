"""What a child is told: lines on standard input, whose end means stop; and the signals that mean it too."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum

_CHUNK = 4096


class Verb(StrEnum):
    """What a recorder can be told."""

    PAUSE = "pause"
    RESUME = "resume"
    MARK = "mark"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Command:
    """One command; only a mark has a text."""

    verb: Verb
    text: str = ""


def parse(line: str) -> Command | None:
    """Return the command on a line, None where it is none: a slip must not stop a recording."""
    word, _, text = line.strip().partition(" ")
    return Command(Verb(word), text.strip()) if word in set(Verb) else None


class CommandsIn:
    """Collects commands. The end of input, SIGTERM and SIGHUP are a stop; SIGINT is for the parent alone."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()

    def start(self) -> None:
        """Begin to listen. Called on the main thread, where signals are set."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._on_signal)
        if sys.platform != "win32":
            signal.signal(signal.SIGHUP, self._on_signal)
        threading.Thread(target=self._listen, name="listening", daemon=True).start()

    def take(self) -> list[Command]:
        """Return the commands that have come."""
        taken = []
        while not self._commands.empty():
            taken.append(self._commands.get_nowait())
        return taken

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._commands.put(Command(Verb.STOP))

    def _listen(self) -> None:
        # os.read and not sys.stdin: a buffered reader on a daemon thread aborts the interpreter as it ends.
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
                command = parse(line.decode("utf-8", "replace"))
                if command is not None:
                    self._commands.put(command)
