"""Control, bidirectional and invisible signs: strip them from what is typed, and escape them where text is printed.

A name with U+202E reads backwards in a list, one with an escape sequence clears a terminal, and two names that differ
in a zero-width space look alike. The joiners U+200C and U+200D stay: Persian and Indic scripts are spelt with them.
"""

from __future__ import annotations

import re

# Line breaks and tabs are not hidden: a note has lines.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def strip_hidden(text: str) -> str:
    """Return text without hidden signs; whatever ends a line somewhere becomes a line break."""
    return _HIDDEN.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return text as one line without hidden signs and extra spaces, as a field of one line stores it."""
    return " ".join(strip_hidden(text).split())


def escape_hidden(text: str) -> str:
    """Return text with each hidden sign written out by its number: what is printed is what is there."""
    return _HIDDEN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    number = ord(found.group())
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
