"""The place *Analysis*: studies, and in each: set up, read, code, compare, themes, report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import AnalysisStudy, AuthorRole, CodingRound, RoundKind, StudyText
from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.coder_export import WORD_ENDING
from balint_desktop.ui.analysis.authors_box import AuthorsBox
from balint_desktop.ui.analysis.code_page import CodePage
from balint_desktop.ui.analysis.compare_page import Compared, ComparePage, read_compared
from balint_desktop.ui.analysis.copy_deps import ReceivedCopy, TakenCopy
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy, ReportOffer, StudyRow
from balint_desktop.ui.analysis.files_page import FilesPage, coding_file_kinds, is_coding_file, other_file_words
from balint_desktop.ui.analysis.material import CodedMaterial, read_material
from balint_desktop.ui.analysis.paper_form import PaperForm, open_rounds
from balint_desktop.ui.analysis.read_page import ReadPage
from balint_desktop.ui.analysis.report_page import ReportPage
from balint_desktop.ui.analysis.round_form import RoundAsked, RoundForm
from balint_desktop.ui.analysis.study_form import StudyForm
from balint_desktop.ui.analysis.study_page import StudyPage, coders
from balint_desktop.ui.analysis.themes_page import ThemesPage
from balint_desktop.ui.analysis.word_form import WordForm, taken_words
from balint_desktop.ui.export.open_dialog import AskFile
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import heading, text
from balint_desktop.vault.coding_files import Arrival, ArrivedFile, FilesOverview

_WORD = "word:"
_OF_WHO_LEADS = frozenset({"compare", "report", "round", "paper"})
"""Pages that a coder's own vault has not: nobody else's coding is there, and rounds are opened where it came from."""


class AnalysisPlace(Place):
    """Lists the studies. One is opened in memory, and what is done in it is saved at each step."""

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__("analysis", tr("Analysis"), scrolls=False)
        self._deps, self._work, self._messages = deps, work, messages
        self._opened: OpenStudy | None = None
        # What is open again once the place comes back into view, as after a lock.
        self._again: tuple[str, str] = ("", "")
        self._visit = 0
        # What is said once the next page is shown: said before, it would end with the page that it was said on.
        self._pending_words: Callable[[], None] = lambda: None
        self._available: tuple[StudyText, ...] = ()
        self.study_page = StudyPage(
            has_reports=deps.reports is not None,
            has_comments=deps.files is not None and deps.copies is not None,
        )
        self.read_page = ReadPage(deps, work, messages)
        self.code_page = CodePage(deps, work, messages)
        self.themes_page = ThemesPage(deps, work, messages)
        self.compare_page = ComparePage(deps, work, messages)
        self.report_page = ReportPage(deps, work, messages)
        self.files_page = FilesPage(deps, work, messages)
        self.word_form = WordForm(deps.drafts, work)
        self.paper_form = PaperForm(deps.drafts, work)
        self.ask_file: AskFile = deps.ask_file
        self.form = StudyForm(deps.drafts)
        self.authors = AuthorsBox(deps.drafts)
        self.round_form = RoundForm(deps.now, deps.drafts)
        self._list = PageArea(self._build_list(), "analysis-scroll", tr("Analysis"), inner=True)
        self._study = PageArea(self.study_page, "study-scroll", tr("Study"), inner=True)
        self._coding_files = PageArea(self.files_page, "files-scroll", tr("Coding files"), inner=True)
        self._set_up = PageArea(self._build_set_up(), "study-set-up-scroll", tr("Set up"), inner=True)
        self._report_area = PageArea(narrow(self.report_page, READABLE), "report-scroll", tr("Report"), inner=True)
        self._word = PageArea(narrow(self.word_form, READABLE), "word-scroll", tr("Word copy"), inner=True)
        self._paper = PageArea(narrow(self.paper_form, READABLE), "paper-scroll", tr("Type from paper"), inner=True)
        round_area = narrow(self.round_form, READABLE)
        self._round = PageArea(round_area, "study-round-scroll", tr("Open a round"), inner=True)
        self._pages = Pages()
        for page in (
            self._list,
            self._study,
            self._set_up,
            self._coding_files,
            self._word,
            self._paper,
            self._round,
            self.read_page,
            self.code_page,
            self.themes_page,
            self.compare_page,
            self._report_area,
        ):
            self._pages.add(page)
        self.body.addWidget(self._pages)
        self._connect()

    def _build_list(self) -> QWidget:
        self.table = Table(
            "analysis-studies",
            tr("Studies"),
            (
                ColumnSpec("name", tr("Study"), room=Room.SHRINKS),
                ColumnSpec("texts", tr("Texts"), is_number=True, room=Room.LEAVES),
                ColumnSpec("authors", tr("Authors"), is_number=True, room=Room.LEAVES),
                ColumnSpec("next", tr("Next step"), room=Room.SHRINKS),
            ),
        )
        self._none = named(text(tr("No studies yet."), "quiet"), "analysis-none")
        self.open_button = button(tr("Open study"), "analysis-open", self._on_open, ButtonKind.PRIMARY)
        self.new_button = button(tr("New study…"), "analysis-new", self._on_new)
        self.import_button = button(tr("Open a coding file…"), "analysis-import", self.ask_import)
        if self._deps.files is None:
            # Never shown here: without a parent yet, it would be a window of its own.
            self.import_button.hide()
        inner = QWidget()
        column = layouts.column(inner, 14)
        column.addWidget(named(heading(tr("Analysis")), "analysis-heading"))
        for widget in (self._none, self.table, flow(self.open_button, self.new_button, self.import_button)):
            column.addWidget(widget)
        for widget in (self._none, self.table, self.open_button):
            widget.hide()
        column.addStretch(1)
        return inner

    def _build_set_up(self) -> QWidget:
        self.set_up_back = button(
            tr("Back to study"), "study-set-up-back", self._show_study, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.set_up_heading = named(heading(""), "study-set-up-heading")
        self.destroy_button = button(tr("Destroy study…"), "study-destroy", self._on_destroy, ButtonKind.QUIET)
        self.destroy_confirm = Confirm("study-destroy")
        inner = QWidget()
        column = layouts.column(inner, 14)
        column.addWidget(flow(self.set_up_back))
        for widget in (self.set_up_heading, self.form, self.authors, flow(self.destroy_button), self.destroy_confirm):
            column.addWidget(widget)
        column.addStretch(1)
        return narrow(inner, READABLE)

    def _connect(self) -> None:
        self.table.opened.connect(self.show_study)
        self.form.saved.connect(self._on_form)
        self.form.cancelled.connect(self._show_study)
        self.authors.changed.connect(self._on_authors)
        self.study_page.back.connect(self._show_list)
        self.study_page.read_asked.connect(lambda key: self._read(RecordingId(key)))
        self.study_page.code_asked.connect(self._code)
        self.study_page.themes_asked.connect(self._themes)
        self.study_page.compare_asked.connect(self._compare)
        self.compare_page.back.connect(self._on_compare_back)
        self.study_page.files_asked.connect(self._show_files)
        self.study_page.comments_asked.connect(self.ask_comments)
        self.study_page.whose.asked.connect(self._on_comments)
        self.files_page.back.connect(self._on_files_back)
        self.files_page.came_elsewhere.connect(self._on_arrived)
        self.files_page.word_asked.connect(self._show_word)
        self.files_page.typed_asked.connect(self._admit_typed)
        self.files_page.paper_asked.connect(self._show_paper)
        for form in (self.word_form, self.paper_form):
            form.back.connect(self._on_copy_back)
        self.word_form.taken.connect(self._on_copy_taken)
        self.paper_form.taken.connect(self._messages.inform)
        self.themes_page.back.connect(self._on_themes_back)
        self.themes_page.read_asked.connect(self._read_at)
        self.themes_page.code_asked.connect(self._code_at)
        self.themes_page.report_asked.connect(partial(self._on_themes_back, "report"))
        self.study_page.report_asked.connect(self._report)
        self.report_page.back.connect(self._on_report_back)
        self.study_page.set_up_asked.connect(self._show_set_up)
        self.study_page.round_asked.connect(self._show_round)
        self.study_page.discard_asked.connect(self._on_discard_round)
        self.round_form.asked.connect(self._on_round_asked)
        self.round_form.cancelled.connect(self._show_study)
        self.read_page.back.connect(lambda: self._reopen(""))
        self.code_page.back.connect(self._on_code_back)
        self.code_page.closed.connect(self._on_round_closed)

    # --- place ---

    def enter_view(self) -> None:
        """Refresh the list, or open again what was open. What could not be saved is still on its page."""
        pages = (self.code_page, self.themes_page, self.compare_page, self.report_page)
        if any(page.opened is not None for page in pages):
            return
        study, page = self._again
        self._visit += 1
        if study:
            self._open(study, page)
        else:
            self._refresh()

    def leave_view(self) -> None:
        """Save and close the study. What cannot be saved stays on its page, and is tried again."""
        self._visit += 1
        with self._messages.attempt():
            self._leave_pages()
            self._opened = None
            self._pages.show_page(self._list)

    def _leave_pages(self) -> None:
        """Save what is typed on any page. Raise Trouble where that cannot be."""
        self.form.draft.keep()
        for page in (
            *(self.authors, self.read_page, self.code_page),
            *(self.themes_page, self.compare_page, self.report_page),
            *(self.files_page, self.word_form, self.paper_form, self.round_form),
        ):
            page.leave()

    def first_focus(self) -> QWidget | None:
        """Return what is first on the page that is shown."""
        page = self._pages.current()
        if page is self._list:
            return self.table if self.table.isVisibleTo(self) else self.new_button
        of_pages: dict[QWidget, Callable[[], QWidget]] = {
            self.code_page: lambda: self.code_page.text,
            self.read_page: lambda: self.read_page.text,
            self._study: self.study_page.first_focus,
            self._coding_files: self.files_page.first_focus,
            self._word: self.word_form.first_field,
            self._paper: self.paper_form.first_field,
            self._report_area: self.report_page.first_focus,
        }
        return of_pages[page]() if page in of_pages else None

    # --- the list ---

    def _refresh(self) -> None:
        with self._messages.attempt():
            service = self._deps.service()
            self._run(lambda: (service.list(), service.available()), self._on_listed)

    def _on_listed(self, found: tuple[tuple[StudyRow, ...], tuple[StudyText, ...]]) -> None:
        rows, self._available = found
        self.table.show_rows(
            [
                row(
                    one.id,
                    (
                        one.name,
                        Cell(str(one.texts), one.texts),
                        Cell(str(one.authors), one.authors),
                        one.next_step,
                    ),
                )
                for one in rows
            ]
        )
        self.table.setVisible(bool(rows))
        self.open_button.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _on_open(self) -> None:
        if self.table.chosen_key():
            self.show_study(self.table.chosen_key())

    def _on_new(self) -> None:
        self._messages.begin_act()
        self._opened = None
        self.set_up_heading.setText(tr("New study"))
        for widget in (self.authors, self.set_up_back, self.destroy_button):
            widget.hide()
        self.destroy_confirm.dismiss()
        with self._messages.attempt():
            self.form.show_study(AnalysisStudy("", ""), self._available)
            self._show(self._set_up)
            self.form.name.setFocus()

    def _show_list(self) -> None:
        self._opened, self._again = None, ("", "")
        self._show(self._list)
        self._refresh()
        self.table.setFocus()

    # --- a study ---

    def show_study(self, study: str) -> None:
        """Open a study."""
        self._messages.begin_act()
        self._open(study, "")

    def open_page(self, study: str, page: str) -> None:
        """Open a study at one of its pages: read, code, themes, compare, round, files, paper, report, set-up, its own.

        “word:” with a file after it is a Word copy that came.
        """
        self._messages.begin_act()
        self._open(study, page)

    def turn_to(self, page: str) -> None:
        """Show another page of the study that is open, as where a name is that kept a file here."""
        study, _ = self._again
        if study:
            with self._messages.act():
                self._leave_pages()
                self._open(study, page)

    def _open(self, study: str, page: str) -> None:
        """Open a study at one of its pages, or at a text by its recording."""
        # What is still being opened is not shown any more.
        self._visit += 1
        with self._messages.attempt():
            service = self._deps.service()
            self._run(lambda: service.open(study), lambda opened: self._on_opened(opened, page), self._on_open_failed)

    def _on_opened(self, opened: OpenStudy, page: str) -> None:
        self._opened = opened
        self._again = (opened.study.id, "")
        self.study_page.show_study(opened)
        shows: dict[str, Callable[[], None]] = {
            "code": self._code,
            "themes": self._themes,
            "compare": self._compare,
            "report": self._report,
            "files": self._show_files,
            "paper": self._show_paper,
            "round": self._show_round,
            "set-up": self._show_set_up,
        }
        if page in shows and not (opened.is_guest and page in _OF_WHO_LEADS):
            shows[page]()
        elif page.startswith(_WORD):
            self._show_word(page.removeprefix(_WORD))
        elif page == "read" and opened.study.analysed:
            self._read(opened.study.analysed[0].recording)
        elif page in opened.texts:
            self._read(RecordingId(page))
        else:
            self._show(self._study)
            self.study_page.first_focus().setFocus()
            self._announce_pending()

    def _on_open_failed(self, trouble: Trouble) -> None:
        self._again = ("", "")
        self._show_list()
        self._messages.trouble(trouble)

    def _show_study(self) -> None:
        """Go back to the study, or to the list where there is none."""
        if self._opened is None:
            self._show_list()
            return
        self.form.draft.keep()
        self.authors.leave()
        self._again = (self._opened.study.id, "")
        self.study_page.show_study(self._opened)
        self._show(self._study)
        self.study_page.first_focus().setFocus()

    def _reopen(self, page: str) -> None:
        """Read the study anew: one of its pages has changed it."""
        self._messages.begin_act()
        with self._messages.attempt():
            self.read_page.leave()
        if self._opened is not None:
            self._open(self._opened.study.id, page)

    def _show_set_up(self) -> None:
        opened = self._opened
        if opened is None:
            return
        self._again = (opened.study.id, "set-up")
        self.set_up_heading.setText(tr("Set up"))
        for widget in (self.authors, self.set_up_back, self.destroy_button):
            widget.show()
        self.destroy_confirm.dismiss()
        with self._messages.attempt():
            self.form.show_study(opened.study, opened.available)
            self.authors.show_study(opened.study, opened.me)
            self._show(self._set_up)
            self.form.name.setFocus()

    def _on_form(self, study: AnalysisStudy) -> None:
        """Create the study of the form, or save it."""
        opened = self._opened
        with self._messages.act():
            service = self._deps.service()
            if opened is None:
                self.form.news.announce(tr("Creating the study…"))
                job = partial(service.create, study, study.authors[0].id)
                self._run_once(self.form.save_button, job, self._on_created, self._on_form_failed)
            else:
                self._save(service, study, self._on_form_saved, self.form.save_button, self._on_form_failed)

    def _save(
        self,
        service: AnalysisService,
        study: AnalysisStudy,
        then: Callable[[OpenStudy], None],
        pressed: QWidget,
        failed: Callable[[Trouble], None],
    ) -> None:
        def save() -> OpenStudy:
            service.save_study(study)
            return service.open(study.id)

        self._run_once(pressed, save, then, failed)

    def _on_created(self, opened: OpenStudy) -> None:
        self._on_form_saved(opened)
        self._messages.inform(tr("Study created. Add the other authors in “Set up”."))

    def _on_form_saved(self, opened: OpenStudy) -> None:
        self.form.draft.discard()
        self._opened = opened
        self._show_study()

    def _on_form_failed(self, trouble: Trouble) -> None:
        self.form.news.announce("")
        self.form.problem.show_trouble(trouble)

    def _on_destroy(self) -> None:
        opened = self._opened
        if opened is not None:
            words = tr(
                "Destroy “{study}” for good? Its codes, memos, themes and the files that came go. The recordings, the "
                "approved texts, the audit trail and what you exported stay."
            )
            act = partial(self._destroy, opened.study.id)
            words = words.format(study=opened.study.name)
            self.destroy_confirm.ask(words, tr("Destroy permanently"), act, self.destroy_button)

    def _destroy(self, study: str) -> None:
        def done(_: object) -> None:
            with self._messages.attempt():
                self.form.draft.discard()
                self.authors.forget()
            self._show_list()
            self._messages.inform(tr("The study is destroyed. The approved texts stay."))

        with self._messages.act():
            service = self._deps.service()
            self._run_once(self.destroy_button, partial(service.destroy, study), done, self._messages.trouble)

    def _on_authors(self, study: AnalysisStudy) -> None:
        with self._messages.act():
            service = self._deps.service()
            self._save(
                *(service, study, self._on_authors_saved, self.authors.save_button),
                self.authors.problem.show_trouble if self.authors.is_editing else self._messages.trouble,
            )

    def _on_authors_saved(self, opened: OpenStudy) -> None:
        """Show the authors as saved; what is half typed in the form above stays."""
        self._opened = opened
        self.form.set_authors(opened.study.authors)
        self.authors.show_study(opened.study, opened.me)
        self.authors.authors.setFocus()

    # --- reading and coding ---

    def _read(self, recording: RecordingId) -> None:
        opened = self._opened
        if opened is None or recording not in opened.texts:
            return
        self._again = (opened.study.id, recording)
        with self._messages.act():
            self.read_page.show_text(self._deps.service(), opened, recording)
            self._show(self.read_page)
            self.read_page.text.setFocus()

    def _code(self) -> None:
        """Open one's own coding in the last round that one codes in; without rounds, begin the only one."""
        opened = self._opened
        if opened is None:
            return
        with self._messages.act():
            service = self._deps.service()
            if opened.own_round is not None:
                self._open_work(service, opened, opened.own_round)
            elif not opened.study.approach.has_rounds:
                self._begin_coding(service, opened)

    def _open_work(
        self,
        service: AnalysisService,
        opened: OpenStudy,
        coding_round: CodingRound,
        at: tuple[RecordingId, Span] | None = None,
    ) -> None:
        study = opened.study.id

        def show(work: CoderWork) -> None:
            self._again = (study, "code")
            self.code_page.show_study(service, opened, coding_round, work)
            self._show(self.code_page)
            if at is not None:
                self.code_page.go_to(*at)
            self.code_page.text.setFocus()

        self._run(lambda: service.work(study, coding_round.number, opened.me), show)

    def _begin_coding(self, service: AnalysisService, opened: OpenStudy) -> None:
        """Open the only round of an approach without rounds, for everyone who codes."""
        who = tuple(one.id for one in coders(opened.study))
        made = CodingRound(1, RoundKind.OPEN, self._deps.now(), who)

        def open_round() -> OpenStudy:
            service.open_round(opened.study.id, made)
            return service.open(opened.study.id)

        self._run(open_round, lambda now: self._on_opened(now, "code"))

    # --- rounds ---

    def _show_round(self) -> None:
        """Ask for the next round, once the versions of the framework are read."""
        opened = self._opened
        if opened is None:
            return

        def show(framework: Framework) -> None:
            self._again = (opened.study.id, "round")
            with self._messages.attempt():
                self.round_form.show_round(opened, framework)
                self._show(self._round)
                self.round_form.codes.setFocus()

        with self._messages.act():
            frameworks = self._deps.frameworks() if self._deps.frameworks is not None else None
            study = opened.study.id
            self._run(lambda: frameworks.framework(study) if frameworks is not None else Framework(), show)

    def _on_round_asked(self, asked: RoundAsked) -> None:
        opened = self._opened
        if opened is None:
            return
        study, number = opened.study, asked.coding_round.number

        def open_round(service: AnalysisService) -> OpenStudy:
            if asked.independent_had_framework != study.independent_had_framework:
                # First: a round that is open already could not be asked for again.
                service.save_study(replace(study, independent_had_framework=asked.independent_had_framework))
            service.open_round(study.id, asked.coding_round)
            return service.open(study.id)

        def done(now: OpenStudy) -> None:
            self._on_opened(now, "")
            self._messages.inform(tr("Round {n} is open.").format(n=number))

        with self._messages.act():
            service = self._deps.service()
            self._run_once(
                self.round_form.open_button, lambda: open_round(service), done, self.round_form.problem.show_trouble
            )

    def _on_discard_round(self) -> None:
        opened = self._opened
        if opened is None or not opened.rounds:
            return
        study, number = opened.study.id, opened.rounds[-1].number

        def discard(service: AnalysisService) -> OpenStudy:
            service.discard_round(study, number)
            return service.open(study)

        def done(now: OpenStudy) -> None:
            self._on_opened(now, "")
            self._messages.inform(tr("Round {n} is discarded.").format(n=number))

        with self._messages.act():
            service = self._deps.service()
            self._run_once(self.study_page.discard_button, lambda: discard(service), done, self._messages.trouble)

    def _on_code_back(self) -> None:
        with self._messages.act():
            self.code_page.leave()
            self._reopen("")

    def _on_round_closed(self, closed: CodingRound) -> None:
        is_guest = self._opened is not None and self._opened.is_guest
        self._on_code_back()
        if is_guest:
            words = tr("Your round is closed. Send it back under “Coding files”.")
        elif len(closed.authors) > 1:
            words = tr("Your round is closed. You can now compare.")
        else:
            words = tr("Your round is closed.")
        self._messages.inform(words)

    # --- themes ---

    def _themes(self) -> None:
        """Open the themes, with what was coded as far as one may see it."""
        opened = self._opened
        if opened is None:
            return

        def show(material: CodedMaterial) -> None:
            self._again = (opened.study.id, "themes")
            self.themes_page.show_study(service, opened, material)
            self._show(self.themes_page)
            self.themes_page.new_button.setFocus()

        with self._messages.act():
            service = self._deps.service()
            frameworks = self._deps.frameworks() if self._deps.frameworks is not None else None

            def read() -> CodedMaterial:
                framework = frameworks.framework(opened.study.id) if frameworks is not None else None
                return read_material(service, opened, framework=framework)

            self._run(read, show)

    def _on_themes_back(self, page: str = "") -> None:
        with self._messages.act():
            self.themes_page.leave()
            self._reopen(page)

    def _read_at(self, text: str, begin: int, end: int) -> None:
        """Open a passage that was found in its text."""
        with self._messages.act():
            self.themes_page.leave()
            self._read(RecordingId(text))
            self.read_page.go_to((begin, end))

    def _code_at(self, text: str, begin: int, end: int) -> None:
        """Open a passage that was found on the page where one codes."""
        opened = self._opened
        if opened is None or not opened.may_code:
            return
        with self._messages.act():
            self.themes_page.leave()
            self._open_work(self._deps.service(), opened, opened.rounds[-1], (RecordingId(text), (begin, end)))

    # --- comparing ---

    def _compare(self) -> None:
        """Compare the last round that one has closed oneself."""
        opened = self._opened
        if opened is None:
            return

        def show(compared: Compared | None) -> None:
            if compared is not None:
                self._again = (opened.study.id, "compare")
                self.compare_page.show_study(service, frameworks, opened, compared)
                self._show(self.compare_page)
                self.compare_page.matters.setFocus()

        with self._messages.act():
            service = self._deps.service()
            frameworks = self._deps.frameworks() if self._deps.frameworks is not None else None
            self._run(lambda: read_compared(service, frameworks, opened), show)

    def _on_compare_back(self) -> None:
        with self._messages.act():
            self.compare_page.leave()
            self._reopen("")

    # --- reports ---

    def _report(self) -> None:
        """Open what may be exported of the study."""
        opened = self._opened
        if opened is None or self._deps.reports is None:
            return

        def show(offer: ReportOffer) -> None:
            self._again = (opened.study.id, "report")
            self.report_page.show_study(reports, opened, offer)
            self._show(self._report_area)
            self.report_page.first_focus().setFocus()

        with self._messages.act():
            reports = self._deps.reports()
            self._run(lambda: reports.offer(opened.study.id), show)

    def _on_report_back(self) -> None:
        with self._messages.act():
            self.report_page.leave()
            self._reopen("")

    # --- coding files ---

    def _show_files(self) -> None:
        """Open the coding files of the study, where its approach has rounds and one is open."""
        opened, files = self._opened, self._deps.files
        if opened is None or files is None or not opened.rounds or not opened.study.approach.has_rounds:
            return

        def show(overview: FilesOverview) -> None:
            self._again = (opened.study.id, "files")
            self.files_page.show_study(service, desk, opened, overview)
            self._show(self._coding_files)
            self.files_page.first_focus().setFocus()
            self._announce_pending()

        with self._messages.act():
            service, desk = self._deps.service(), files()
            self._run(lambda: desk.overview(opened.study.id), show)

    def _announce_pending(self) -> None:
        say, self._pending_words = self._pending_words, lambda: None
        say()

    def _on_files_back(self) -> None:
        self.files_page.leave()
        self._reopen("")

    # --- Word and paper ---

    def _show_word(self, file: str) -> None:
        """Open a Word copy that came; one that cannot be read leaves the page as it is."""
        opened, copies = self._opened, self._deps.copies
        if opened is None or copies is None:
            return

        def show(received: ReceivedCopy) -> None:
            self._again = (opened.study.id, f"{_WORD}{file}")
            with self._messages.attempt():
                self.word_form.show_copy(service, opened, received)
            self._show(self._word)
            self.word_form.first_field().setFocus()

        with self._messages.act():
            service = copies()
            self._run(lambda: service.read_copy(opened.study.id, file), show, self._on_copy_failed)

    def _show_paper(self) -> None:
        """Type in what coders wrote on paper, once one's own round is closed."""
        opened, copies = self._opened, self._deps.copies
        if opened is None or copies is None or not opened.rounds:
            return

        def show(_checked: None) -> None:
            self._again = (opened.study.id, "paper")
            with self._messages.attempt():
                self.paper_form.show_study(service, opened)
            self._show(self._paper)
            self.paper_form.first_field().setFocus()

        number = (open_rounds(opened) or opened.rounds)[-1].number
        with self._messages.act():
            service = copies()
            self._run(lambda: service.require_others_open(opened.study.id, number), show, self._on_copy_failed)

    def _admit_typed(self, file: str, late: Arrival) -> None:
        """Take in what was typed and sealed before, where taking it in was cut short; late, it is asked about."""
        opened, copies = self._opened, self._deps.copies
        if opened is None or copies is None:
            return

        def show(taken: TakenCopy) -> None:
            if taken.arrival is Arrival.LATE:
                self.files_page.ask_late(file)
                return
            self.files_page.refresh()
            is_kept = taken.arrival is Arrival.KEPT
            self._messages.inform(tr("It is kept for the next round.") if is_kept else taken_words(taken))

        with self._messages.act():
            service = copies()
            self._run(lambda: service.admit_paper(opened.study.id, file, late), show)

    def _on_copy_failed(self, trouble: Trouble) -> None:
        """Say what went wrong, on the page that it was opened from."""
        if not self._has_rounds():
            self._show_study()
            self._messages.trouble(trouble)
        elif self._pages.current() is self._coding_files:
            self._messages.trouble(trouble)
        else:
            self._pending_words = lambda: self._messages.trouble(trouble)
            self._show_files()

    def _on_copy_taken(self, words: str) -> None:
        self._pending_words = lambda: self._messages.inform(words)
        self._on_copy_back()

    def _on_copy_back(self) -> None:
        self._messages.begin_act()
        self.word_form.leave()
        self.paper_form.leave()
        self._reopen("files" if self._has_rounds() else "")

    def _has_rounds(self) -> bool:
        return self._opened is not None and self._opened.study.approach.has_rounds

    # --- comments, where nobody codes in rounds ---

    def ask_comments(self) -> None:
        """Ask for a Word file with comments, on a text or on the report, and whose they are."""
        opened = self._opened
        path = self.ask_file(self, tr("Add comments from Word"), f"{tr('Word')} (*{WORD_ENDING})")
        if path is None or opened is None:
            return
        self._messages.begin_act()
        others = [one for one in opened.study.authors if one.id != opened.me]
        likely = [one for one in others if one.role is AuthorRole.SUPERVISOR] or others
        self.study_page.whose.ask(path, printable_name(path.name), others, likely[0].id if len(likely) == 1 else "")

    def _on_comments(self, path: Path, author: str) -> None:
        opened, files = self._opened, self._deps.files
        if opened is None or files is None:
            return
        study = opened.study.id
        with self._messages.act():
            desk = files()
            self._run(
                lambda: desk.receive_comments(study, path, author),
                self._show_word,
                self.study_page.whose.show_trouble,
            )

    def ask_import(self) -> None:
        """Ask for a sealed coding file, and take it."""
        path = self.ask_file(self, tr("Open a coding file"), coding_file_kinds(sealed_only=True))
        if path is not None:
            self.import_file(path)

    @property
    def takes_any_file(self) -> bool:
        """Whether a file of another program can be added: the coding files of a study are shown."""
        return self._pages.current() is self._coding_files and self.files_page.opened is not None

    def import_file(self, path: Path) -> None:
        """Take a file that came: to the study whose coding files are shown, or to the one that it is sealed to."""
        if self.takes_any_file:
            self.files_page.add_file(path)
            return
        if self._deps.files is None:
            return
        if not is_coding_file(path):
            self._messages.begin_act()
            self._messages.inform(other_file_words(path))
            return
        with self._messages.act():
            files = self._deps.files()
            self._run(lambda: files.arrive(path), self._on_arrived)

    def _on_arrived(self, arrived: ArrivedFile) -> None:
        """Open the study that a file was sent with, or the coding files of the one that it came back to."""
        self.files_page.leave()
        if arrived.row is None:
            self.open_page(arrived.study, "")
            self._messages.inform(
                tr("This file came before. Nothing was added.")
                if arrived.is_known
                else tr("The analysis is in this vault now. Code on your own, then send your round back.")
            )
        else:
            self.open_page(arrived.study, "files")

    # --- the machinery ---

    def _show(self, page: QWidget) -> None:
        self._pages.show_page(page)

    def _run(
        self,
        job: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Run a job in a thread. What comes back after the place was left is dropped."""
        visit = self._visit

        def if_here(result: object) -> None:
            if visit == self._visit:
                done(result)

        self._work.run(job, if_here, failed or self._messages.trouble, owner=self)

    def _run_once(
        self,
        pressed: QWidget,
        job: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Run what changes the study, with its button off until it is done."""
        visit = self._visit

        def ended(result: object) -> None:
            if visit == self._visit:
                done(result)

        def ended_badly(trouble: Trouble) -> None:
            if visit == self._visit:
                failed(trouble)
                if pressed.isVisible():
                    pressed.setFocus()
            else:
                self._messages.trouble(trouble)

        self._work.run_once(pressed, job, ended, ended_badly, owner=self)
