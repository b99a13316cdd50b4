"""What people typed into an analysis, each with its place: the gate says where a name is, and not the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from balint_desktop.domain.analysis.codebook import Code
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import AnalysisStudy, ConsensusMeeting, MatterDecision, Memo, ThemeWork
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.typed_text import TypedPlace, TypedText
from balint_desktop.domain.values import RecordingId
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.reports.analysis.read_account import StudyMaterial


def typed_in_account(account: AnalysisAccount) -> tuple[TypedText, ...]:
    """Return what was typed that a report, a codebook, a table or a trail is made of."""
    frameworks = (account.draft, *(one.book for one in account.frameworks))
    books = [one.codes for one in (*frameworks, *(work.book for work in account.works.values()))]
    stated = account.stated
    return (
        *_study(account.study),
        *_codes(code for codes in books for code in codes),
        *_memos(account.memos, account.works),
        *_themes(account.themes),
        *_decisions(account.decisions, account.meetings),
        *_each(TypedPlace.ANALYSIS_DECISION, (one.reason for one in account.moves)),
        *_each(TypedPlace.ANALYSIS_STATED, (stated.returned, stated.feedback, stated.saturation)),
        *_texts(account.study, account.texts),
    )


def typed_in_material(material: StudyMaterial) -> tuple[TypedText, ...]:
    """Return what was typed that a project for other software is made of."""
    contents = material.contents
    books = [material.framework.book.codes, *(work.book.codes for work in material.works.values())]
    return (
        *_study(contents.study),
        *_codes(code for codes in books for code in codes),
        *_memos(contents.memos, material.works),
        *_themes(contents.themes),
        *_texts(contents.study, contents.texts),
    )


def _each(place: TypedPlace, texts: Iterable[str]) -> Iterator[TypedText]:
    return (TypedText(place, text) for text in texts if text)


def _study(study: AnalysisStudy) -> Iterator[TypedText]:
    yield from _each(TypedPlace.ANALYSIS_NAME, (study.name,))
    yield from _each(TypedPlace.ANALYSIS_QUESTION, (study.question,))
    yield from _each(TypedPlace.ANALYSIS_GOVERNANCE, (study.governance,))
    yield from _each(TypedPlace.ANALYSIS_AUTHOR, (one.label for one in study.authors))
    yield from _each(TypedPlace.ANALYSIS_POSITION, (one.positionality for one in study.authors))


def _codes(codes: Iterable[Code]) -> Iterator[TypedText]:
    for one in dict.fromkeys(codes):
        yield from _each(TypedPlace.ANALYSIS_CODE, (one.name, one.definition, one.when, one.when_not, one.example))


def _memos(memos: Iterable[Memo], works: Mapping[tuple[int, str], CoderWork]) -> Iterator[TypedText]:
    yield from _each(TypedPlace.ANALYSIS_MEMO, (one.words for one in memos))
    yield from _each(TypedPlace.ANALYSIS_MEMO, (one.memo for work in works.values() for one in work.codings.all))


def _themes(work: ThemeWork) -> Iterator[TypedText]:
    for one in work.themes:
        yield from _each(TypedPlace.ANALYSIS_THEME, (one.name, one.central_idea, one.against))


def _decisions(decisions: Iterable[MatterDecision], meetings: Iterable[ConsensusMeeting]) -> Iterator[TypedText]:
    yield from _each(TypedPlace.ANALYSIS_DECISION, (one.reason for one in decisions))
    yield from _each(TypedPlace.ANALYSIS_MEETING, (one.note for one in meetings))


def _texts(study: AnalysisStudy, texts: Mapping[RecordingId, ApprovedText]) -> Iterator[TypedText]:
    for one in study.analysed:
        text = texts.get(one.recording)
        if text is not None:
            yield TypedText(TypedPlace.ANALYSIS_TEXT, text.text, number=one.number)
