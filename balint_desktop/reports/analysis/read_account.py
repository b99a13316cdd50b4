"""Read what a report of an analysis is made of from an open vault, as far as it may be seen today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.agreement_figures import agreement_figures
from balint_desktop.domain.analysis.file_agreement import ComparedUnit
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import AnalysisStudy, CodingOpening, ThemeWork
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.reports.analysis.account import (
    AnalysisAccount,
    CodeFigures,
    OthersOpened,
    RoundFigures,
    Stated,
    TextHistory,
    UnitFigures,
)
from balint_desktop.vault.studies import AnalysisStudies, StudyContents

SATURATION, RETURNED, FEEDBACK = 22, 23, 28
"""The items of COREQ that are asked once: data saturation, transcripts returned, and participants' feedback."""


@dataclass(frozen=True, slots=True)
class StudyMaterial:
    """A study as it is read for a file: its contents, framework, and what of each round may be seen.

    `consensus` is what is agreed of `agreed_round`.
    """

    contents: StudyContents
    framework: Framework
    works: Mapping[tuple[int, str], CoderWork]
    consensus: CoderWork = field(default_factory=CoderWork)

    @property
    def agreed_round(self) -> int | None:
        """Return the last round that several coders closed, or that something was decided of; None without one."""
        decided = {one.round for one in self.contents.decisions}
        closed = {one.number: len(self.closed_works(one.number)) for one in self.contents.rounds}
        return max((number for number, n in closed.items() if n > 1 or (n and number in decided)), default=None)

    def closed_works(self, number: int) -> Mapping[str, CoderWork]:
        """Return what each coder who closed a round coded in it, as far as may be seen."""
        closed = {one.number: one.has_closed for one in self.contents.rounds}
        return {
            author: work
            for (of_round, author), work in self.works.items()
            if of_round == number and closed[number](author)
        }


def read_material_of(studies: AnalysisStudies, study: str) -> StudyMaterial:
    """Read a study: one's own coding, and others' once one's own round is closed. Raise Trouble.

    Where others' coding is read for the first time, the audit trail notes it, as wherever else it is opened.
    """
    contents = studies.open(study)
    works: dict[tuple[int, str], CoderWork] = {}
    for one in contents.rounds:
        for author in one.authors:
            try:
                works[one.number, author] = studies.work(study, one.number, author)
            except Trouble as trouble:
                if trouble.code is not TroubleCode.ROUND_STILL_OPEN:
                    raise
    material = StudyMaterial(contents, studies.framework(study), works)
    number = material.agreed_round
    return material if number is None else replace(material, consensus=studies.consensus(study, number))


def read_account(
    studies: AnalysisStudies, study: str, *, software: str, prompts: str = "", with_figures: bool = False
) -> AnalysisAccount:
    """Return the account of a study.

    `software` is the program with its version, and `prompts` are the sentences of its groups' methods about prompts.
    Figures of agreement are in it only where they are
    asked for, and the approach asks for them. Whether a quotation may be printed is asked anew. Raise Trouble.
    """
    vault = studies.vault
    with vault.log_stays:
        material = read_material_of(studies, study)
        contents = material.contents
        stated = studies.stated(study)
        account = AnalysisAccount(
            contents.study,
            day_of(studies.log.now()),
            contents.texts,
            contents.rounds,
            material.works,
            material.framework.versions,
            contents.memos,
            contents.meetings,
            contents.decisions,
            _asked_anew(studies, study, contents.themes),
            histories=tuple(_history(studies, one.recording) for one in contents.study.texts),
            openings=tuple(
                OthersOpened(wall, contents.me, number) for number, wall in first_openings(studies.openings(study))
            ),
            stated=Stated(stated.get(RETURNED, ""), stated.get(FEEDBACK, ""), stated.get(SATURATION, "")),
            software=software,
            models=_models(studies, contents.study),
            prompts=prompts,
            chain_words=studies.log.audit.head_words(),
            consensus=material.consensus,
            draft=material.framework.book,
            moves=material.framework.moves,
            theme_steps=contents.theme_steps,
            arrivals=studies.arrivals(study),
        )
    if with_figures and contents.study.approach.has_figures:
        return replace(account, figures=round_figures(material))
    return account


