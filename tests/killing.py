"""Dying at any moment: a disk that fails the app at its nth operation, and real children that are killed.

`deaths_of` tries every single operation; `random_deaths` kills a process with SIGKILL at random moments. Both hand
the world that is left to a check, which opens it as a restart would.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

_OPERATIONS = ("open", "write", "fsync", "replace", "rename", "unlink", "remove", "rmdir", "mkdir", "chmod")
_CHILD = Path(__file__).with_name("killed_child.py")


class Died(BaseException):
    """The process died here. The app's handlers do not catch it."""


class _Life:
    """Counts disk operations, and ends before the one with that number; nothing runs afterwards."""

    def __init__(self, dies_at: int | None) -> None:
        self.operations = 0
        self._dies_at = dies_at

    def lived(self) -> None:
        self.operations += 1
        if self._dies_at is not None and self.operations >= self._dies_at:
            raise Died


@contextlib.contextmanager
def life(dies_at: int | None = None) -> Iterator[_Life]:
    """Count the block's disk operations, and die before that one."""
    living = _Life(dies_at)

    def counted(call):
        def operation(*args, **named):
            living.lived()
            return call(*args, **named)

        return operation

    with contextlib.ExitStack() as stack:
        for name in _OPERATIONS:
            stack.enter_context(mock.patch.object(os, name, counted(getattr(os, name))))
        yield living


def deaths_of(make: Callable[[int], object], act: Callable[[object], None], check: Callable[[object], None]) -> int:
    """Kill an act before each of its disk operations, each time in a fresh world; return how many there are.

    `make` takes a number, to call its world by.
    """
    for dies_at in range(1, 10_000):
        world = make(dies_at)
        with life(dies_at) as living:
            try:
                act(world)
                survived = living.operations < dies_at
            except Died:
                survived = False
        check(world)
        if survived:
            return dies_at - 1
    raise AssertionError("the act never comes to its end")


@dataclass(frozen=True)
class Deaths:
    """The fate of a child killed repeatedly: the number of runs, and how many reached the end."""

    times: int
    killed: int
    finished: int


def random_deaths(
    make: Callable[[int], tuple[str, bytes]], check: Callable[[int], None], times: int, seed: int = 1
) -> Deaths:
    """Kill a child that works on a vault, at random moments of its work; check each world it leaves.

    `make` returns what the child is told as its argument and on its standard input (killed_child.py knows the words).
    The span of moments follows how long the work takes where it is let alone, which changes with the machine: a child
    that came to its end shortens it, and one more is tried where none was killed.
    """
    chance = random.Random(seed)
    killed = number = 0
    longest_s = 1.0
    while number < times or not killed:
        act, task = make(number)
        after_s = chance.uniform(0, longest_s) if number else None
        was_killed, took_s = _run(act, task, after_s)
        killed += was_killed
        if not was_killed:
            longest_s = took_s
        check(number)
        number += 1
    return Deaths(number, killed, number - killed)


def _run(act: str, task: bytes, after_s: float | None) -> tuple[bool, float]:
    """Run the child, kill it that long after it began to work; return whether it was killed, and how long it took."""
    with subprocess.Popen([sys.executable, str(_CHILD), act], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdin.write(task)
        child.stdin.close()
        if child.stdout.readline() != b"working\n":
            raise AssertionError("the child did not begin")
        try:
            child.wait(timeout=after_s)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return True, after_s
        took = child.stdout.readline()
        if child.returncode:
            raise AssertionError(f"the child failed: {took!r}")
        return False, float(took)
