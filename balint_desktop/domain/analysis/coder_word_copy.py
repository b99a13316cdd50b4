"""Open a coder's Word copy: which text it is of, whose comments in it are theirs, and what it adds to their work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.project_work import FileWork, UnknownTextError, UnplacedPassage
from balint_desktop.domain.analysis.study import Author, Memo, StudyText
from balint_desktop.domain.analysis.word_coding import ReturnedComment, returned_copy
from balint_desktop.domain.analysis.word_copy import read_word_copy
from balint_desktop.domain.analysis.word_work import CopyStamp, memos_of_copy, work_with_copy
from balint_desktop.domain.deidentify.approved import ApprovedText


@dataclass(frozen=True, slots=True)
class NamesInFile:
    """A file names several people, and none of them as the study calls the coder: which one is it? Keys and names."""

    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CopyCoder:
    """The coder of a copy, what they have in the round so far, and their memos. `writer` is their name in the copy.

    An empty `writer` is the only one who comments in it, or who is called as the coder is.
    """

    author: Author
    work: CoderWork
    memos: tuple[Memo, ...] = ()
    writer: str = ""


def open_word_copy(
    data: bytes,
    texts: Sequence[tuple[StudyText, ApprovedText]],
    owner: CopyCoder,
    wall: float,
    new_guid: Callable[[], str],
) -> FileWork | NamesInFile:
    """Return what a copy makes of its coder's work. Raise WordFileError, UnknownTextError."""
    copy = read_word_copy(data)
    for about, approved in texts:
        returned = returned_copy(copy, approved.text)
        if returned is None:
            continue
        names = tuple(name for name, _ in returned.authors)
        writer = owner.writer or _only(names, owner.author.label)
        if len(names) > 1 and not writer:
            return NamesInFile(tuple((name, name) for name in names))
        stamp = CopyStamp(about.recording, wall, new_guid)
        work = work_with_copy(owner.work, returned, (writer,), {}, stamp)
        memos = memos_of_copy(returned, {writer: owner.author.id}, stamp, known=owner.memos)
        mine = (one for one in returned.not_placed if isinstance(one, ReturnedComment) and one.author == writer)
        not_placed = tuple(UnplacedPassage(about.name, one.words, one.quoted) for one in mine)
        moved = sum(one.is_moved and one.author == writer for one in returned.comments)
        return FileWork(work, memos, moved, not_placed)
    raise UnknownTextError


def _only(names: Iterable[str], label: str) -> str:
    """Return the only name, or the one that the coder has in the study; empty where neither is there."""
    found = tuple(names)
    same = [name for name in found if name.casefold() == label.casefold()]
    return same[0] if same else found[0] if len(found) == 1 else ""
