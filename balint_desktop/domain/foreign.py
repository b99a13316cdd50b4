"""Errors of parsing text or bytes that someone else wrote: every parser raises its own error and no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# What a parser raises over a number of 400 digits, a text nested a thousand deep, a missing key, a wrong type, or more
# than the memory holds. Subclasses of them are UnicodeError, JSONDecodeError, TOMLDecodeError, KeyError, OverflowError.
FOREIGN_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
    EOFError,
)


@contextmanager
def foreign_errors(own: Exception) -> Iterator[None]:
    """Raise this error of ours for whatever a parser raises over foreign text in the block."""
    try:
        yield
    except FOREIGN_ERRORS as error:
        raise own from error
