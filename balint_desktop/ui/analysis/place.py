"""The place *Analysis*: studies, and in each: set up, read, code, compare, themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import AnalysisStudy, CodingRound, RoundKind, StudyText
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.authors_box import AuthorsBox
from balint_desktop.ui.analysis.code_page import CodePage
from balint_desktop.ui.analysis.compare_page import Compared, ComparePage, read_compared
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy, StudyRow
from balint_desktop.ui.analysis.material import CodedMaterial, read_material
from balint_desktop.ui.analysis.read_page import ReadPage
from balint_desktop.ui.analysis.round_form import RoundAsked, RoundForm
from balint_desktop.ui.analysis.study_form import StudyForm
from balint_desktop.ui.analysis.study_page import StudyPage, coders
from balint_desktop.ui.analysis.themes_page import ThemesPage
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import heading, text


class AnalysisPlace(Place):
    """Lists the studies. One is opened in memory, and what is done in it is saved at each step."""

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__("analysis", tr("Analysis"), scrolls=False)
        self._deps, self._work, self._messages = deps, work, messages
        self._opened: OpenStudy | None = None
        # What is open again once the place comes back into view, as after a lock.
        self._again: tuple[str, str] = ("", "")
        self._visit = 0
        self._available: tuple[StudyText, ...] = ()
        self.study_page = StudyPage()
        self.read_page = ReadPage(deps, work, messages)
        self.code_page = CodePage(deps, work, messages)
        self.themes_page = ThemesPage(deps, work, messages)
        self.compare_page = ComparePage(deps, work, messages)
        self.form = StudyForm(deps.drafts)
        self.authors = AuthorsBox(deps.drafts)
        self.round_form = RoundForm(deps.now, deps.drafts)
        self._list = PageArea(self._build_list(), "analysis-scroll", tr("Analysis"), inner=True)
        self._study = PageArea(self.study_page, "study-scroll", tr("Study"), inner=True)
        self._set_up = PageArea(self._build_set_up(), "study-set-up-scroll", tr("Set up"), inner=True)
        round_area = narrow(self.round_form, READABLE)
        self._round = PageArea(round_area, "study-round-scroll", tr("Open a round"), inner=True)
        self._pages = Pages()
        for page in (
            self._list,
            self._study,
            self._set_up,
            self._round,
            self.read_page,
            self.code_page,
            self.themes_page,
            self.compare_page,
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
        inner = QWidget()
        column = layouts.column(inner, 14)
        column.addWidget(named(heading(tr("Analysis")), "analysis-heading"))
        for widget in (self._none, self.table, flow(self.open_button, self.new_button)):
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
        inner = QWidget()
        column = layouts.column(inner, 14)
        column.addWidget(flow(self.set_up_back))
        for widget in (self.set_up_heading, self.form, self.authors):
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
        self.themes_page.back.connect(self._on_themes_back)
        self.study_page.set_up_asked.connect(self._show_set_up)
        self.study_page.round_asked.connect(self._show_round)
        self.round_form.asked.connect(self._on_round_asked)
        self.round_form.cancelled.connect(self._show_study)
        self.read_page.back.connect(lambda: self._reopen(""))
        self.code_page.back.connect(self._on_code_back)
        self.code_page.closed.connect(self._on_round_closed)

    # --- place ---

    def enter_view(self) -> None:
        """Refresh the list, or open again what was open. What could not be saved is still on its page."""
        if any(page.opened is not None for page in (self.code_page, self.themes_page, self.compare_page)):
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
            self.form.draft.keep()
            self.authors.leave()
            self.round_form.leave()
            self.read_page.leave()
            self.code_page.leave()
            self.themes_page.leave()
            self.compare_page.leave()
            self._opened = None
            self._pages.show_page(self._list)

    def first_focus(self) -> QWidget | None:
        """Return what is first on the page that is shown."""
        page = self._pages.current()
        if page is self.code_page:
            return self.code_page.text
        if page is self.read_page:
            return self.read_page.text
        if page is self._list:
            return self.table if self.table.isVisibleTo(self) else self.new_button
        return None

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
        self.authors.hide()
        self.set_up_back.hide()
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
        """Open a study at one of its pages: read, code, themes, compare, round, set-up, or the study's own."""
        self._messages.begin_act()
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
        if page == "code":
            self._code()
        elif page == "themes":
            self._themes()
        elif page == "compare":
            self._compare()
        elif page == "round":
            self._show_round()
        elif page == "set-up":
            self._show_set_up()
        elif page == "read" and opened.study.analysed:
            self._read(opened.study.analysed[0].recording)
        elif page in opened.texts:
            self._read(RecordingId(page))
        else:
            self._show(self._study)
            self.study_page.code_button.setFocus()

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
        self.set_up_back.show()
        self.authors.show()
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
                self._run(lambda: service.create(study, study.authors[0].id), self._on_created, self._on_form_failed)
            else:
                self._save(service, study, self._on_form_saved)

    def _save(self, service: AnalysisService, study: AnalysisStudy, then: Callable[[OpenStudy], None]) -> None:
        def save() -> OpenStudy:
            service.save_study(study)
            return service.open(study.id)

        self._run(save, then, self._on_form_failed)

    def _on_created(self, opened: OpenStudy) -> None:
        self._on_form_saved(opened)
        self._messages.inform(tr("Study created. Add the other authors in “Set up”."))

    def _on_form_saved(self, opened: OpenStudy) -> None:
        self.form.draft.discard()
        self._opened = opened
        self._show_study()

    def _on_form_failed(self, trouble: Trouble) -> None:
        self.form.problem.show_trouble(trouble)

    def _on_authors(self, study: AnalysisStudy) -> None:
        with self._messages.act():
            self._save(self._deps.service(), study, self._on_authors_saved)

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
        """Open one's own coding in the last round; without rounds, begin the only one."""
        opened = self._opened
        if opened is None:
            return
        with self._messages.act():
            service = self._deps.service()
            if opened.rounds:
                self._open_work(service, opened, opened.rounds[-1])
            elif not opened.study.approach.has_rounds:
                self._begin_coding(service, opened)

    def _open_work(self, service: AnalysisService, opened: OpenStudy, coding_round: CodingRound) -> None:
        study = opened.study.id

        def show(work: CoderWork) -> None:
            self._again = (study, "code")
            self.code_page.show_study(service, opened, coding_round, work)
            self._show(self.code_page)
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
            self._run(lambda: open_round(service), done, self.round_form.problem.show_trouble)

    def _on_code_back(self) -> None:
        with self._messages.act():
            self.code_page.leave()
            self._reopen("")

    def _on_round_closed(self, _closed: CodingRound) -> None:
        self._on_code_back()
        self._messages.inform(tr("Your round is closed. You can now compare."))

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

    def _on_themes_back(self) -> None:
        with self._messages.act():
            self.themes_page.leave()
            self._reopen("")

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
