"""Memos in words: in a line, and with the versions before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from balint_desktop.domain.analysis.study import Memo
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.dates import day_and_time_at

_FIRST_WORDS = 60


def first_words(words: str) -> str:
    """Return the first words of a text, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS].rsplit(' ', 1)[0]} …"


def memo_line(memo: Memo, author: str = "") -> str:
    """Return whose a memo is, where somebody else's, when it was written, and how it begins."""
    return " · ".join(part for part in (author, day_and_time_at(memo.wall), first_words(memo.words)) if part)


def earlier_versions(memo: Memo, memos: Iterable[Memo]) -> Iterator[str]:
    """Yield the versions before a memo, the latest first: each stays, and can be read."""
    by_id: Mapping[str, Memo] = {one.id: one for one in memos}
    before = by_id.get(memo.supersedes or "")
    while before is not None:
        yield tr("Before, {when}: {words}").format(when=day_and_time_at(before.wall), words=before.words)
        before = by_id.get(before.supersedes or "")
