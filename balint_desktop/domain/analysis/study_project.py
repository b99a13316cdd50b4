"""A study as a project of the exchange format REFI-QDA: its texts, and the work of those who coded.

Each coder's codes stay their own: where two gave one name to a code, the file says whose each is, since one reader
finds codes by name. A code that is in a theme alone is none of a coder's. Speakers are cases, by study number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.project import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
)
from balint_desktop.domain.analysis.refi_write import derived_guid
from balint_desktop.domain.analysis.study import AnalysisStudy, Author, Memo, StudyText, StudyTheme, current_memos
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.values import RecordingId

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SESSION = "Session"


@dataclass(frozen=True, slots=True)
class CodedRound:
    """What one author coded in a round."""

    author: Author
    number: int
    work: CoderWork


@dataclass(frozen=True, slots=True)
class StudyFileNames:
    """Words of the file that are not the study's: the program, a round, a memo, as the window's language has them."""

    origin: str
    round: str
    memo: str
    theme: str = "{theme}"


def study_project(
    study: AnalysisStudy,
    texts: Mapping[RecordingId, ApprovedText],
    coded: Sequence[CodedRound],
    memos: Sequence[Memo] = (),
    *,
    wall: float,
    names: StudyFileNames,
    themes: Sequence[StudyTheme] = (),
) -> Project:
    """Return a study as a project. `wall` is now; `memos` are those that may leave with it.

    Each of `themes` becomes a set of its codes, as far as they are in the file.
    """
    moment = _moment(wall)
    authors = {one.author.id: one.author for one in coded} | {
        author.id: author for author in study.authors if any(memo.author == author.id for memo in memos)
    }
    # Each element names a user, in a study that nobody has coded yet, too.
    authors = authors or {author.id: author for author in study.authors[:1]}
    cases = _cases(study.analysed, texts)
    sources = [_source(one, texts[one.recording], moment) for one in study.analysed if one.recording in texts]
    return Project(
        name=study.name,
        origin=names.origin,
        coders=tuple(ProjectCoder(_guid("author", author.id), author.label) for author in authors.values()),
        codes=_codes(coded, {case.name for case in cases}),
        sources=tuple(sources),
        codings=_codings(coded, texts),
        notes=_notes(memos, authors, names),
        cases=cases,
        sets=(
            *(
                ProjectSet(
                    _guid("round", str(number)),
                    names.round.format(number=number),
                    sources=tuple(s.guid for s in sources),
                )
                for number in sorted({one.number for one in coded})
            ),
            *_themes(themes, coded, names),
        ),
        writer=next((_guid("author", one) for one in authors), ""),
        created=moment,
    )


def _source(text: StudyText, approved: ApprovedText, moment: str) -> ProjectSource:
    return ProjectSource(
        _guid("text", text.recording),
        text.name,
        approved.text,
        created=moment,
        variables={_SESSION: str(text.number)},
    )


def _codes(coded: Sequence[CodedRound], cases: Collection[str]) -> tuple[ProjectCode, ...]:
    """Return all codes, each of a name of its own, which is no speaker's either."""
    # Several rounds of one author have the same codes: the latest counts.
    latest = {code.guid: (one.author, code) for one in coded for code in one.work.book.codes}
    speakers = {name.casefold() for name in cases}
    names = Counter([*(code.name.casefold() for _, code in latest.values()), *speakers])
    found, taken = [], speakers
    for author, code in latest.values():
        name = code.name if names[code.name.casefold()] == 1 else f"{code.name} ({author.label})"
        while name.casefold() in taken:
            name += "*"
        taken.add(name.casefold())
        parent = code.parent if code.parent in latest else None
        about = "\n\n".join(text for text in (code.definition, code.when, code.when_not, code.example) if text)
        found.append(
            ProjectCode(_guid("code", code.guid), name, about, code.colour, _guid("code", parent) if parent else None)
        )
    return tuple(found)


def _codings(coded: Sequence[CodedRound], texts: Mapping[RecordingId, ApprovedText]) -> tuple[ProjectCoding, ...]:
    found = []
    for one in coded:
        for coding in one.work.codings.all:
            approved = texts.get(RecordingId(coding.text))
            if approved is not None:
                found.append(
                    ProjectCoding(
                        derived_guid("coding", str(one.number), coding.guid),
                        _guid("text", coding.text),
                        coding.begin,
                        coding.end,
                        _guid("code", coding.code),
                        _guid("author", one.author.id),
                        _moment(coding.wall),
                        approved.text[coding.begin : coding.end],
                        coding.memo,
                    )
                )
    return tuple(found)


def _themes(themes: Sequence[StudyTheme], coded: Sequence[CodedRound], names: StudyFileNames) -> tuple[ProjectSet, ...]:
    known = {code.guid for one in coded for code in one.work.book.codes}
    return tuple(
        ProjectSet(
            _guid("theme", one.id),
            names.theme.format(theme=one.name),
            one.central_idea,
            codes=tuple(_guid("code", code) for code in dict.fromkeys(one.codes) if code in known),
        )
        for one in themes
    )


def _notes(memos: Sequence[Memo], authors: Mapping[str, Author], names: StudyFileNames) -> tuple[ProjectNote, ...]:
    return tuple(
        ProjectNote(
            _guid("memo", memo.id),
            f"{names.memo} {number}",
            memo.words,
            _guid("author", memo.author),
            _moment(memo.wall),
            (_guid("text", memo.text),) if memo.text is not None else (),
        )
        for number, memo in enumerate(current_memos(tuple(memos)), start=1)
        if memo.author in authors
    )


def _cases(analysed: Sequence[StudyText], texts: Mapping[RecordingId, ApprovedText]) -> tuple[ProjectCase, ...]:
    spans: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for one in analysed:
        for turn in texts[one.recording].turns if one.recording in texts else ():
            if turn.speaker:
                spans[turn.speaker].append((_guid("text", one.recording), turn.begin, turn.end))
    return tuple(ProjectCase(_guid("speaker", who), who, tuple(found)) for who, found in sorted(spans.items()))


def project_guid(kind: str, own: str) -> str:
    """Return the guid that an id of the study has in its project files; `kind` is text, code, author or another."""
    return _guid(kind, own)


def _guid(kind: str, own: str) -> str:
    """Return an id of the study as a guid: its own where it is one."""
    return own if _GUID.fullmatch(own) else derived_guid(kind, own)


def _moment(wall: float) -> str:
    return datetime.fromtimestamp(wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
