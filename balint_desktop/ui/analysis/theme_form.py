"""One theme: how far it is, its central idea, its codes, its quotations, and what speaks against it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.study import Quotation, StudyTheme, ThemeState, ThemeWork
from balint_desktop.domain.analysis.theme_spread import ThemeSpread, one_voice, theme_spread
from balint_desktop.i18n import tr, tr_in, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, code_name, place_of
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet

_PAUSE_MS = 400
_LIMIT = 4000
_MOST_LINES = 6
_KEY = Qt.ItemDataRole.UserRole


class ThemeForm(QWidget):
    """Emits `changed` with the theme, once typing has paused, and `dropped` with a quotation to remove."""

    changed = Signal(object)
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "theme-form")
        self._theme: StudyTheme | None = None
        self._is_filling = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("New theme"))
        self.state = ChoiceField()
        for one in ThemeState:
            self.state.addItem(wording.state_name(one), one)
        self.idea = NoteField("theme-idea", _LIMIT, 3, shown_from=200)
        self.against = NoteField("theme-against", _LIMIT, 3, shown_from=200)
        self.codes, self.quotations = UncopiedList(), UncopiedList()
        self.quotations.setWordWrap(True)
        self.no_quotations = named(quiet(tr("None yet. Choose them under “Passages”.")), "theme-no-quotations")
        self.drop_button = button(tr("Remove quotation"), "theme-quotation-remove", self._on_drop)
        self.spread = named(quiet(""), "theme-spread")
        self.voice = named(quiet(""), "theme-voice")
        form = Form()
        form.row(tr("Name"), self.name, "theme-name")
        form.row(tr("State"), self.state, "theme-state")
        form.row(tr("Central idea"), self.idea, "theme-idea")
        form.add(self.idea.left_words)
        form.row(tr_in("analysis", "Codes"), self.codes, "theme-codes")
        form.add(self.spread)
        form.row(tr("Quotations"), self.quotations, "theme-quotations")
        form.add(self.no_quotations)
        form.add(self.voice)
        form.add(flow(self.drop_button))
        form.row(tr("What speaks against it"), self.against, "theme-against")
        form.add(self.against.left_words)
        column = layouts.column(self, 10)
        column.addWidget(form)
        self.name.textEdited.connect(lambda _: self._on_typed())
        self.state.currentIndexChanged.connect(lambda _: self._on_typed())
        self.idea.textChanged.connect(self._on_typed)
        self.against.textChanged.connect(self._on_typed)
        self.codes.itemChanged.connect(lambda _: self._on_typed())
        self.quotations.currentRowChanged.connect(lambda row: self.drop_button.setVisible(row >= 0))

    def show_theme(
        self, theme: StudyTheme | None, themes: ThemeWork, opened: OpenStudy, material: CodedMaterial
    ) -> None:
        """Show a theme, or none."""
        if theme is None or self._theme is None or theme.id != self._theme.id:
            self.commit()
        self._theme = theme
        self.setVisible(theme is not None)
        if theme is None:
            return
        self._is_filling = True
        if self.name.text() != theme.name:
            self.name.setText(theme.name)
        self.state.setCurrentIndex(list(ThemeState).index(theme.state))
        for field, words in ((self.idea, theme.central_idea), (self.against, theme.against)):
            if field.words() != words:
                field.setPlainText(words)
        self._show_codes(theme, opened, material)
        quotations = [one for one in themes.quotations if one.theme == theme.id]
        self._show_quotations(quotations, opened)
        self.show_reach(theme, quotations, opened, material)
        self._is_filling = False

    def forget(self) -> None:
        """Drop every word."""
        self._theme = None
        self._is_filling = True
        for field in (self.name, self.idea, self.against, self.codes, self.quotations):
            field.clear()
        self._is_filling = False
        self.hide()

    def _show_codes(self, theme: StudyTheme, opened: OpenStudy, material: CodedMaterial) -> None:
        self.codes.clear()
        for author, code in material.codes:
            item = QListWidgetItem(code_name(opened, material, author, code))
            item.setData(_KEY, code.guid)
            item.setToolTip(code.definition)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code.guid in theme.codes else Qt.CheckState.Unchecked)
            self.codes.addItem(item)
        _fit(self.codes)

    def _show_quotations(self, quotations: list[Quotation], opened: OpenStudy) -> None:
        self.quotations.clear()
        for one in quotations:
            may = tr("may be quoted") if one.may_be_quoted else tr("may not be quoted; left out of reports")
            place = place_of(opened, one.text, one.begin)
            item = QListWidgetItem(f"“{one.shown}”\n{place} · {may}")
            item.setData(_KEY, one.id)
            self.quotations.addItem(item)
        self.quotations.setVisible(bool(quotations))
        self.no_quotations.setVisible(not quotations)
        self.drop_button.setVisible(self.quotations.currentRow() >= 0)
        _fit(self.quotations)

    def show_reach(
        self, theme: StudyTheme, quotations: list[Quotation], opened: OpenStudy, material: CodedMaterial
    ) -> None:
        """Show how far the theme reaches, and one voice that carries it: here alone, and not where none are counted."""
        self.spread.setText("")
        self.voice.setText("")
        if opened.study.approach.has_rounds:
            texts = opened.analysed_texts
            self.spread.setText(_spread_words(theme_spread(theme, material.spans, texts)))
            voice = one_voice(quotations, texts)
            if voice is not None:
                words = tr("{n} of {all} quotations are one person’s. Only you see this.")
                self.voice.setText(words.format(n=voice.count, all=voice.of))
        for label in (self.spread, self.voice):
            label.setVisible(bool(label.text()))

    def theme(self) -> StudyTheme | None:
        """Return the theme from the form."""
        if self._theme is None:
            return None
        shown = [self.codes.item(row) for row in range(self.codes.count())]
        offered = {str(item.data(_KEY)) for item in shown}
        ticked = {str(item.data(_KEY)) for item in shown if item.checkState() is Qt.CheckState.Checked}
        # A code that cannot be seen just now stays.
        kept = [code for code in self._theme.codes if code in ticked or code not in offered]
        added = [str(item.data(_KEY)) for item in shown if str(item.data(_KEY)) in ticked - set(kept)]
        return replace(
            self._theme,
            name=" ".join(self.name.text().split()) or self._theme.name,
            state=chosen(self.state, ThemeState) or ThemeState.CANDIDATE,
            central_idea=self.idea.words(),
            against=self.against.words(),
            codes=(*kept, *added),
        )

    def commit(self) -> None:
        """Report what was typed."""
        self._pause.stop()
        theme = None if self._is_filling else self.theme()
        if theme is not None and theme != self._theme:
            self._theme = theme
            self.changed.emit(theme)

    def _on_typed(self) -> None:
        if not self._is_filling:
            self._pause.start()

    def _on_drop(self) -> None:
        item = self.quotations.currentItem()
        if item is not None:
            self.dropped.emit(str(item.data(_KEY)))


def _spread_words(spread: ThemeSpread) -> str:
    """Return how far a theme reaches: in 5 of 6 sessions; 4 people. Empty for one that is nowhere."""
    if not spread.passages:
        return ""
    people = tr_n("{n} person", "{n} people", spread.people).format(n=spread.people)
    sessions = tr_n("in {n} of {all} sessions", "in {n} of {all} sessions", spread.sessions)
    passages = tr_n("{n} passage", "{n} passages", spread.passages).format(n=spread.passages)
    where = sessions.format(n=spread.sessions, all=spread.of_sessions)
    return tr("{passages} {where}; {people}").format(passages=passages, where=where, people=people)


def _fit(of: QListWidget) -> None:
    """Make a list as tall as its rows, up to a limit."""
    heights = [of.sizeHintForRow(row) for row in range(min(_MOST_LINES, of.count()))]
    of.setFixedHeight(sum(heights) + 2 * of.frameWidth() + 4)
