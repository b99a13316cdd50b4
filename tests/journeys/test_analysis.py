"""The paper's study from end to end, in the shipped window.

Six sessions; a coder in the app, one by sealed file from a vault of their own, one in Word, and an independent one in
another program whose file comes late; three rounds with a framework; four themes with quotations; the report.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from clocks import WoundClock
from kept_sessions import GROUP, P1, P2
from paper_study import AGAIN, INDEPENDENT, LEAD, PARCEL, QUOTED, SESSIONS, THEMES, WORD
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit, QTableView
from real_window import opened, window_on
from study_vaults import Lab, approved_text
from vaults import make_vault
from word_copies import Copy, Note, word_file

from balint_desktop.domain.analysis.project import ProjectCode, ProjectCoder, ProjectCoding
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.refi_write import derived_guid, project_to_qdpx
from balint_desktop.domain.analysis.study import Approach, AuthorRole, MatterOutcome, Workplace
from balint_desktop.domain.analysis.word_copy import read_word_copy
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.log.studies import ParcelDirection
from balint_desktop.vault.studies import AnalysisStudies
from balint_desktop.vault.study_numbers import draw_numbers

__all__ = ["window_on"]
pytestmark = [pytest.mark.journey]


class Coder:
    """One person at the window on their own vault."""

    def __init__(self, window):
        self.window = window
        window.unlock()

    def open_study(self):
        """Open Analysis, and the one study that is there."""
        self.press("place-analysis", "analysis-open")
        return self

    @property
    def place(self):
        return self.window.desktop.shell.place(PlaceKey.ANALYSIS)

    def settle(self):
        self.window.wait("the work", lambda: not self.window.desktop.context.work.busy)
        self.window.live(0.03)

    def press(self, *names):
        for name in names:
            self.window.press(name)
            self.settle()

    def write(self, name, words):
        field = self.window.find(QPlainTextEdit, name)
        field.setFocus()
        field.setPlainText(words)

    def choose(self, name, value):
        """Choose in a list that knows its values, or by data."""
        box = next(w for w in self.place.findChildren(object, name) if hasattr(w, "currentIndex"))
        if hasattr(box, "choose"):
            box.choose(value)
        else:
            box.setCurrentIndex(box.findData(value))
        self.settle()

    def row(self, table, key):
        self.window.find(QTableView, table).choose(key)
        self.settle()

    # --- the study ---

    def create(self):
        self.press("analysis-new")
        self.window.type("study-name", "Being with distress")
        self.write("study-question", "What do students meet?")
        self.choose("study-approach", Approach.CODEBOOK)
        self.window.type("study-governance", "The Māori advisory group")
        self.window.type("study-label", "Lead")
        self.press("study-save")

    def add_author(self, label, role, workplace, key=""):
        self.press("study-author-add")
        self.window.type("author-label", label)
        self.choose("author-role", role)
        self.choose("author-workplace", workplace)
        if key:
            self.window.type("author-key", key)
        self.press("author-save")

    def author(self, label):
        return next(one.id for one in self.place.visit.opened.study.authors if one.label == label)

    def text(self, session):
        opened = self.place.visit.opened
        return opened.texts[opened.study.analysed[session - 1].recording].text

    # --- coding, by keys ---

    def code(self, passages):
        self.press("study-code")
        page = self.place.code_page
        for session in sorted({one.session for one in passages}):
            page.texts.setCurrentIndex(session - 1)
            self.settle()
            for one in passages:
                if one.session == session:
                    begin = self.text(session).index(one.words)
                    page.text.setFocus()
                    page.text.select((begin, begin + len(one.words)))
                    QTest.keyClicks(page.text, "k")
                    QTest.keyClicks(QApplication.focusWidget(), one.code)
                    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
                    if one.memo:
                        QTest.keyClicks(page.text, "m")
                        QTest.keyClicks(QApplication.focusWidget(), one.memo)
                        page.text.setFocus()
                    self.settle()
        self.press("code-close-round", "code-close-confirm-do")
        self.window.find_any("study-code")

    # --- files ---

    def send(self, label, path):
        """Send to a coder in the form that suits where they work: into a file, or into a folder."""
        page = self.place.files_page
        page.sending.ask_save = lambda *_: path
        page.sending.ask_folder = lambda *_: path
        self.row("files-coders", self.author(label))
        self.press("files-send-open", "files-send-do")

    def add(self, label, path):
        """Add a file that came from a coder."""
        self.place.files_page.ask_file = lambda *_: path
        self.row("files-coders", self.author(label))
        self.press("files-add")
        if self.window.sees("files-whose-do"):
            self.press("files-whose-do")

    def may_open(self):
        return self.place.files_page.open_button.isEnabled()

    def news(self):
        return self.window.reads("files-news")

    def take(self, label, *, late=False):
        """Take in every file that came from a coder and is not taken in yet."""
        page = self.place.files_page
        unknown = "Not known before it is opened"
        rows = [
            one
            for one in page._overview.rows
            if one.direction is ParcelDirection.IN
            and page._came_row(page._opened, one).cells[1].words in (label, unknown)
        ]
        for one in rows:
            self.row("files-came", one.id)
            if not page.open_button.isEnabled():
                continue
            self.press("files-open")
            if self.window.sees("word-take"):
                self.press("word-take")
            if self.window.sees("files-late-take"):
                assert late
                self.press("files-late-take")

    # --- agreeing ---

    def decide(self, matter, outcome, reason=""):
        matters = self.window.find(QListWidget, "compare-matters")
        matters.setCurrentRow(next(at for at in range(matters.count()) if matter in matters.item(at).text()))
        self.press("compare-decide")
        form = self.place.compare_page.form
        values = [value for value in form.outcome._values if value[0] is outcome]
        form.outcome.choose(values[0])
        if reason:
            self.write("decision-reason", reason)
        for tick in form.agreed.values():
            tick.setChecked(True)
        self.press("decision-save")

    def frame(self):
        """Draw every code of the lead's into the framework, with a reason for the first, and fix it."""
        self.press("compare-show-framework")
        self.window.type("framework-reason", "Said in every session")
        view = self.place.compare_page.framework
        for row in range(view.theirs.count()):
            view.theirs.setCurrentRow(row)
            if view.draw_button.isEnabled() and view._theirs[row][0] == self.author("Lead"):
                QTest.keyClick(view.theirs, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
                self.settle()
        self.fix(1)

    def fix(self, number):
        self.press("compare-show-framework")
        view = self.place.compare_page.framework
        if number > 1:
            self.write("framework-definition", f"As it was used in round {number}")
            self.press("compare-show-matters", "compare-show-framework")
        self.press("framework-fix", "framework-fix-confirm-do")
        assert f"ersion {number}" in view.versions.text()

    def open_next(self, number, who):
        self.press("study-round-open")
        form = self.place.round_form
        for one, tick in form.coders.items():
            tick.setChecked(one in [self.author(label) for label in who])
        assert form.codes.value() == number - 1
        self.press("round-open")

    def theme(self, name, idea, passage):
        self.press("themes-show-themes", "themes-new")
        self.window.type("theme-name", name)
        self.write("theme-idea", idea)
        self.place.themes_page.form.commit()
        self.press("themes-show-passages")
        view = self.place.themes_page.passages
        view.query.typed.setFocus()
        view.query.typed.setText(passage.words)
        QTest.keyClick(view.query.typed, Qt.Key.Key_Return)
        self.window.wait("the passage", lambda: view.list.count() == 1)
        self.press("passage-quote")
        theme = view.form.theme
        theme.setCurrentIndex(next(at for at in range(theme.count()) if theme.itemText(at) == name))
        self.press("quotation-save")

    def report(self, path):
        self.press("study-report")
        page = self.place.report_page
        page._deps = replace(page._deps, ask=lambda *_: path)
        self.press("report-export")
        self.window.wait("the report", path.exists)
        return path


@pytest.fixture
def world(tmp_path):
    """Six approved texts of a group that agreed to everything, and an empty vault of a coder elsewhere."""
    lab = Lab(tmp_path / "lead", sessions=6, clock=WoundClock())
    numbers = draw_numbers(lab.vault, GROUP, (P1, P2))
    odd, even = numbers.label(P1), numbers.label(P2)
    for recording, lines in zip(lab.recordings, SESSIONS, strict=True):
        said = [(who if who == "Facilitator" else odd if int(who[1:]) % 2 else even, words) for who, words in lines]
        lab.approve(recording, approved_text(said))
    lab.vault.close()
    elsewhere = make_vault(tmp_path / "two" / "vault")
    vault = elsewhere.open()
    key = vault.recipient
    vault.close()
    return lab, tmp_path / "two", key


def test_the_study_of_the_paper(window_on, world, tmp_path):
    lab, elsewhere, key = world
    files = tmp_path / "files"
    files.mkdir()
    lead = Coder(window_on(lab.data))
    set_up_and_send(lead, files, key)
    copies = commented(files)
    lead.window.close()
    sealed = in_their_vault(window_on, elsewhere, files / "1.balint-coding", PARCEL)

    lead = Coder(window_on(lab.data)).open_study()
    code_blind(lead, copies, sealed)
    agree(lead)
    take_late(lead, independent(files / "texts.qdpx"))
    for round_of in ((2, AGAIN), (3, AGAIN[:1])):
        lead = another_round(lead, window_on, round_of, files, elsewhere)

    lead.press("study-themes")
    for (name, idea), passage in zip(THEMES, QUOTED, strict=True):
        lead.theme(name, idea, passage)
    lead.press("themes-back")
    report = lead.report(files / "report.docx")
    lead.window.close()

    with opened(lab) as vault:
        look_at(vault)
    words = text_of(report)
    said = [*(part for theme in THEMES for part in theme), *(passage.words for passage in QUOTED)]
    assert [one for one in said if one not in words] == []
    assert "round 3" in words.casefold()


def set_up_and_send(lead, files, key):
    """Set up the study, open its first round, and send each coder what they work with."""
    lead.press("place-analysis")
    lead.create()
    lead.press("study-set-up")
    lead.add_author("Coder 2", AuthorRole.TEAM, Workplace.VAULT, key)
    lead.add_author("Coder 3", AuthorRole.TEAM, Workplace.WORD)
    lead.add_author("Independent", AuthorRole.INDEPENDENT, Workplace.PROGRAM)
    lead.press("study-set-up-back", "study-round-open", "round-open")
    lead.press("study-files")
    lead.send("Coder 2", files / "1.balint-coding")
    lead.send("Coder 3", files)
    lead.send("Independent", files / "texts.qdpx")


def code_blind(lead, copies, sealed):
    """Keep what came unopened until one's own round is closed, then take it in."""
    lead.press("study-files")
    for copy in copies:
        lead.add("Coder 3", copy)
    lead.add("Coder 2", sealed)
    assert not lead.may_open()
    assert lead.news() == "The file is kept, sealed. It is opened after you close your own round."
    lead.press("files-back")
    lead.code(LEAD)
    lead.press("study-files")
    assert lead.may_open()
    for label in ("Coder 2", "Coder 3"):
        lead.take(label)
    lead.press("files-back")


def agree(lead):
    """Compare, decide with a reason, and fix the first framework."""
    lead.press("study-compare")
    lead.decide("Toughen up", MatterOutcome.BOTH_STAND, "Two sides of one thing")
    lead.frame()
    lead.press("compare-back")


def take_late(lead, path):
    """Take in a file that comes after comparison has begun: decisions stand, and what differs is new."""
    lead.press("study-files")
    lead.add("Independent", path)
    lead.take("Independent", late=True)
    lead.press("files-back")


def another_round(lead, window_on, round_of, files, elsewhere):
    """Code with the framework, the lead and coder 2 alone, and fix its next version; return the lead's new window."""
    (number, codes), data = round_of, lead.window.data
    parcel = files / f"{number}.balint-coding"
    lead.open_next(number, ("Lead", "Coder 2"))
    lead.press("study-files")
    lead.send("Coder 2", parcel)
    lead.press("files-back")
    lead.window.close()
    sealed = in_their_vault(window_on, elsewhere, parcel, codes)
    lead = Coder(window_on(data)).open_study()
    lead.code(codes)
    lead.press("study-files")
    lead.add("Coder 2", sealed)
    lead.take("Coder 2")
    lead.press("files-back", "study-compare")
    lead.fix(number)
    lead.press("compare-back")
    return lead


def commented(folder):
    """Comment on the copies in Word, as coder 3 does, and return those with a comment."""
    found = []
    for path in sorted(folder.glob("*.docx")):
        notes = tuple(
            Note(one.words, f"{one.code}: {one.memo}" if one.memo else one.code, by="Coder 3")
            for one in WORD
            if one.words in text_of(path)
        )
        if notes:
            made = path.with_name(f"back-{path.name}")
            made.write_bytes(word_file(Copy(text_of(path), notes)))
            found.append(made)
    return found


def text_of(path):
    """Return the text of a Word copy, as any program reads it."""
    return read_word_copy(path.read_bytes()).text


def in_their_vault(window_on, data, parcel, passages):
    """Code a round in a vault of one's own, and return the file that goes back."""
    window = window_on(data)
    coder = Coder(window)
    drop(window.desktop.shell, parcel)
    coder.window.find_any("study-code")
    coder.settle()
    coder.code(passages)
    coder.press("study-files")
    back = parcel.with_suffix(".balint-codes")
    coder.place.files_page.ask_save = lambda *_: back
    coder.press("files-return")
    window.close()
    return back


def independent(path):
    """Code the texts of a project in another program, whose file has one coder; return it."""
    texts = read_qdpx(path.read_bytes())
    me = ProjectCoder(derived_guid("test", "independent"), "Independent")
    codes = {one.code: ProjectCode(derived_guid("test", one.code), one.code) for one in INDEPENDENT}
    codings = []
    for one in INDEPENDENT:
        source = texts.sources[one.session - 1]
        begin = source.text.index(one.words)
        span = (begin, begin + len(one.words))
        codings.append(
            ProjectCoding(
                *(derived_guid("test", one.words), source.guid, *span, codes[one.code].guid, me.guid),
                created="2026-11-29T09:00:00Z",
                quoted=one.words,
            )
        )
    project = replace(
        *(texts,), coders=(me,), codes=tuple(codes.values()), codings=tuple(codings), notes=(), writer=me.guid
    )
    made = path.with_name("independent.qdpx")
    made.write_bytes(project_to_qdpx(project))
    return made


def drop(shell, path):
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPointF(9, 9).toPoint(), *args)
    entered.ignore()
    QApplication.sendEvent(shell, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(shell, QDropEvent(QPointF(9, 9), *args))


def look_at(vault):
    """Look at what the vault has at the end: rounds, codings, order, decisions, themes."""
    studies = AnalysisStudies(vault, VaultTexts(vault), lambda number: f"Session {number}")
    ((study, rounds, me),) = studies.contents_in_short()
    contents = studies.open(study.id)
    label = {one.id: one.label for one in study.authors}
    assert [len(one.authors) for one in rounds] == [4, 2, 2]
    assert all(one.has_closed(me) for one in rounds)
    by_label = {label[one]: studies.work(study.id, 1, one) for one in rounds[0].authors}
    for who, passages in (("Lead", LEAD), ("Coder 2", PARCEL), ("Coder 3", WORD), ("Independent", INDEPENDENT)):
        names = {code.guid: code.name for code in by_label[who].book.codes}
        texts = {one.recording: contents.texts[one.recording].text for one in study.texts}
        coded = {
            (names[one.code], texts[one.text][one.begin : one.end].rstrip(".,;")) for one in by_label[who].codings.all
        }
        assert coded == {(one.code, one.words) for one in passages}, who
    # What others coded was opened after one's own closing, in each round.
    for one in rounds:
        mine = next(closing.wall for closing in one.closings if closing.author == me)
        assert all(opening.wall >= mine for opening in studies.openings(study.id) if opening.round == one.number)
    assert {opening.round for opening in studies.openings(study.id)} == {1, 2, 3}
    assert len(contents.decisions) == 1
    assert [one.name for one in contents.themes.themes] == [name for name, _ in THEMES]
    assert len(contents.themes.quotations) == len(THEMES)
    assert len(studies.framework(study.id).versions) == 3
    assert vault.log.audit.broken_at() is None
