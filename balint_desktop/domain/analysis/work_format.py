"""What a coder made, and their memos, as plain JSON values; its fingerprint is the SHA-256 of canonical JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Memo
from balint_desktop.domain.values import RecordingId

_CODE = ("guid", "name", "colour", "definition", "when", "when_not", "example", "parent", "is_retired")
_CODING = ("guid", "text", "begin", "end", "code", "wall", "memo")
_MEMO = ("id", "author", "wall", "words", "text", "begin", "end", "theme", "supersedes")


def book_to_plain(book: Codebook) -> list[dict[str, Any]]:
    """Return codes as plain values, in their order."""
    return [{name: getattr(code, name) for name in _CODE} for code in book.codes]


def book_from_plain(plain: Iterable[Mapping[str, Any]]) -> Codebook:
    """Return codes from plain values. Raise ValueError, KeyError or TypeError for anything else."""
    codes = []
    for one in plain:
        texts = {name: _text(one[name]) for name in _CODE[:7]}
        parent = None if one["parent"] is None else _text(one["parent"])
        codes.append(Code(**texts, parent=parent, is_retired=bool(one["is_retired"])))
    if len({code.guid for code in codes}) != len(codes):
        raise ValueError("two codes have one id")
    return Codebook(tuple(codes))


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
        begin, end = _whole(one["begin"]), _whole(one["end"])
        if not 0 <= begin < end or one["code"] not in known:
            raise ValueError("a coding covers something, with a code of its book")
        codings.append(
            Coding(
                *(_text(one["guid"]), _text(one["text"]), begin, end, _text(one["code"]), float(one["wall"])),
                memo=_text(one["memo"]),
            )
        )
    if len({one.guid for one in codings}) != len(codings):
        raise ValueError("two codings have one id")
    return CoderWork(book, Codings(tuple(codings)))


def memos_to_plain(memos: Iterable[Memo]) -> list[dict[str, Any]]:
    """Return memos as plain values."""
    return [{name: getattr(memo, name) for name in _MEMO} for memo in memos]


def memos_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Memo, ...]:
    """Return memos. Raise ValueError, KeyError or TypeError for anything else."""
    found = []
    for one in plain:
        text = None if one["text"] is None else RecordingId(_text(one["text"]))
        begin, end = (None if one[name] is None else _whole(one[name]) for name in ("begin", "end"))
        if (begin is None) != (end is None) or (begin is not None and end is not None and not 0 <= begin <= end):
            raise ValueError("a passage has a begin and an end")
        theme, supersedes = (None if one[name] is None else _text(one[name]) for name in ("theme", "supersedes"))
        memo_id, author, words = (_text(one[name]) for name in ("id", "author", "words"))
        found.append(Memo(memo_id, author, float(one["wall"]), words, text, begin, end, theme, supersedes))
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


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value
