"""The page of themes: what each is, the passages it rests on, where they are, and a picture of that."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.retrieval import FoundPassage, matrix
from balint_desktop.domain.analysis.study import Memo, Quotation, StudyTheme, ThemeState, ThemeWork
from balint_desktop.domain.analysis.theme_history import ThemeStep, steps_after
from balint_desktop.domain.analysis.theme_spread import people_of, person_matrix
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr
from balint_desktop.text.themes import theme_name, with_name
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, phase_starts, read_material
from balint_desktop.ui.analysis.matrix_view import Cells, MatrixView
from balint_desktop.ui.analysis.passages_view import PassagesView
from balint_desktop.ui.analysis.theme_form import ThemeForm
from balint_desktop.ui.analysis.theme_notes import ThemeNotes
from balint_desktop.ui.analysis.themes_picture import ThemesPicture
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.text import quiet, subheading

_MOST_LINES = 6


class ThemesPage(QWidget):
    """Themes, passages and the matrix of one study. Each change is saved as it is made."""

    back = Signal()
    read_asked = Signal(str, int, int)
    """A passage is to be opened in its text."""
    code_asked = Signal(str, int, int)
    """A passage is to be coded."""
    report_asked = Signal()

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "themes-page")
        self._deps, self._background, self._messages = deps, work, messages
        self._service: AnalysisService | None = None
        self._opened: OpenStudy | None = None
        self._material = CodedMaterial()
        # What passages are looked for in: the last round, or another that was chosen there.
        self._sought = CodedMaterial()
        self._work = ThemeWork()
        self._memos: tuple[Memo, ...] = ()
        self._steps: tuple[ThemeStep, ...] = ()
        self._current = "themes"
        self.saver: Saver[ThemeWork] = Saver(work, messages.trouble, lambda: None, threading.Lock(), self)
        self.back_button = button(
            tr("Back to study"), "themes-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.passages = PassagesView(deps, work, messages)
        self.matrix, self.picture = MatrixView(), ThemesPicture()
        self.form, self.notes = ThemeForm(), ThemeNotes(deps.drafts)
        self.coding = ChoiceField()
        self.coding.addItem(tr("all coders"), False)
        self.coding.addItem(tr("consensus"), True)
        self._coding_row = labelled(tr("Coding of"), self.coding, "themes-coding")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.themes = named(QListWidget(), "themes-list", spoken=tr("Themes"))
        self.none = named(quiet(tr("No themes yet.")), "themes-none")
        self.new_button = button(tr("New theme"), "themes-new", self._on_new)
        self.delete_button = button(tr("Delete theme"), "themes-delete", self._on_delete)
        self.report_button = button(tr("Report"), "themes-report", self.report_asked.emit)
        self.report_button.hide()
        self.news = LiveLabel("themes-news", "quiet")
        inner = QWidget()
        column = layouts.column(inner, 10)
        for widget in (
            self.none,
            self.themes,
            flow(self.new_button, self.delete_button, self.report_button),
            self.form,
            self.notes,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._views = {
            "themes": (tr("Themes"), narrow(inner, READABLE)),
            "passages": (tr("Passages"), narrow(self.passages, READABLE)),
            "matrix": (tr("Matrix"), self.matrix),
            "picture": (tr("Picture"), narrow(self.picture, READABLE)),
        }
        self._pages = Pages()
        self.chips = {}
        self._areas = {}
        for key, (words, view) in self._views.items():
            self._areas[key] = PageArea(view, f"themes-{key}-scroll", words, inner=True)
            self._pages.add(self._areas[key])
            made = chip(words, f"themes-show-{key}")
            when_chosen(made, partial(self._on_chip, key))
            self.chips[key] = made
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back_button)
        head.addWidget(named(subheading(tr("Themes")), "themes-heading"), 1)
        page = layouts.column(self, 10)
        page.addLayout(head)
        page.addWidget(flow(*self.chips.values()))
        page.addWidget(self._coding_row)
        page.addWidget(self.news)
        page.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.themes.currentRowChanged.connect(lambda _: self._show_theme())
        self.form.changed.connect(self._on_changed)
        self.form.dropped.connect(self._on_dropped)
        self.passages.quoted.connect(self._on_quoted)
        self.passages.query.changed.connect(lambda: self.news.announce(""))
        self.passages.read_asked.connect(self.read_asked)
        self.passages.code_asked.connect(self.code_asked)
        self.passages.round_asked.connect(self._on_round)
        self.notes.written.connect(self._on_memo)
        self.matrix.opened.connect(self._on_cell)
        self.matrix.people_asked.connect(self._on_people)
        self.coding.currentIndexChanged.connect(lambda _: self.show_view(self._current))

    # --- opening and leaving ---

    def show_study(self, service: AnalysisService, opened: OpenStudy, material: CodedMaterial) -> None:
        """Show the themes of a study."""
        self._service, self._opened, self._material, self._work = service, opened, material, opened.themes
        self._memos, self._steps, self._sought = opened.memos, opened.theme_steps, material
        study = opened.study.id
        self.saver.begin(lambda themes: service.save_themes(study, themes))
        self.news.announce("")
        self.report_button.setVisible(self._deps.reports is not None and not opened.is_guest)
        self.coding.setCurrentIndex(0)
        self._show_list(0)
        self.show_view("themes")

    def leave(self) -> None:
        """Save what is not saved yet, and drop the study. Raise Trouble if it cannot be saved."""
        if self._opened is None:
            return
        self.form.commit()
        self.saver.flush()
        self._service, self._opened, self._material, self._work = None, None, CodedMaterial(), ThemeWork()
        self._memos, self._steps, self._sought = (), (), CodedMaterial()
        for view in (self.form, self.notes, self.passages, self.matrix, self.picture):
            view.forget()
        self.themes.clear()

    @property
    def opened(self) -> OpenStudy | None:
        """The study on the page."""
        return self._opened

    def show_view(self, key: str) -> None:
        """Show the themes, the passages, the matrix or the picture."""
        opened = self._opened
        if opened is None:
            return
        self.form.commit()
        self.news.announce("")
        self._current = key
        self._coding_row.setVisible(key != "themes" and bool(self._material.consensus.codings.all))
        for other, made in self.chips.items():
            show_on(made, other == key)
        self._pages.show_page(self._areas[key])
        if key == "passages":
            self.passages.show_material(opened, self._shown(self._sought), self._named_work)
        elif key == "matrix":
            self._show_matrix(opened)
        elif key == "picture":
            self.picture.show_counts(self._current_themes, *self._by_session(opened))
        else:
            self._show_theme()

    def _shown(self, material: CodedMaterial) -> CodedMaterial:
        """Return the coding that passages, matrix and picture are of."""
        return material.agreed() if self.coding.currentData() else material

    def _on_chip(self, key: str, _on: bool) -> None:
        self.show_view(key)

    # --- themes ---

    def _show_list(self, row: int) -> None:
        self.themes.blockSignals(True)
        self.themes.clear()
        for one in self._work.themes:
            self.themes.addItem(QListWidgetItem(_line(one)))
        self.themes.blockSignals(False)
        has_any = bool(self._work.themes)
        self.none.setVisible(not has_any)
        self.themes.setVisible(has_any)
        tall = self.themes.sizeHintForRow(0) if has_any else 0
        self.themes.setFixedHeight(tall * min(_MOST_LINES, len(self._work.themes)) + 2 * self.themes.frameWidth() + 4)
        self.themes.setCurrentRow(min(row, len(self._work.themes) - 1))
        self._show_theme()

    def _show_theme(self) -> None:
        theme = self._chosen_theme()
        self.delete_button.setVisible(self._may_delete(theme))
        if self._opened is not None:
            self.form.show_theme(theme, self._work, self._opened, self._material)
            self.notes.setVisible(theme is not None)
            study, key = self._opened.study, theme.id if theme is not None else ""
            others = {one.id: one.label for one in study.authors if one.id != self._opened.me}
            self.notes.show_theme(study.id, key, self._memos, others)
            self._show_steps()

    def _show_steps(self) -> None:
        self.notes.show_steps(self._steps, self._code_name)

    def _code_name(self, guid: str) -> str:
        code = self._material.code(guid)
        return code.name if code is not None else ""

    def _on_new(self) -> None:
        """Make a theme, or go to the one that is blank still."""
        self.form.commit()
        self.news.announce("")
        blank = next((row for row, one in enumerate(self._work.themes) if one.is_blank), None)
        if blank is None:
            theme = StudyTheme(new_id(), "")
            self._apply(replace(self._work, themes=(*self._work.themes, theme)))
        self._show_list(len(self._work.themes) - 1 if blank is None else blank)
        self.form.name.setFocus()

    def _chosen_theme(self) -> StudyTheme | None:
        row = self.themes.currentRow()
        return self._work.themes[row] if 0 <= row < len(self._work.themes) else None

    def _may_delete(self, theme: StudyTheme | None) -> bool:
        """Return whether nothing would be lost with a theme: no memo, no quotation, nothing decided on it."""
        if theme is None or not theme.is_empty or self._opened is None:
            return False
        quoted = {one.theme for one in self._work.quotations}
        written = {one.theme for one in self._memos}
        decided = {one.theme for one in self._opened.decisions}
        return theme.id not in quoted | written | decided

    def _on_delete(self) -> None:
        self.form.commit()
        theme, row = self._chosen_theme(), self.themes.currentRow()
        if theme is None or not self._may_delete(theme):
            self._show_theme()
            return
        self._apply(replace(self._work, themes=tuple(one for one in self._work.themes if one.id != theme.id)))
        self._show_list(max(0, row - 1))
        self.news.announce(tr("Theme deleted."))
        (self.themes if self._work.themes else self.new_button).setFocus()

    def _on_changed(self, theme: StudyTheme) -> None:
        themes = tuple(theme if one.id == theme.id else one for one in self._work.themes)
        self._apply(replace(self._work, themes=themes))
        for row, one in enumerate(themes):
            if one.id == theme.id:
                self.themes.item(row).setText(_line(one))
        self._show_steps()
        self.delete_button.setVisible(self._may_delete(self._chosen_theme()))
        opened = self._opened
        if opened is not None:
            quotations = [one for one in self._work.quotations if one.theme == theme.id]
            self.form.show_reach(theme, quotations, opened, self._material)

    def _on_quoted(self, quotation: Quotation) -> None:
        self._apply(replace(self._work, quotations=(*self._work.quotations, quotation)))
        self._show_theme()
        words = tr("Quotation added.")
        if not quotation.may_be_quoted:
            words = tr("Added. It may not be quoted, so reports leave it out.")
        self.news.announce(words)
        # The form is gone; the next passage is chosen in the list.
        self.passages.list.setFocus()

    def _on_dropped(self, quotation: str) -> None:
        left = tuple(one for one in self._work.quotations if one.id != quotation)
        self._apply(replace(self._work, quotations=left))
        self._show_theme()

    def _apply(self, themes: ThemeWork) -> None:
        self._messages.begin_act()
        self._work = themes
        self._steps = steps_after(self._steps, themes.themes, self._deps.now())
        self.saver.save(themes)

    # --- memos ---

    def _on_memo(self, words: str, supersedes: str) -> None:
        """Save a memo on the theme that is shown."""
        service, opened, row = self._service, self._opened, self.themes.currentRow()
        if service is None or opened is None or not 0 <= row < len(self._work.themes):
            return
        theme = self._work.themes[row].id
        memo = Memo(new_id(), opened.me, self._deps.now(), words, theme=theme, supersedes=supersedes or None)
        self.notes.box.save_button.setEnabled(False)

        def done(_result: object) -> None:
            if self._opened is opened:
                self._memos = (*self._memos, memo)
                with self._messages.attempt():
                    self.notes.on_saved()
                self._show_theme()

        save = partial(service.add_memo, opened.study.id, memo)
        self._background.run(save, done, self.notes.on_failed, owner=self)

    # --- another round ---

    def _on_round(self, number: int) -> None:
        """Read what was coded in another round, as far as one may see it."""
        service, opened = self._service, self._opened
        chosen = next((one for one in opened.rounds if one.number == number), None) if opened is not None else None
        if service is None or opened is None or chosen is None:
            return

        def show(material: CodedMaterial) -> None:
            if self._opened is opened:
                self._sought = material
                self.passages.show_material(opened, self._shown(material), self._named_work)

        self._background.run(partial(read_material, service, opened, chosen), show, self._messages.trouble, owner=self)

    # --- the matrix ---

    @property
    def _current_themes(self) -> list[StudyTheme]:
        return [one for one in self._named_work.themes if one.state is not ThemeState.LET_GO]

    @property
    def _named_work(self) -> ThemeWork:
        """The themes as they are shown where their names are read alone."""
        return replace(self._work, themes=tuple(with_name(one) for one in self._work.themes))

    def _by_session(self, opened: OpenStudy) -> tuple[list[str], Cells]:
        """Return the sessions that count, and the passages of each theme in them."""
        names: dict[str, str] = {one.recording: one.name for one in opened.study.analysed}
        return list(names.values()), matrix(self._current_themes, self._shown(self._material).spans, names)

    def _on_people(self) -> None:
        opened = self._opened
        if opened is not None:
            texts = opened.analysed_texts
            cells = person_matrix(self._current_themes, self._shown(self._material).spans, texts)
            self.matrix.show_people(people_of(texts.values()), cells)

    def _show_matrix(self, opened: OpenStudy) -> None:
        themes, texts = self._current_themes, opened.study.analysed
        sessions, by_session = self._by_session(opened)
        phases = {
            str(one.recording): (opened.texts[one.recording], phase_starts(opened, one.recording))
            for one in texts
            if one.recording in opened.texts
        }
        by_phase = matrix(themes, self._shown(self._material).spans, phases=phases)
        labels = dict.fromkeys(label for _, starts in phases.values() for _, label in starts)
        self.matrix.show_cells(themes, sessions, by_session, list(labels), by_phase)

    def _on_cell(self, found: tuple[FoundPassage, ...], about: str) -> None:
        self.show_view("passages")
        self.passages.show_found(found, about)


def _line(theme: StudyTheme) -> str:
    return f"{theme_name(theme)} · {wording.state_name(theme.state)}"
