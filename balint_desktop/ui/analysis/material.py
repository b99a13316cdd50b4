"""What was coded in a study, as far as one may see it: one's own, and others' once one's own round is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.codebook import Code
from balint_desktop.domain.analysis.compare import CoderCode
from balint_desktop.domain.analysis.consensus import CONSENSUS, consensus_work
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.retrieval import FoundPassage, phase_of, turn_at
from balint_desktop.domain.analysis.study import CodingRound, may_see_others
from balint_desktop.domain.analysis.word_search import SearchableText
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import AnalysisService, OpenStudy


@dataclass(frozen=True, slots=True)
class CodedMaterial:
    """The codings of a round by author, on the texts that count; `round` is its number, 0 without one.

    `consensus` is what is agreed of them, with the codes of the framework; `same` says which codes of coders those are.
    """

    works: Mapping[str, CoderWork] = field(default_factory=dict)
    spans: tuple[CodedSpan, ...] = ()
    round: int = 0
    searchable: Mapping[str, SearchableText] = field(default_factory=dict)
    """The texts that count, in order of their sessions, as they are searched."""
    consensus: CoderWork = field(default_factory=CoderWork)
    same: Mapping[CoderCode, str] = field(default_factory=dict)

    def agreed(self) -> CodedMaterial:
        """Return what is agreed alone, as the work of an author of its own.

        A code of a coder that is the same as one of the framework finds what is agreed of that, as a theme made of
        coders' codes does.
        """
        theirs: dict[str, set[str]] = {}
        for (_, code), common in self.same.items():
            theirs.setdefault(common, {common}).add(code)
        spans = (
            CodedSpan(one.text, one.begin, one.end, code, CONSENSUS)
            for one in self.consensus.codings.all
            for code in sorted(theirs.get(one.code, {one.code}))
        )
        return CodedMaterial({CONSENSUS: self.consensus}, tuple(spans), self.round, self.searchable)

    @property
    def codes(self) -> tuple[tuple[str, Code], ...]:
        """Return every code with whose it is, each coder's as they are nested."""
        return tuple((author, code) for author, work in self.works.items() for _, code in work.book.nested())

    def code(self, guid: str) -> Code | None:
        """Return a code, None where nobody's codes have it any more."""
        return next((code for _, code in self.codes if code.guid == guid), None)

    def below(self, guid: str) -> frozenset[str]:
        """Return a code with those under it."""
        books = (work.book for work in self.works.values())
        return next((book.below(guid) for book in books if any(code.guid == guid for code in book.codes)), frozenset())


def read_material(
    service: AnalysisService,
    opened: OpenStudy,
    coding_round: CodingRound | None = None,
    framework: Framework | None = None,
) -> CodedMaterial:
    """Read what may be seen of a round, the last one if none is named, and what is agreed of it.

    Without others' work, nothing is agreed. Takes a moment; raise Trouble.
    """
    chosen = coding_round or (opened.rounds[-1] if opened.rounds else None)
    texts = opened.analysed_texts
    searchable = {recording: SearchableText.of(text) for recording, text in texts.items()}
    if chosen is None:
        return CodedMaterial(searchable=searchable)
    mine = [opened.me] if opened.me in chosen.authors else []
    sees = may_see_others(chosen, opened.me)
    others = [one.author for one in chosen.closings if one.author != opened.me and sees]
    works = {author: service.work(opened.study.id, chosen.number, author) for author in (*mine, *others)}
    spans = tuple(
        CodedSpan(one.text, one.begin, one.end, one.code, author)
        for author, work in works.items()
        for one in work.codings.all
        if one.text in texts
    )
    if not others:
        return CodedMaterial(works, spans, chosen.number, searchable)
    common = framework or Framework()
    agreed = consensus_work(
        *(works, common, opened.decisions, opened.themes.themes), round_number=chosen.number, texts=set(texts)
    )
    same = common.same_in({author: work.book for author, work in works.items()})
    return CodedMaterial(works, spans, chosen.number, searchable, agreed, same)


def code_name(opened: OpenStudy, material: CodedMaterial, author: str, code: Code) -> str:
    """Return a code's name, with whose it is where several people coded."""
    if len(material.works) < 2:
        return code.name
    return tr("{code} ({author})").format(code=code.name, author=wording.label_of(opened.study, author))


def place_of(opened: OpenStudy, text: str, begin: int) -> str:
    """Return where a passage is: Session 2 · Group reflects · R4."""
    return " · ".join(place_words(opened, text, begin))


def place_words(opened: OpenStudy, text: str, begin: int) -> tuple[str, ...]:
    """Return the session, the phase and the speaker of a passage, as far as they are known."""
    recording = RecordingId(text)
    name = next((one.name for one in opened.study.texts if one.recording == recording), "")
    approved = opened.texts.get(recording)
    if approved is None:
        return (name,)
    starts = phase_starts(opened, recording)
    turn = turn_at(approved, begin)
    who = turn.speaker if turn is not None else ""
    return tuple(word for word in (name, phase_of(approved, starts, begin), who) if word)


def phase_starts(opened: OpenStudy, recording: RecordingId) -> tuple[tuple[int, str], ...]:
    """Return when each phase of a text's session begins, in session milliseconds, with its label."""
    return tuple((round(one.at_s * 1000), one.label) for one in opened.phases.get(recording, ()))


def words_of(opened: OpenStudy, passage: FoundPassage) -> str:
    """Return the words of a passage, on one line."""
    approved = opened.texts.get(RecordingId(passage.text))
    return " ".join(approved.text[passage.begin : passage.end].split()) if approved is not None else ""