def first_openings(openings: Iterable[CodingOpening]) -> tuple[tuple[int, float], ...]:
    """Return each round of which another's coding was opened here, and when for the first time."""
    first: dict[int, float] = {}
    for one in openings:
        first[one.round] = min(one.wall, first.get(one.round, one.wall))
    return tuple(sorted(first.items()))


def groups_of(studies: AnalysisStudies, study: AnalysisStudy) -> tuple[GroupId, ...]:
    """Return the groups whose words are analysed, each once."""
    found = (studies.log.retained_recordings.group_of(one.recording) for one in study.analysed)
    return tuple(dict.fromkeys(group for group in found if group is not None))


def round_figures(material: StudyMaterial) -> RoundFigures | None:
    """Return how far coders agree in the last round that may be compared; None without two coders' closed work."""
    number = material.agreed_round
    if number is None or len(material.closed_works(number)) < 2:
        return None
    return _figures_of(material.contents, material.framework, number, material.closed_works(number))


def _figures_of(
    contents: StudyContents, framework: Framework, number: int, works: Mapping[str, CoderWork]
) -> RoundFigures:
    texts = {str(one.recording): contents.texts[one.recording].text for one in contents.study.analysed}
    names = {code.guid: code.name for code in framework.book.codes}
    same = framework.same_in({author: work.book for author, work in works.items()})
    spans = [
        CodedSpan(coding.text, coding.begin, coding.end, common, author)
        for author, work in works.items()
        for coding in work.codings.all
        if coding.text in texts and (common := same.get((author, coding.code), coding.code)) in names
    ]
    turns, by_turn = _figures_by(ComparedUnit.TURN, texts, list(works), spans)
    signs, by_sign = _figures_by(ComparedUnit.CHARACTER, texts, list(works), spans)
    found = tuple(CodeFigures(name, by_turn[code], by_sign[code]) for code, name in names.items() if code in by_turn)
    return RoundFigures(number, len(works), turns, signs, found)


def _figures_by(
    unit: ComparedUnit, texts: Mapping[str, str], coders: list[str], spans: list[CodedSpan]
) -> tuple[int, dict[str, UnitFigures]]:
    """Return the number of units, and the figures by code."""
    found = agreement_figures(texts, coders, spans, unit)
    return found.n, {one.code: UnitFigures(one.jaccard, one.alpha, found.limits.get(one.code)) for one in found.codes}


def _asked_anew(studies: AnalysisStudies, study: str, themes: ThemeWork) -> ThemeWork:
    """Return themes whose quotations may be quoted only if those who speak agree today."""
    return replace(
        themes,
        quotations=tuple(
            replace(one, may_be_quoted=_may_be_quoted(studies, study, one.text, one.begin, one.end))
            for one in themes.quotations
        ),
    )


def _may_be_quoted(studies: AnalysisStudies, study: str, recording: RecordingId, begin: int, end: int) -> bool:
    # A text that was left out of the study, or is closed, is quoted by nobody.
    with suppress(Trouble, KeyError):
        return studies.may_be_quoted(study, recording, begin, end)
    return False


def _history(studies: AnalysisStudies, recording: RecordingId) -> TextHistory:
    log = studies.log
    approved = log.approved.find(recording)
    destroyed = log.keys.destroyed().get(recording)
    group = log.retained_recordings.group_of(recording)
    transcript = log.transcripts.retained(group).get(recording) if group is not None else None
    return TextHistory(
        recording,
        _day(approved.versions[0].wall if approved is not None else None),
        _day(destroyed.completed_wall if destroyed is not None else None),
        _day(transcript.deleted_wall if transcript is not None else None),
    )


def _day(wall: float | None) -> date | None:
    return None if wall is None else day_of(wall)


def _models(studies: AnalysisStudies, study: AnalysisStudy) -> tuple[str, ...]:
    """Return the models that wrote first drafts, each with the SHA-256 of its files."""
    counted = {one.recording for one in study.analysed}
    found = (row for row in studies.log.transcripts.transcripts() if row.recording in counted and row.model)
    return tuple(
        dict.fromkeys(f"{row.model} (SHA-256 {row.model_sha256})" if row.model_sha256 else row.model for row in found)
    )
