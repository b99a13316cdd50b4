"""The steps of a package's trial: each line says how one went."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator


class FailedError(Exception):
    """A step did not do what it must."""


@contextlib.contextmanager
def step(words: str) -> Iterator[None]:
    """Say how a step went."""
    began_s = time.monotonic()
    try:
        yield
    except Exception as error:
        print(f"FAILED  {words}: {error}", flush=True)
        raise
    print(f"ok      {words} ({time.monotonic() - began_s:.0f} s)", flush=True)


def expect(claim: object, words: str) -> None:
    """Raise FailedError unless a claim holds."""
    if not claim:
        raise FailedError(words)
