"""Comments on a report that went out as Word and came back: memos by author, on the theme that each was put on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from balint_desktop.domain.analysis.codebook import TEXT_LIMIT
from balint_desktop.domain.analysis.study import Memo
from balint_desktop.domain.analysis.word_copy import WordComment, WordCopy
from balint_desktop.domain.hidden_signs import one_line

_LONGEST_QUOTED = 200


def memos_of_report(
    copy: WordCopy,
    headings: Mapping[str, str | None],
    authors: Mapping[str, str],
    wall: float,
    new_guid: Callable[[], str],
    *,
    known: Iterable[Memo] = (),
) -> tuple[Memo, ...]:
    """Return the comments on a report as memos, each with the words that it was put on.

    `headings` are those of the report with the id of the theme that each begins, None for what is of no theme.
    `authors` is the author's id of each name in the file; others' comments are not taken. `wall` stands for a moment
    that is not said; `known` memos are not repeated.
    """
    there = {(one.author, one.theme, one.words) for one in known}
    found: list[Memo] = []
    for comment, words in _worded(copy):
        author = authors.get(comment.author, "")
        theme = _theme(copy, headings, comment)
        if author and (author, theme, words) not in there:
            there.add((author, theme, words))
            found.append(Memo(new_guid(), author, wall if comment.wall is None else comment.wall, words, theme=theme))
    return tuple(found)


def report_writers(copy: WordCopy) -> tuple[tuple[str, int], ...]:
    """Return who wrote the comments of a report, the most first, as often as they wrote."""
    found = Counter(one.author for one in copy.comments if one.words)
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _worded(copy: WordCopy) -> Iterator[tuple[WordComment, str]]:
    for one in copy.comments:
        if one.words:
            quoted = one_line(copy.text[slice(*one.span)]) if one.span is not None and one.parent is None else ""
            shown = quoted if len(quoted) <= _LONGEST_QUOTED else f"{quoted[:_LONGEST_QUOTED].rsplit(' ', 1)[0]} …"
            yield one, "\n".join(part for part in (f"“{shown}”" if shown else "", one.words) if part)[:TEXT_LIMIT]


def _theme(copy: WordCopy, headings: Mapping[str, str | None], comment: WordComment) -> str | None:
    """Return the theme whose heading is the last one before a comment."""
    theme = None
    if comment.span is not None:
        for begin, end in copy.paragraphs:
            if begin > comment.span[0]:
                break
            theme = headings.get(copy.text[begin:end].strip(), theme)
    return theme
