"""Print to a terminal or a pipe with hidden signs escaped: names and paths may hold an escape sequence."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast

from balint_desktop.domain.hidden_signs import escape_hidden


class EscapingOutput:
    """A text stream that writes hidden signs out; everything else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text with hidden signs escaped."""
        return self._stream.write(escape_hidden(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextlib.contextmanager
def escaped_output() -> Iterator[None]:
    """Escape what is printed in the block, on both standard streams."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = cast("TextIO", EscapingOutput(out)), cast("TextIO", EscapingOutput(err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
