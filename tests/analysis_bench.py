"""A study to analyse in memory: three texts, three authors, and a service that a test controls."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.analysis.coding import Codings
from balint_desktop.domain.analysis.framework import FixedFramework, Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    Author,
    AuthorRole,
    CodingRound,
    RoundClosing,
    RoundKind,
    StudyText,
    ThemeWork,
    Workplace,
    may_see_others,
)
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.analysis.copy_deps import TakenCopy
from balint_desktop.ui.analysis.deps import AnalysisDeps, OpenStudy, ReportOffer, StatedOnce, StudyRow
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import ArrivedFile, FilesOverview
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, ParcelDirection, author_mark

WALL = 1_790_000_000.0
FIRST, SECOND, THIRD = (RecordingId(f"recording-{n}") for n in (1, 2, 3))
PHASES = (PhaseMark("Presenting the case", 0.0), PhaseMark("Group reflects", 100.0))
_SPOKEN = (
    ("R1", 10, "She would not look at me. I felt small in that room."),
    ("F", 60, "What was it like to stand there?"),
    ("R2", 110, "It made me angry. With the registrar, and then with her. I know she was only tired."),
    ("", 140, "[silence, 14 s]"),
    ("R4", 160, "I would have felt very out of depth."),
    ("F", 200, "We’ll stop there. Thank you."),
)


def approved(spoken=_SPOKEN):
    """Return an approved text of turns: who, when in seconds, and the words."""
    pieces, turns, at = [], [], 0
    for who, at_s, words in spoken:
        line = f"{who}: {words}" if who else words
        turns.append(ApprovedTurn(at, at + len(line), who, at_s * 1000, at_s * 1000 + 9000))
        pieces.append(line)
        at += len(line) + 2
    return ApprovedText(1, "\n\n".join(pieces), tuple(turns))


def long_text(characters=55_000):
    """Return a text as long as a session."""
    spoken, length, at_s = [], 0, 0
    words = "I keep thinking of the way she held the cup, and that nobody came in, and I said that it was fine. " * 4
    while length < characters:
        at_s += 30
        spoken.append((f"R{1 + at_s // 30 % 6}", at_s, words.strip()))
        length += len(words) + 5
    return approved(spoken)


TEXT = approved()
TEXTS = tuple(
    StudyText(recording, f"Session {n}", n, kind, 1, TEXT.sha256)
    for recording, n, kind in (
        (FIRST, 1, SessionKind.CASE),
        (SECOND, 2, SessionKind.CASE),
        (THIRD, 3, SessionKind.EVALUATION),
    )
)
ME, OTHER, OUTSIDE = "author-1", "author-2", "author-3"
STUDY = AnalysisStudy(
    "study-1",
    "Being with distress",
    "What do students meet in a Balint group?",
    Approach.CODEBOOK,
    "Te Whare Wānanga’s Māori research committee",
    TEXTS[:2],
    (
        Author(ME, "Coder 1", positionality="Led the group", led_group=True),
        Author(OTHER, "Coder 2", workplace=Workplace.WORD),
        Author(OUTSIDE, "Independent", AuthorRole.INDEPENDENT, Workplace.PROGRAM),
    ),
)
ROUND = CodingRound(1, RoundKind.OPEN, WALL, (ME, OTHER, OUTSIDE))


class FakeAnalysis:
    """A service over memory. `trouble` is raised by the next calls; `asked` lists what was asked, in order."""

    def __init__(self, study=STUDY, texts=None, rounds=(ROUND,), works=None, available=TEXTS, *, is_guest=False):
        self.study = study
        self.texts = texts or dict.fromkeys((one.recording for one in TEXTS), TEXT)
        self.rounds, self.works = tuple(rounds), dict(works or {})
        self.memos, self.meetings, self.decisions = (), (), ()
        self.themes = ThemeWork()
        self.withdrawn, self.is_guest = (), is_guest
        self.opened_others = ()
        self._available = available
        self.trouble = None
        self.asked = []

    def _ask(self, name, *args):
        self.asked.append((name, *args))
        if self.trouble is not None:
            raise self.trouble

    def list(self):
        self._ask("list")
        if self.study is None:
            return ()
        return (StudyRow(self.study.id, self.study.name, len(self.study.texts), len(self.study.authors), "Code"),)

    def available(self):
        self._ask("available")
        return self._available

    def create(self, study, me):
        self._ask("create", study, me)
        self.study, self.rounds = study, ()
        return self.open(study.id)

    def open(self, study):
        self._ask("open", study)
        return OpenStudy(
            self.study,
            ME if any(one.id == ME for one in self.study.authors) else self.study.authors[0].id,
            {one.recording: self.texts[one.recording] for one in self.study.texts},
            rounds=self.rounds,
            memos=self.memos,
            meetings=self.meetings,
            decisions=self.decisions,
            themes=self.themes,
            available=self._available,
            phases=dict.fromkeys(self.texts, PHASES),
            withdrawn=self.withdrawn,
            is_guest=self.is_guest,
        )

    def save_study(self, study):
        self._ask("save_study", study)
        self.study = study

    def leave_out_closed(self, study):
        self.trouble = None
        self._ask("leave_out_closed", study)
        return ("Session 1",)

    def destroy(self, study):
        self._ask("destroy", study)
        self.study = None

    def add_memo(self, study, memo):
        self._ask("add_memo", memo)
        self.memos = (*self.memos, memo)

    def open_round(self, study, coding_round):
        self._ask("open_round", coding_round)
        self.rounds = (*self.rounds, coding_round)

    def discard_round(self, study, round_number):
        self._ask("discard_round", round_number)
        self.rounds = self.rounds[:-1]

    def work(self, study, round_number, author):
        self._ask("work", round_number, author)
        coding_round = next(one for one in self.rounds if one.number == round_number)
        if author != ME and not may_see_others(coding_round, ME):
            raise Trouble(TroubleCode.ANALYSIS_NOT_AGREED)
        return self.works.get((round_number, author), CoderWork())

    def save_work(self, study, round_number, author, work):
        self._ask("save_work", work)
        self.works[round_number, author] = work

    def openings(self, study):
        self._ask("openings")
        return self.opened_others

    def close_round(self, study, round_number, author):
        self._ask("close_round", round_number, author)
        closing = RoundClosing(author, WALL, "0" * 64)
        self.rounds = tuple(
            replace(one, closings=(*one.closings, closing)) if one.number == round_number else one
            for one in self.rounds
        )
        return next(one for one in self.rounds if one.number == round_number)

    def save_themes(self, study, themes):
        self._ask("save_themes", themes)
        self.themes = themes

    def add_decisions(self, study, meeting, decisions):
        self._ask("add_decisions", meeting, tuple(decisions))
        self.meetings = (*(one for one in self.meetings if one.id != meeting.id), meeting)
        self.decisions = (*self.decisions, *decisions)


def deps(service, **changed):
    """Return dependencies over a fake service."""
    made = AnalysisDeps(lambda: service, lambda: WALL, lambda _study, _text, _begin, _end: True)
    return replace(made, **changed)


def work_of(*codings, names=("Anger", "Safety", "Being small")):
    """Return the work of a coder with a few codes and these codings."""
    work = CoderWork()
    book = work.book
    for name in names:
        book = book.with_code(f"code-{name}", name)
    found = Codings()
    for one in codings:
        found = found.given(one)
    return CoderWork(book, found)


class FakeReports:
    """What is exported of a study, in memory: `written` lists the files, `copied` what was let out to the clipboard."""

    def __init__(self, purposes=(Purpose.ANALYSIS, Purpose.SHARING), refused=None, stated=None):
        self.purposes, self.refused = purposes, refused
        self.stated = stated or StatedOnce()
        self.trouble = None
        self.written, self.copied, self.offered = [], [], []

    def offer(self, study, *, with_figures=False):
        self.offered.append(with_figures)
        if self.refused is not None:
            return ReportOffer(stated=self.stated, refused=self.refused)
        figures = "Agreement was measured." if with_figures else "No figure was calculated."
        words = f"The de-identified transcripts of 2 sessions were analysed. {figures}"
        return ReportOffer(self.purposes, words, self.stated)

    def save_stated(self, study, stated):
        self.stated = stated

    def pass_door(self, study, purpose, words):
        if self.trouble is not None:
            raise self.trouble
        self.copied.append((purpose, words))

    def export_file(self, study, which, purpose, path, *, with_figures=False):
        if self.trouble is not None:
            raise self.trouble
        self.written.append((which, purpose, path.name, with_figures))

    def export_project(self, study, purpose, path):
        if self.trouble is not None:
            raise self.trouble
        self.written.append(("project", purpose, path.name, False))


class FakeFrameworks:
    """A framework in memory."""

    def __init__(self, framework=None):
        self.now = framework or Framework()

    def framework(self, study):
        return self.now

    def save_framework(self, study, framework):
        self.now = framework

    def fix_framework(self, study):
        version = FixedFramework(len(self.now.versions) + 1, WALL, self.now.book)
        self.now = replace(self.now, versions=(*self.now.versions, version))
        return self.now


class FakeFiles:
    """Coding files in memory. `asked` lists what was asked; `trouble` is raised by the next calls.

    `opens` is what opening a file answers, the last of them again and again.
    """

    def __init__(self, rows=(), taken=None, *, is_guest=False, opens=(), arrives=None):
        self.rows, self.taken, self.is_guest = list(rows), dict(taken or {}), is_guest
        self.opens, self.arrives = list(opens), arrives
        self.trouble = None
        self.asked = []

    def _ask(self, name, *args):
        self.asked.append((name, *args))
        if self.trouble is not None:
            raise self.trouble

    def overview(self, study):
        return FilesOverview(tuple(self.rows), self.taken, self.is_guest)

    def write_parcel(self, who, path):
        self._ask("write_parcel", who, path)
        self.rows.append(coding_file("sent", who.author, who.round, ParcelDirection.OUT))

    def export_word(self, who, folder):
        self._ask("export_word", who, folder)
        return 2

    def export_project(self, who, path, *, with_framework):
        self._ask("export_project", who, path, with_framework)

    def lines_to_print(self, who):
        self._ask("lines_to_print", who)
        return STUDY, "<h1>lines</h1>"

    def note_printed(self, who, html):
        self._ask("note_printed", who, html)

    def arrive(self, path):
        self._ask("arrive", path)
        if self.arrives is not None:
            return self.arrives
        row = coding_file("arrived", None, None)
        self.rows.append(row)
        return ArrivedFile(STUDY.id, row)

    def receive_file(self, study, path, kind, who):
        self._ask("receive_file", path, kind, who)
        self.rows.append(coding_file("added", who.author, who.round, kind=kind))

    def receive_comments(self, study, path, author):
        self._ask("receive_comments", path, author)
        return "comments-1"

    def open_file(self, study, file, *, name_in_file, late):
        self._ask("open_file", file, name_in_file, late)
        return self.opens.pop(0) if len(self.opens) > 1 else self.opens[0]

    def export_back(self, study, round_number, path):
        self._ask("export_back", round_number, path)
        self.rows.append(coding_file("back", ME, round_number, ParcelDirection.OUT))


def coding_file(
    key, author, number, direction=ParcelDirection.IN, kind=CodingFileKind.PARCEL, *, wall=WALL, opened_wall=None
):
    """Return a row of a coding file of the study."""
    mark = None if author is None else author_mark(STUDY.id, author)
    return CodingFileRow(
        *(key, STUDY.id, direction, kind, mark, number), sha256="0" * 64, wall=wall, opened_wall=opened_wall
    )


class FakeCopies:
    """Copies in memory: `received` is what opening gives, `taken` what taking in gives, one after the other."""

    def __init__(self, received=None, *taken):
        self.received, self.trouble, self.asked = received, None, []
        self._taken = list(taken)

    def _ask(self, name, *args):
        self.asked.append((name, *args))
        if self.trouble is not None:
            raise self.trouble

    def _next(self):
        return self._taken.pop(0) if self._taken else TakenCopy(1, 0)

    def read_copy(self, study, file):
        self._ask("read_copy", file)
        return self.received

    def admit_copy(self, study, received, meaning, late=Arrival.LATE):
        self._ask("admit_copy", meaning, late)
        return self._next()

    def require_others_open(self, study, round_number):
        self._ask("require_others_open", round_number)

    def admit_typed(self, study, author, round_number, paper):
        self._ask("admit_typed", author, round_number, paper)
        return self._next()

    def admit_paper(self, study, file, late=Arrival.LATE):
        self._ask("admit_paper", file, late)
        return self._next()


def opened(analysis, settle, service=None, **changed):
    """Return the place with the study of the bench open, over the fixtures of that name."""
    place = analysis(service, **changed)
    place.show_study("study-1")
    settle()
    return place


def current(place):
    """Return the page of the place that is shown."""
    return place._pages.current()


def close_round(place, settle):
    """Close one's own round on the page where one codes."""
    place.study_page.code_button.click()
    settle()
    place.code_page.close_button.click()
    place.code_page.confirm.do_button.click()
    settle()
