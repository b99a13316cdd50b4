"""A study as a project for other software: what may be seen of each round, and consensus as a coder of its own."""

from __future__ import annotations

from collections.abc import Iterator

from balint_desktop.domain.analysis.consensus import CONSENSUS
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import Author, ThemeState
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.read_account import StudyMaterial
from balint_desktop.text.themes import with_name

ENDING = ".qdpx"


def build_project(material: StudyMaterial, wall: float, software: str) -> bytes:
    """Return the study as a .qdpx file. `wall` is now, in seconds since 1970; `software` is the program that writes."""
    contents = material.contents
    study = contents.study
    coded = [*_coders(material), *_consensus(material)]
    names = StudyFileNames(software, tr("Round {number}"), tr("Memo"), tr("Theme: {theme}"))
    themes = [
        with_name(one) for one in contents.themes.themes if one.state is not ThemeState.LET_GO and not one.is_blank
    ]
    project = study_project(study, contents.texts, coded, contents.memos, wall=wall, names=names, themes=themes)
    return project_to_qdpx(project)


def _coders(material: StudyMaterial) -> Iterator[CodedRound]:
    authors = {one.id: one for one in material.contents.study.authors}
    for (number, author), work in sorted(material.works.items()):
        if author in authors and (work.codings.all or work.book.codes):
            yield CodedRound(authors[author], number, work)


def _consensus(material: StudyMaterial) -> Iterator[CodedRound]:
    """Yield consensus: that of the last round that several closed, and without any the framework's codes alone."""
    number, rounds = material.agreed_round, material.contents.rounds
    work = material.consensus if number is not None else CoderWork(material.framework.book)
    if rounds and (work.book.codes or work.codings.all):
        yield CodedRound(Author(CONSENSUS, tr("Consensus")), number or rounds[-1].number, work)
