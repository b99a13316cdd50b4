"""The place *Analysis*: which page of which study is shown, and how one comes from each to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.study import StudyText
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text.lists import listed
from balint_desktop.ui.analysis.code_page import CodePage
from balint_desktop.ui.analysis.coding_flow import CodingFlow
from balint_desktop.ui.analysis.compare_page import ComparePage
from balint_desktop.ui.analysis.copies_flow import WORD_PAGE, CommentsFlow, PaperFlow, WordFlow
from balint_desktop.ui.analysis.deps import AnalysisDeps, OpenStudy, StudyRow
from balint_desktop.ui.analysis.files_flow import FilesFlow
from balint_desktop.ui.analysis.files_page import FilesPage
from balint_desktop.ui.analysis.paper_form import PaperForm
from balint_desktop.ui.analysis.read_page import ReadPage
from balint_desktop.ui.analysis.report_page import ReportPage
from balint_desktop.ui.analysis.results_flows import CompareFlow, ReportFlow, ThemesFlow
from balint_desktop.ui.analysis.round_form import RoundForm
from balint_desktop.ui.analysis.rounds_flow import RoundsFlow
from balint_desktop.ui.analysis.set_up_page import SetUpPage
from balint_desktop.ui.analysis.studies_list import StudiesList
from balint_desktop.ui.analysis.study_page import StudyPage
from balint_desktop.ui.analysis.themes_page import ThemesPage
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.analysis.word_form import WordForm
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.vault.coding_admission import Arrival

_OF_WHO_LEADS = frozenset({"compare", "report", "round", "paper"})
"""Pages that a coder's own vault has not: nobody else's coding is there, and rounds are opened where it came from."""


class AnalysisPlace(Place):
    """Lists the studies and opens one in memory; what is done in it is saved at each step.

    Each page is opened by a flow, which reads what it shows; the flows share the `visit`: the study that is open.
    """

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__("analysis", tr("Analysis"), scrolls=False)
        self._deps, self._messages = deps, messages
        self._pages = Pages()
        self.visit = StudyVisit(work, messages, self._pages)
        self._available: tuple[StudyText, ...] = ()
        self.studies = StudiesList(has_files=deps.files is not None)
        self.study_page = StudyPage(
            has_reports=deps.reports is not None,
            has_comments=deps.files is not None and deps.copies is not None,
        )
        self.set_up = SetUpPage(deps, self.visit, messages)
        self.read_page = ReadPage(deps, work, messages)
        self.code_page = CodePage(deps, work, messages)
        self.themes_page = ThemesPage(deps, work, messages)
        self.compare_page = ComparePage(deps, work, messages)
        self.report_page = ReportPage(deps, work, messages)
        self.files_page = FilesPage(deps, work, messages)
        self.word_form = WordForm(deps.drafts, work)
        self.paper_form = PaperForm(deps.drafts, work)
        self.round_form = RoundForm(deps.now, deps.drafts)
        self._build_areas()
        self.coding = CodingFlow(deps, self.visit, messages, self.read_page, self.code_page)
        self.rounds = RoundsFlow(deps, self.visit, messages, self.round_form, self._round)
        self.themes = ThemesFlow(deps, self.visit, messages, self.themes_page, self.coding)
        self.compare = CompareFlow(deps, self.visit, messages, self.compare_page)
        self.report = ReportFlow(deps, self.visit, messages, self.report_page, self._report)
        self.files = FilesFlow(deps, self.visit, messages, self.files_page, self._coding_files)
        self.word = WordFlow(deps, self.visit, messages, self.word_form, area=self._word, files=self.files)
        self.paper = PaperFlow(deps, self.visit, messages, self.paper_form, area=self._paper, files=self.files)
        self.comments = CommentsFlow(deps, self.visit, messages, self.study_page.whose, self.word)
        # The pages of a study by their names, but for its texts and Word copies.
        self._ways: dict[str, Callable[[], None]] = {
            "code": self.coding.code,
            "themes": self.themes.open,
            "compare": self.compare.open,
            "report": self.report.open,
            "files": self.files.open,
            "paper": self.paper.open,
            "round": self.rounds.show_form,
            "set-up": self._show_set_up,
        }
        self._connect()

    def _build_areas(self) -> None:
        """Put each page where it is shown; those that do not scroll on their own get an area that does."""

        def area(page: QWidget, name: str, words: str) -> PageArea:
            return PageArea(page, f"{name}-scroll", words, inner=True)

        self._list = area(self.studies, "analysis", tr("Analysis"))
        self._study = area(self.study_page, "study", tr("Study"))
        self._coding_files = area(self.files_page, "files", tr("Coding files"))
        self._set_up = area(narrow(self.set_up, READABLE), "study-set-up", tr("Set up"))
        self._report = area(narrow(self.report_page, READABLE), "report", tr("Report"))
        self._word = area(narrow(self.word_form, READABLE), "word", tr("Word copy"))
        self._paper = area(narrow(self.paper_form, READABLE), "paper", tr("Type from paper"))
        self._round = area(narrow(self.round_form, READABLE), "study-round", tr("Open a round"))
        for page in (
            *(self._list, self._study, self._set_up, self._coding_files, self._word, self._paper, self._round),
            *(self.read_page, self.code_page, self.themes_page, self.compare_page, self._report),
        ):
            self._pages.add(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.studies.asked.connect(self.show_study)
        self.studies.new_asked.connect(self._on_new)
        self.studies.leave_out_asked.connect(self._on_leave_out)
        self.studies.import_asked.connect(self._on_import)
        page = self.study_page
        page.back.connect(self._show_list)
        page.read_asked.connect(self.coding.read)
        page.code_asked.connect(self.coding.code)
        page.themes_asked.connect(self.themes.open)
        page.compare_asked.connect(self.compare.open)
        page.report_asked.connect(self.report.open)
        page.files_asked.connect(self.files.open)
        page.comments_asked.connect(self._on_comments)
        page.set_up_asked.connect(self._show_set_up)
        page.round_asked.connect(self.rounds.show_form)
        page.discard_asked.connect(self._on_discard_round)
        self.set_up.back.connect(self._show_study)
        self.set_up.destroyed_study.connect(self._show_list)
        self.round_form.cancelled.connect(self._show_study)
        for flow in (self.coding, self.rounds):
            flow.study_changed.connect(self._show_opened)
        for left in (self.coding.left, self.compare.left, self.report.left, self.files.left):
            left.connect(self._on_left)
        self.themes.left.connect(self._reopen)
        for copy in (self.word, self.paper):
            copy.left.connect(self._on_copy_left)
        self.files_page.word_asked.connect(self.word.open)
        self.files_page.paper_asked.connect(self.paper.open)
        self.files_page.typed_asked.connect(self._on_typed)
        self.files.study_asked.connect(self.open_page)
        self.files.study_page_asked.connect(self._show_study)

    # --- place ---

    def enter_view(self) -> None:
        """Refresh the list, or open again what was open. What could not be saved is still on its page."""
        pages = (self.code_page, self.themes_page, self.compare_page, self.report_page)
        if any(page.opened is not None for page in pages):
            return
        study, page = self.visit.resume_at
        self.visit.drop_results()
        if study:
            self._open(study, page)
        else:
            self._refresh()

    def leave_view(self) -> None:
        """Save and close the study. What cannot be saved stays on its page, and is tried again."""
        self.visit.drop_results()
        with self._messages.attempt():
            self._leave_pages()
            self.visit.opened = None
            self.visit.show(self._list)

    def _leave_pages(self) -> None:
        """Save what is typed on any page. Raise Trouble where that cannot be."""
        for page in (
            *(self.set_up, self.read_page, self.code_page),
            *(self.themes_page, self.compare_page, self.report_page),
            *(self.files_page, self.word_form, self.paper_form, self.round_form),
        ):
            page.leave()

    def first_focus(self) -> QWidget | None:
        """Return what is first on the page that is shown."""
        of_pages: dict[QWidget | None, Callable[[], QWidget]] = {
            self._list: self.studies.first_focus,
            self.code_page: lambda: self.code_page.text,
            self.read_page: lambda: self.read_page.text,
            self._study: self.study_page.first_focus,
            self._coding_files: self.files_page.first_focus,
            self._word: self.word_form.first_field,
            self._paper: self.paper_form.first_field,
            self._report: self.report_page.first_focus,
        }
        page = self._pages.current()
        return of_pages[page]() if page in of_pages else None

    # --- the list ---

    def _refresh(self) -> None:
        with self._messages.attempt():
            service = self._deps.service()
            self.visit.run(lambda: (service.list(), service.available()), self._on_listed)

    def _on_listed(self, found: tuple[tuple[StudyRow, ...], tuple[StudyText, ...]]) -> None:
        rows, self._available = found
        self.studies.show_rows(rows)

    def _show_list(self) -> None:
        self.visit.end()
        self.studies.leave_out.dismiss()
        self.visit.show(self._list)
        self._refresh()
        self.studies.table.setFocus()

    def _on_new(self) -> None:
        self._messages.begin_act()
        self.visit.opened = None
        with self._messages.attempt():
            self.set_up.show_new(self._available)
            self.visit.show(self._set_up)
            self.set_up.form.name.setFocus()

    # --- a study ---

    def show_study(self, study: str) -> None:
        """Open a study."""
        self.open_page(study, "")

    def open_page(self, study: str, page: str) -> None:
        """Open a study at one of its pages: read, code, themes, compare, round, files, paper, report, set-up, its own.

        “word:” with a file after it is a Word copy that came; the recording of a text is that text.
        """
        self._messages.begin_act()
        self._open(study, page)

    def turn_to(self, page: str) -> None:
        """Show another page of the study that is open, as where a name is that kept a file here."""
        study, _ = self.visit.resume_at
        if study:
            with self._messages.act():
                self._leave_pages()
                self._open(study, page)

    def _open(self, study: str, page: str) -> None:
        # What is still being opened is not shown any more.
        self.visit.drop_results()

        def show(opened: OpenStudy) -> None:
            self._show_opened(opened, page)

        with self._messages.attempt():
            service = self._deps.service()
            self.visit.run(lambda: service.open(study), show, partial(self._on_open_failed, study))

    def _show_opened(self, opened: OpenStudy, page: str) -> None:
        """Show a page of a study as it was just read; its own page where it has no such page."""
        self.visit.begin(opened)
        self.study_page.show_study(opened)
        if page in self._ways and not (opened.is_guest and page in _OF_WHO_LEADS):
            self._ways[page]()
        elif page.startswith(WORD_PAGE):
            self.word.open(page.removeprefix(WORD_PAGE))
        elif page == "read" and opened.study.analysed:
            self.coding.read(opened.study.analysed[0].recording)
        elif page in opened.texts:
            self.coding.read(page)
        else:
            self.visit.show(self._study)
            self.study_page.first_focus().setFocus()
            self.visit.announce_pending()

    def _on_open_failed(self, study: str, trouble: Trouble) -> None:
        self._show_list()
        self._messages.trouble(trouble)
        if trouble.code is TroubleCode.STUDY_TEXT_CLOSED:
            self.studies.ask_to_leave_out(study)

    def _on_leave_out(self, study: str) -> None:
        def done(names: tuple[str, ...]) -> None:
            self._messages.inform(tr("{sessions} left out of the analysis.").format(sessions=listed(list(names))))
            self._open(study, "")

        with self._messages.act():
            service = self._deps.service()
            self.visit.run(lambda: service.leave_out_closed(study), done)

    def _show_study(self) -> None:
        """Go back to the study, or to the list where there is none."""
        opened = self.visit.opened
        if opened is None:
            self._show_list()
            return
        self.set_up.leave()
        self.visit.turn_to("")
        self.study_page.show_study(opened)
        self.visit.show(self._study)
        self.study_page.first_focus().setFocus()

    def _show_set_up(self) -> None:
        opened = self.visit.opened
        if opened is None:
            return
        self.visit.turn_to("set-up")
        with self._messages.attempt():
            self.set_up.show_study(opened)
            self.visit.show(self._set_up)
            self.set_up.first_focus().setFocus()

    def _reopen(self, page: str) -> None:
        """Read the study anew, and show a page of it: the one before may have changed it."""
        self._messages.begin_act()
        if self.visit.opened is not None:
            self._open(self.visit.opened.study.id, page)

    def _on_left(self) -> None:
        self._reopen("")

    def _on_copy_left(self) -> None:
        self._reopen("files" if self.visit.has_rounds else "")

    def _on_discard_round(self) -> None:
        self.rounds.discard(self.study_page.discard_button)

    # --- files ---

    def _on_comments(self) -> None:
        self.comments.ask(self)

    def _on_typed(self, file: str, late: Arrival) -> None:
        self.paper.admit_typed(self.files_page, file, late)

    def _on_import(self) -> None:
        self.files.ask_import(self)

    @property
    def takes_any_file(self) -> bool:
        """Whether a file of another program can be added: the coding files of a study are shown."""
        return self.files.is_shown

    def import_file(self, path: Path) -> None:
        """Take a file that came: to the study whose coding files are shown, or to the one that it is sealed to."""
        self.files.import_file(path)
