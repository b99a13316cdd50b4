"""The child `balint-desktop self-test-recorder`: the recorder, with a file in place of the microphone."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from balint_desktop.capture.child import run_child
from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.recorder import Recorder, RecorderOptions
from balint_desktop.capture.source import BLOCK_FRAMES, FRAME_BYTES, Block, MicrophoneStream
from balint_desktop.capture.stdin_commands import CommandReader
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.domain.clock import Clock, SystemClock
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.rehearsal.self_test.sound import read_wave
from balint_desktop.sealed.part import PartWriter

_BLOCK_S = BLOCK_FRAMES / RATE_HZ


class FileStream(MicrophoneStream):
    """A source that delivers a file's samples block by block, as fast as a microphone would, and hisses after them."""

    def __init__(self, samples: bytes, clock: Clock) -> None:
        super().__init__("file", clock)
        self._time = clock
        self._left = samples
        self._due_s = 0.0

    def open(self) -> None:
        """Begin now."""
        self.device_name = "file"
        self._due_s = self._time.now().boot + _BLOCK_S

    def reopen(self) -> None:
        """Do nothing: a file is not lost."""

    def read_blocks(self, wait_s: float) -> list[Block]:
        """Return the block that is due, waiting up to `wait_s` for it."""
        early_s = self._due_s - self._time.now().boot
        if early_s > wait_s:
            time.sleep(wait_s)
            return []
        time.sleep(max(0.0, early_s))
        size = BLOCK_FRAMES * FRAME_BYTES
        sound, self._left = self._left[:size], self._left[size:]
        block = Block(sound.ljust(size, b"\x01"), self._due_s)
        self._due_s += _BLOCK_S
        return [block]

    @property
    def is_active(self) -> bool:
        """Return that it runs."""
        return True

    @property
    def since_block_s(self) -> float:
        """Return that a block came just now."""
        return 0.0

    @property
    def moved(self) -> bool:
        """Return that it is the same file."""
        return False

    def close(self) -> None:
        """Do nothing."""


def main(arguments: list[str]) -> int:
    """Record the file until STOP. Return 0 after an orderly end, 1 if a Trouble ended it."""
    parser = argparse.ArgumentParser(prog="balint-desktop self-test-recorder")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--recipient", required=True)
    parser.add_argument("file", type=Path)
    args = parser.parse_args(arguments)
    options = RecorderOptions(args.to, (args.recipient,), None, 0.0, DEFAULT_BIT_RATE, None)
    commands = CommandReader()
    commands.start()
    return run_child(lambda out: _record(options, args.file, out, commands))


def _record(options: RecorderOptions, file: Path, out: LineWriter, commands: CommandReader) -> int:
    clock = SystemClock()
    source = FileStream(read_wave(file), clock)
    writer = PartWriter(options.folder, options.recipients)
    source.open()
    ended = Recorder(options, source, writer, out=out, commands=commands, clock=clock).run()
    return 0 if ended is None else 1
