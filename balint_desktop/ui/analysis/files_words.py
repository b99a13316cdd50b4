"""Words of the page of coding files: what was sent, what came, and how far each is."""

from __future__ import annotations

from collections.abc import Iterator

from balint_desktop.domain.analysis.study import AnalysisStudy, Author, CodingRound
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.vault.analysis.study_rows import TakenFile
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import FilesOverview
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, ParcelDirection, author_behind, author_mark
from balint_desktop.vault.program_files import OpenedFile

MOST_NOT_PLACED = 200
_LONGEST_QUOTE = 120


def kind_name(kind: CodingFileKind) -> str:
    """Return what a coding file is."""
    return {
        CodingFileKind.PARCEL: tr("Sealed coding file"),
        CodingFileKind.WORD: tr("Word copy"),
        CodingFileKind.PAPER: tr("Line-numbered print"),
        CodingFileKind.PROJECT: tr("Project for other software"),
    }[kind]


def author_of(study: AnalysisStudy, row: CodingFileRow, taken: TakenFile | None = None) -> Author | None:
    """Return whose file it is, None where that is not known: a sealed file says so once it is opened."""
    mark = author_mark(study.id, taken.author) if taken is not None else row.author
    found = author_behind(study.id, mark, (one.id for one in study.authors))
    return study.author(found) if found is not None else None


def rows_of(files: FilesOverview, study: str, author: str, number: int, way: ParcelDirection) -> list[CodingFileRow]:
    """Return the files of a coder in a round that left, or that came, the oldest first."""
    mark = author_mark(study, author)

    def is_of(one: CodingFileRow) -> bool:
        taken = files.taken.get(one.id)
        # Of a sealed file that is set aside, what was read of it says whose it is.
        whose = (one.author, one.round) if taken is None else (author_mark(study, taken.author), taken.round)
        return (*whose, one.direction) == (mark, number, way)

    return [one for one in files.rows if is_of(one)]


def coder_state(opened: OpenStudy, files: FilesOverview, author: str, coding_round: CodingRound) -> str:
    """Return how far a coder of a round is, in words."""
    number, study = coding_round.number, opened.study.id
    if author == opened.me:
        return tr("Your round is closed") if coding_round.has_closed(author) else tr("Your round is open")
    if coding_round.has_closed(author):
        return tr("In round {n}").format(n=number)
    came = rows_of(files, study, author, number, ParcelDirection.IN)
    if came:
        return file_state(opened, files, came[-1])
    if rows_of(files, study, author, number, ParcelDirection.OUT):
        return tr("Waiting for their file")
    return tr("Nothing sent yet")


def file_state(opened: OpenStudy, files: FilesOverview, row: CodingFileRow) -> str:
    """Return how far a file is that came, in words."""
    taken = files.taken.get(row.id)
    if taken is not None:
        return _taken_state(files, taken)
    if row.kind is not CodingFileKind.PARCEL and row.author is None:
        return tr("Not known whose it is; add it again")
    if row.opened_wall is not None:
        return tr("Opened, not taken in")
    if not may_open(opened, row):
        return tr("Came on {day}, opened after you close your own round").format(day=day_at(row.wall))
    if awaits_own_round(opened, row):
        return tr("Can be opened, unless it is of your open round")
    return tr("Can be opened")


def awaits_own_round(opened: OpenStudy, row: CodingFileRow) -> bool:
    """Return whether a sealed file, which does not say of which round it is, may be of one that one still codes in."""
    mine = [one for one in opened.rounds if opened.me in one.authors]
    return (
        row.round is None and row.kind is CodingFileKind.PARCEL and any(not one.has_closed(opened.me) for one in mine)
    )


def _taken_state(files: FilesOverview, taken: TakenFile) -> str:
    if not taken.round:
        return tr("Comments are memos now")
    if taken.counts:
        return tr("In round {n}").format(n=taken.round)
    is_later = any(
        one.counts and (one.round, one.author) == (taken.round, taken.author) for one in files.taken.values()
    )
    return tr("A later file counts") if is_later else tr("Kept for the next round")


def may_open(opened: OpenStudy, row: CodingFileRow) -> bool:
    """Return whether a file that came may be opened: one's own round, and each before it, is closed.

    A sealed file says for which round it is once it is opened, so any closed one is enough to try.
    """
    mine = [one for one in opened.rounds if opened.me in one.authors]
    if row.kind is CodingFileKind.WORD and row.round is None:
        # Comments: read once nothing is coded blindly.
        return row.author is not None and all(one.has_closed(opened.me) for one in mine)
    if row.round is None:
        return row.kind is CodingFileKind.PARCEL and (not mine or any(one.has_closed(opened.me) for one in mine))
    return all(one.has_closed(opened.me) for one in mine if one.number <= row.round)


def is_done(files: FilesOverview, row: CodingFileRow) -> bool:
    """Return whether nothing is left to do with a file: it counts, or a later one does."""
    taken = files.taken.get(row.id)
    return taken is not None and (
        taken.counts
        or any(one.counts and (one.round, one.author) == (taken.round, taken.author) for one in files.taken.values())
    )


def opened_words(file: OpenedFile, name: str) -> str:
    """Return what became of a file that was opened, and what was in it."""
    return " ".join(_opened(file, name))


def late_words(name: str) -> str:
    """Return that somebody's coding came when comparison had begun."""
    return tr("The coding of {name} came after comparison had begun.").format(name=name)


def _opened(file: OpenedFile, name: str) -> Iterator[str]:
    taken, read = file.taken, file.read
    if taken.arrival is Arrival.LATE:
        yield late_words(name)
        return
    if taken.arrival is Arrival.KEPT:
        yield tr("The coding of {name} is kept for the next round.").format(name=name)
        return
    if taken.arrival is Arrival.EARLIER:
        yield tr("A later file of {name} counts already. This one is kept.").format(name=name)
        return
    count = len(taken.work.codings.all)
    words = tr_n(
        "The coding of {name} is in round {round}: {n} passage.",
        "The coding of {name} is in round {round}: {n} passages.",
        count,
    )
    yield words.format(name=name, round=taken.round, n=count)
    if read.moved:
        words = tr_n("{n} was found elsewhere in its turn.", "{n} were found elsewhere in their turns.", read.moved)
        yield words.format(n=read.moved)
    if read.withdrawn.withdrawn:
        count = read.withdrawn.withdrawn
        words = tr_n("{n} was on words that are redacted now.", "{n} were on words that are redacted now.", count)
        yield words.format(n=count)
    if taken.difference is not None:
        yield tr("Since their last file: {added} added, {removed} removed, {changed} changed.").format(
            added=taken.difference.added, removed=taken.difference.removed, changed=taken.difference.changed
        )


def not_placed_lines(file: OpenedFile) -> list[str]:
    """Return the passages that were not placed, a line each."""
    return [
        tr("{text}: “{quoted}” ({code})").format(text=one.text, quoted=_shortened(one.quoted), code=one.code)
        for one in file.read.not_placed[:MOST_NOT_PLACED]
    ]


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1].rstrip()}…"
