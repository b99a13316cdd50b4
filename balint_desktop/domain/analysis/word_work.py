"""Take what a Word copy or a print says into a coder's work: codes by name, codings, and memos by author.

A coder sends a file for each text, and may send one twice: every function adds, and adds nothing that is there already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from balint_desktop.domain.analysis.codebook import NAME_LIMIT, TEXT_LIMIT
from balint_desktop.domain.analysis.coding import Coding, Codings, off_labels
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Memo
from balint_desktop.domain.analysis.word_coding import ReturnedComment, ReturnedCopy, ReturnedHighlight
from balint_desktop.domain.deidentify.approved import ApprovedTurn
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.values import RecordingId


@dataclass(frozen=True, slots=True)
class CopyStamp:
    """What a copy does not say: which text it is of, when it is taken in, how a new guid is made, the text's turns."""

    text: RecordingId
    wall: float
    new_guid: Callable[[], str]
    turns: tuple[ApprovedTurn, ...] = ()


def work_with_copy(
    work: CoderWork, copy: ReturnedCopy, writers: Iterable[str], legend: Mapping[str, str], stamp: CopyStamp
) -> CoderWork:
    """Return a coder's work with the codings of a copy: of the comments by `writers`, the names that are this coder.

    `legend` is the code of each colour; a colour without one codes nothing. Codes are found by name, whatever its case,
    and made where there is none. What is there already is not added again, so that a copy may come twice.
    """
    mine = frozenset(writers)
    for one in copy.comments:
        if one.author in mine and one.begin is not None and one.end is not None:
            wall = stamp.wall if one.wall is None else one.wall
            for name in one.meaning.codes:
                memo = "\n".join((one.meaning.memo, *(reply.words for reply in one.replies if reply.author in mine)))
                memo = memo.strip()[:TEXT_LIMIT]
                work = _given(work, name, (one.begin, one.end), memo, replace(stamp, wall=wall))
    for highlight in copy.highlights:
        name = one_line(legend.get(highlight.colour, ""))
        if name and highlight.begin is not None and highlight.end is not None:
            work = _given(work, name, (highlight.begin, highlight.end), "", stamp)
    return work


def merged_work(before: CoderWork, added: CoderWork, new_guid: Callable[[], str]) -> CoderWork:
    """Return a coder's work with that of another file of theirs in the same round: codes of one name are one code."""
    work = before
    for code in added.book.codes:
        if work.book.named(code.name) is None:
            taken = {one.guid for one in work.book.codes}
            guid = new_guid() if code.guid in taken else code.guid
            work = CoderWork(work.book.with_code(guid, code.name), work.codings)
    taken = {one.guid for one in work.codings.all}
    for coding in added.codings.all:
        named = work.book.named(added.book.code(coding.code).name)
        span = (coding.begin, coding.end)
        if named is not None and not _is_there(work.codings, coding.text, named.guid, span, coding.memo):
            guid = new_guid() if coding.guid in taken else coding.guid
            work = CoderWork(work.book, work.codings.given(replace(coding, guid=guid, code=named.guid)))
    return work


def work_with_passages(
    work: CoderWork, name: str, passages: Iterable[Span], stamp: CopyStamp, memo: str = ""
) -> CoderWork:
    """Return a coder's work with a code on some passages, as typed in from a line-numbered print."""
    for passage in passages:
        work = _given(work, one_line(name), passage, memo.strip()[:TEXT_LIMIT], stamp)
    return work


def memos_of_copy(
    copy: ReturnedCopy,
    authors: Mapping[str, str],
    stamp: CopyStamp,
    *,
    known: Iterable[Memo] = (),
    comments_only: frozenset[str] = frozenset(),
) -> tuple[Memo, ...]:
    """Return the memos of a copy, each by its author: `authors` is the author's id of each name in it.

    Comments without a code are memos, and so are replies, but for a coder's own to a coding of theirs. Of those in
    `comments_only`, ids of who comments and codes nothing as a supervisor, all comments are. `known` are not repeated.
    """
    there = {(one.author, one.begin, one.end, one.words) for one in known if one.text == stamp.text}
    found: list[Memo] = []

    def add(author: str, words: str, wall: float | None, about: ReturnedComment) -> None:
        words = words.strip()[:TEXT_LIMIT]
        this = (author, about.begin, about.end, words)
        if author and words and this not in there:
            there.add(this)
            wall = stamp.wall if wall is None else wall
            found.append(Memo(stamp.new_guid(), author, wall, words, stamp.text, about.begin, about.end))

    for one in copy.comments:
        author = authors.get(one.author, "")
        is_coding = bool(one.meaning.codes) and author not in comments_only
        if not is_coding:
            add(author, one.words if author in comments_only else one.meaning.memo, one.wall, one)
        for reply in one.replies:
            by = authors.get(reply.author, "")
            if not (is_coding and by == author):
                add(by, reply.words, reply.wall, one)
    return tuple(found)


