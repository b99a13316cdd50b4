"""What a coder made, and their memos, as plain JSON values; its fingerprint is the SHA-256 of canonical JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Memo
from balint_desktop.domain.hidden_signs import strip_hidden
from balint_desktop.domain.values import RecordingId

_CODE = ("guid", "name", "colour", "definition", "when", "when_not", "example", "parent", "is_retired")
_CODING = ("guid", "text", "begin", "end", "code", "wall", "memo")
_COLOUR = re.compile("(#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6})?")
# What SQLite holds of a whole number, and what a calendar holds of a moment.
_LARGEST = 2**53
_LAST_MOMENT = 253_402_300_800.0
# Deeper than anybody nests, and no deeper than a recursion goes.
_DEEPEST = 100
_MEMO = ("id", "author", "wall", "words", "text", "begin", "end", "theme", "supersedes")


def book_to_plain(book: Codebook) -> list[dict[str, Any]]:
    """Return codes as plain values, in their order."""
    return [{name: getattr(code, name) for name in _CODE} for code in book.codes]


def book_from_plain(plain: Iterable[Mapping[str, Any]]) -> Codebook:
    """Return codes from plain values. Raise ValueError, KeyError or TypeError for anything else."""
    codes = []
    for one in plain:
        texts = {name: text_from_plain(one[name]) for name in _CODE[:7]}
        parent = None if one["parent"] is None else text_from_plain(one["parent"])
        if not _COLOUR.fullmatch(texts["colour"]):
            raise ValueError("not a colour")
        codes.append(Code(**texts, parent=parent, is_retired=bool(one["is_retired"])))
    if len({code.guid for code in codes}) != len(codes):
        raise ValueError("two codes have one id")
    _require_nested({code.guid: code.parent for code in codes})
    return Codebook(tuple(codes))


def _require_nested(parents: Mapping[str, str | None]) -> None:
    """Check that each code is under one of the book, and none under itself. Raise ValueError, KeyError."""
    depths: dict[str, int] = {}
    for guid in parents:
        path: list[str] = []
        at: str | None = guid
        while at is not None and at not in depths:
            path.append(at)
            if len(path) > _DEEPEST:
                raise ValueError("a code under itself")
            at = parents[at]
        above = 0 if at is None else depths[at]
        if above + len(path) > _DEEPEST:
            raise ValueError("codes nested too deep")
        depths |= {one: above + number for number, one in enumerate(reversed(path), start=1)}


def work_to_plain(work: CoderWork) -> dict[str, Any]:
    """Return codes and codings as plain values, in their order."""
    codings = [{name: getattr(one, name) for name in _CODING} for one in work.codings.all]
    return {"codes": book_to_plain(work.book), "codings": codings}


def work_from_plain(plain: Mapping[str, Any]) -> CoderWork:
    """Return codes and codings. Raise ValueError, KeyError or TypeError for anything else, or what cannot be.

    A coding has a code of the same book, and covers something.
    """
    book = book_from_plain(plain["codes"])
    known, codings = {code.guid for code in book.codes}, []
    for one in plain["codings"]:
        begin, end = whole_from_plain(one["begin"]), whole_from_plain(one["end"])
        if not 0 <= begin < end or one["code"] not in known:
            raise ValueError("a coding covers something, with a code of its book")
        codings.append(
            Coding(
                *(text_from_plain(one["guid"]), text_from_plain(one["text"]), begin, end),
                *(text_from_plain(one["code"]), wall_from_plain(one["wall"]), text_from_plain(one["memo"])),
            )
        )
    if len({one.guid for one in codings}) != len(codings):
        raise ValueError("two codings have one id")
    return CoderWork(book, Codings(tuple(codings)))


def without_hidden_signs(work: CoderWork) -> CoderWork:
    """Return work as a database stores it: without signs that nobody sees, in no name and no memo."""
    codes = (
        replace(
            code,
            name=strip_hidden(code.name),
            definition=strip_hidden(code.definition),
            when=strip_hidden(code.when),
            when_not=strip_hidden(code.when_not),
            example=strip_hidden(code.example),
        )
        for code in work.book.codes
    )
    codings = (replace(one, memo=strip_hidden(one.memo)) for one in work.codings.all)
    return CoderWork(Codebook(tuple(codes)), Codings(tuple(codings)))


def memos_to_plain(memos: Iterable[Memo]) -> list[dict[str, Any]]:
    """Return memos as plain values."""
    return [{name: getattr(memo, name) for name in _MEMO} for memo in memos]


def memos_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Memo, ...]:
    """Return memos. Raise ValueError, KeyError or TypeError for anything else, or what cannot be.

    Each has an id of its own, and supersedes none that supersedes it.
    """
    found = []
    for one in plain:
        text = None if one["text"] is None else RecordingId(text_from_plain(one["text"]))
        begin, end = (None if one[name] is None else whole_from_plain(one[name]) for name in ("begin", "end"))
        if (begin is None) != (end is None) or (begin is not None and end is not None and not 0 <= begin <= end):
            raise ValueError("a passage has a begin and an end")
        theme, supersedes = (
            None if one[name] is None else text_from_plain(one[name]) for name in ("theme", "supersedes")
        )
        memo_id, author, words = (text_from_plain(one[name]) for name in ("id", "author", "words"))
        found.append(Memo(memo_id, author, wall_from_plain(one["wall"]), words, text, begin, end, theme, supersedes))
    before = {memo.id: memo.supersedes for memo in found}
    if len(before) != len(found):
        raise ValueError("two memos have one id")
    # From each to the one before it, until those left over are a ring.
    left = set(before)
    for memo_id in before:
        path: list[str] = []
        at: str | None = memo_id
        while at in left:
            left.remove(at)
            path.append(at)
            at = before[at]
        if at in path:
            raise ValueError("memos that supersede one another")
    return tuple(found)


def work_sha256(work: CoderWork, texts: Mapping[RecordingId, str]) -> str:
    """Return the fingerprint of what was coded, on texts of these fingerprints: the order of acts does not change it.

    Canonical JSON: keys sorted, codes and codings by their ids, no spaces, UTF-8.
    """
    plain = work_to_plain(work)
    message = {
        "codes": sorted(plain["codes"], key=lambda one: str(one["guid"])),
        "codings": sorted(plain["codings"], key=lambda one: str(one["guid"])),
        "texts": dict(texts),
    }
    data = json.dumps(message, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def framework_sha256(book: Codebook) -> str:
    """Return the fingerprint of a framework, by its codes in their order."""
    data = json.dumps(book_to_plain(book), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def text_from_plain(value: object) -> str:
    """Return a text that can be stored and fingerprinted. Raise TypeError, ValueError."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    # Half of a pair has no bytes in UTF-8.
    value.encode()
    if "\0" in value:
        raise ValueError("a text that a database would cut short")
    return value


def whole_from_plain(value: object) -> int:
    """Return a whole number that a database holds. Raise TypeError, ValueError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    if abs(value) > _LARGEST:
        raise ValueError("a number beyond all that is counted")
    return value


def wall_from_plain(value: object) -> float:
    """Return a moment in seconds since 1970, within what a calendar holds. Raise TypeError, ValueError."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("not a moment")
    if not 0 <= value < _LAST_MOMENT:
        raise ValueError("a moment that no calendar has")
    return float(value)
