"""A study as a project for other software: what may be seen of each round, and consensus as a coder of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balint_desktop.domain.analysis.consensus import consensus_work, standing
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import Author, ThemeState
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.read_account import StudyMaterial

ENDING = ".qdpx"
_CONSENSUS = "consensus"


def build_project(material: StudyMaterial, wall: float, software: str) -> bytes:
    """Return the study as a .qdpx file. `wall` is now, in seconds since 1970; `software` is the program that writes."""
    contents = material.contents
    study = contents.study
    coded = [*_coders(material), *_consensus(material, wall)]
    names = StudyFileNames(software, tr("Round {number}"), tr("Memo"), tr("Theme: {theme}"))
    themes = [one for one in contents.themes.themes if one.state is not ThemeState.LET_GO]
    project = study_project(study, contents.texts, coded, contents.memos, wall=wall, names=names, themes=themes)
    return project_to_qdpx(project)


def _coders(material: StudyMaterial) -> Iterator[CodedRound]:
    authors = {one.id: one for one in material.contents.study.authors}
    for (number, author), work in sorted(material.works.items()):
        if author in authors and (work.codings.all or work.book.codes):
            yield CodedRound(authors[author], number, work)


def _consensus(material: StudyMaterial, wall: float) -> Iterator[CodedRound]:
    """Yield consensus: that of the last round with a decision, and without any the framework's codes alone."""
    decisions = standing(material.contents.decisions)
    closed: Mapping[int, dict[str, CoderWork]] = {
        one.number: {
            author: work
            for (number, author), work in material.works.items()
            if number == one.number and one.has_closed(author)
        }
        for one in material.contents.rounds
    }
    number = max((one.round for one in decisions if closed.get(one.round)), default=None)
    if number is not None:
        of_round = [one for one in decisions if one.round == number]
        work = consensus_work(closed[number], material.framework, of_round, wall)
        yield CodedRound(Author(_CONSENSUS, tr("Consensus")), number, work)
    elif material.framework.book.codes and material.contents.rounds:
        last = material.contents.rounds[-1].number
        yield CodedRound(Author(_CONSENSUS, tr("Consensus")), last, CoderWork(material.framework.book))