def memos_of_unplaced(
    copy: ReturnedCopy,
    coder: str,
    authors: Mapping[str, str],
    legend: Mapping[str, str],
    stamp: CopyStamp,
    *,
    known: Iterable[Memo] = (),
) -> tuple[Memo, ...]:
    """Return what could not be placed as memos on the whole text, with the words that each was put on.

    A colour is the `coder`'s; the other arguments are those of `memos_of_copy`.
    """
    there = {(one.author, one.words) for one in known if one.text == stamp.text and one.begin is None}
    found: list[Memo] = []

    def add(author: str, quoted: str, words: str, wall: float | None) -> None:
        quoted = one_line(quoted)
        words = "\n".join(part for part in (f"“{quoted}”" if quoted else "", words.strip()) if part)[:TEXT_LIMIT]
        if author and (author, words) not in there:
            there.add((author, words))
            found.append(Memo(stamp.new_guid(), author, stamp.wall if wall is None else wall, words, stamp.text))

    for one in copy.not_placed:
        if isinstance(one, ReturnedHighlight):
            name = one_line(legend.get(one.colour, ""))
            if name:
                add(coder, one.quoted, name, None)
            continue
        if one.words:
            add(authors.get(one.author, ""), one.quoted, one.words, one.wall)
        for reply in one.replies:
            add(authors.get(reply.author, ""), one.quoted, reply.words, reply.wall)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CopyGain:
    """What a copy would add: passages that a code is given to, memos on passages, and what could not be placed.

    `codes` are the names of its codes, whatever their case, with how many passages each has, the most first.
    `whole_memos` are the memos on the whole text that what could not be placed becomes, where it is kept.
    """

    passages: int
    memos: int
    not_placed: int
    codes: tuple[tuple[str, int], ...] = ()
    whole_memos: int = 0


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """What is there before a copy is taken in: its text, its coder's work in the round, and the memos."""

    text: RecordingId
    work: CoderWork = field(default_factory=CoderWork)
    memos: tuple[Memo, ...] = ()
    turns: tuple[ApprovedTurn, ...] = ()


def copy_gain(
    copy: ReturnedCopy,
    coder: str,
    authors: Mapping[str, str],
    legend: Mapping[str, str],
    comments_only: frozenset[str],
    *,
    known: KnownBefore | None = None,
) -> CopyGain:
    """Count what is new in a copy, as `work_with_copy`, `memos_of_copy` and `memos_of_unplaced` would take it.

    An empty `coder` codes nothing. Without `known`, all is new.
    """
    known = known or KnownBefore(RecordingId(""))
    numbers = count()
    stamp = CopyStamp(known.text, 0.0, lambda: f"new-{next(numbers)}", known.turns)
    names: list[str] = []
    if coder:
        mine = frozenset(name for name, author in authors.items() if author == coder)
        made = work_with_copy(CoderWork(), copy, mine, legend, stamp)
        merged = merged_work(known.work, made, stamp.new_guid)
        before = {one.guid for one in known.work.codings.all}
        names = [merged.book.code(one.code).name for one in merged.codings.all if one.guid not in before]
    memos = len(memos_of_copy(copy, authors, stamp, known=known.memos, comments_only=comments_only))
    whole = len(memos_of_unplaced(copy, coder, authors, legend, stamp, known=known.memos))
    return CopyGain(len(names), memos, len(copy.not_placed), tuple(Counter(names).most_common()), whole)


def _given(work: CoderWork, name: str, span: Span, memo: str, stamp: CopyStamp) -> CoderWork:
    book = work.book
    said = off_labels(stamp.turns, *span)
    # A label alone is somebody's mark on the turn: it stays as it is.
    span = said if said[0] < said[1] else span
    code = book.named(name[:NAME_LIMIT])
    if code is None:
        book = book.with_code(stamp.new_guid(), name[:NAME_LIMIT])
        code = book.codes[-1]
    if _is_there(work.codings, stamp.text, code.guid, span, memo):
        return work
    coding = Coding(stamp.new_guid(), stamp.text, *span, code.guid, stamp.wall, memo)
    return CoderWork(book, work.codings.given(coding))


def _is_there(codings: Codings, text: str, code: str, span: Span, memo: str) -> bool:
    """Return whether a stretch is coded so already, with all lines of its memo."""
    lines = set(memo.split("\n")) - {""}
    return any(
        one.begin <= span[0] and span[1] <= one.end and lines <= set(one.memo.split("\n"))
        for one in codings.all
        if (one.text, one.code) == (text, code)
    )
