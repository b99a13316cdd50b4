"""Find passages by codes and themes, and choose one as a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from balint_desktop.domain.analysis.retrieval import CodeQuery, FoundPassage, beside, passages
from balint_desktop.domain.analysis.study import Quotation, StudyTheme, ThemeState, ThemeWork
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.deps import AnalysisDeps, OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, code_name, place_of, words_of
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.page_area import area_around
from balint_desktop.ui.widgets.text import quiet, text

_MOST_ROWS = 500
_QUOTE_LIMIT = 2000
_LINES = 8


class Joined(StrEnum):
    """How the second code is joined to the first."""

    AND = "and"
    OR = "or"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class _Term:
    """A code with those under it, or all codes of a theme."""

    codes: frozenset[str]


class PassagesView(QWidget):
    """A question, its passages, and a form for a quotation. Emits `quoted` with the quotation."""

    quoted = Signal(object)

    def __init__(self, deps: AnalysisDeps, work: Work) -> None:
        super().__init__()
        named(self, "themes-passages")
        self._deps, self._work = deps, work
        self._opened: OpenStudy | None = None
        self._material = CodedMaterial()
        self._themes: tuple[StudyTheme, ...] = ()
        self._found: tuple[FoundPassage, ...] = ()
        self.first, self.second = Choice(tr("Choose a code or theme")), Choice(tr("nothing more"))
        self.joined = ChoiceField()
        for words, how in ((tr("and"), Joined.AND), (tr("or"), Joined.OR), (tr("but not"), Joined.NOT)):
            self.joined.addItem(words, how)
        self.where = ChoiceField()
        self.count = LiveLabel("passages-count", "quiet")
        self.list = named(UncopiedList(), "passages-list", spoken=tr("Passages"))
        self.list.setWordWrap(True)
        self.before, self.words, self.after = (
            named(quiet(""), "passage-before"),
            named(text(""), "passage-words"),
            named(quiet(""), "passage-after"),
        )
        self.quote_button = button(tr("Use as quotation…"), "passage-quote", self._on_quote)
        self._build_form()
        column = layouts.column(self, 10)
        column.addWidget(
            flow(
                labelled(tr("Passages with"), self.first, "passages-first"),
                labelled(tr("Joined by"), self.joined, "passages-joined"),
                labelled(tr("Second"), self.second, "passages-second"),
                labelled(tr("In"), self.where, "passages-where"),
                spacing=16,
                at_foot=True,
            )
        )
        for widget in (self.count, self.list, self.before, self.words, self.after, flow(self.quote_button), self.form):
            column.addWidget(widget)
        column.addStretch(1)
        for field in (self.first, self.joined, self.second, self.where):
            field.currentIndexChanged.connect(lambda _: self._find())
        self.list.currentRowChanged.connect(lambda _: self._show_passage())

    def _build_form(self) -> None:
        self.form = QWidget()
        self.theme = Choice(tr("Choose a theme"))
        self.shown = NoteField("quotation-words", _QUOTE_LIMIT, 3, shown_from=200)
        self.problem = ProblemLabel("quotation-problem")
        self.save_button = button(tr("Add quotation"), "quotation-save", self._on_save, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "quotation-cancel", self.form.hide, escape=EscapeRole.CANCEL)
        form = Form()
        form.row(tr("Theme"), self.theme, "quotation-theme")
        form.row(tr("As printed; write […] where you leave words out"), self.shown, "quotation-words")
        form.add(self.shown.left_words)
        column = layouts.column(self.form, 10)
        column.addWidget(form)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        self.form.hide()

    # --- what is shown ---

    def show_material(self, opened: OpenStudy, material: CodedMaterial, themes: ThemeWork) -> None:
        """Offer the codes and themes of a study."""
        self._opened, self._material = opened, material
        self._themes = tuple(one for one in themes.themes if one.state is not ThemeState.LET_GO)
        options = [
            *(
                (tr("Theme: {theme}").format(theme=theme.name), _Term(frozenset(theme.codes)))
                for theme in self._themes
                if theme.codes
            ),
            *(
                (code_name(opened, material, author, code), _Term(material.below(code.guid)))
                for author, code in material.codes
            ),
        ]
        for field in (self.first, self.second):
            before = field.value()
            field.blockSignals(True)
            field.set_options(options)
            field.choose(before)
            field.blockSignals(False)
        self.where.blockSignals(True)
        self.where.clear()
        self.where.addItem(tr("all texts"), "")
        for one in opened.study.analysed:
            self.where.addItem(one.name, one.recording)
        self.where.blockSignals(False)
        self.theme.set_options([(theme.name, theme.id) for theme in self._themes])
        self.form.hide()
        self._find()

    def show_found(self, found: tuple[FoundPassage, ...], about: str) -> None:
        """Show passages that were found elsewhere, as in a cell of the matrix."""
        self.first.blockSignals(True)
        self.first.choose(None)
        self.first.blockSignals(False)
        self._show(found, about)
        self.list.setFocus()

    def forget(self) -> None:
        """Drop every word of the study."""
        self._opened, self._material, self._themes = None, CodedMaterial(), ()
        for field in (self.first, self.second, self.theme):
            field.set_options(())
        self.form.hide()
        self.shown.clear()
        self._show((), "")

    def query(self) -> CodeQuery:
        """Return what is looked for."""
        first, second = self.first.value(), self.second.value()
        if first is None:
            return CodeQuery()
        if second is None:
            return CodeQuery(every=(first.codes,))
        return {
            Joined.AND: CodeQuery(every=(first.codes, second.codes)),
            Joined.OR: CodeQuery(some=(first.codes, second.codes)),
            Joined.NOT: CodeQuery(every=(first.codes,), none=(second.codes,)),
        }[Joined(self.joined.currentData())]

    def _find(self) -> None:
        where = self.where.currentData() or ""
        opened = self._opened
        if opened is None:
            return
        order = {one.recording: at for at, one in enumerate(opened.study.analysed)}
        found = [one for one in passages(self.query(), self._material.spans) if not where or one.text == where]
        found.sort(key=lambda one: (order.get(RecordingId(one.text), len(order)), one.begin))
        self._show(tuple(found), "")

    def _show(self, found: tuple[FoundPassage, ...], about: str) -> None:
        self._found, opened = found, self._opened
        count = tr_n("{n} passage", "{n} passages", len(found)).format(n=len(found))
        is_asked = self.first.value() is not None or about
        self.count.follow(f"{about}: {count}" if about else count if is_asked else "")
        self.list.clear()
        if opened is not None:
            for one in found[:_MOST_ROWS]:
                words = words_of(opened, one)
                self.list.addItem(QListWidgetItem(f"{place_of(opened, one.text, one.begin)}\n{words}"))
        self.list.setVisible(bool(found))
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES if found else 0)
        self.list.setCurrentRow(0 if found else -1)
        self._show_passage()

    def _chosen(self) -> FoundPassage | None:
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show_passage(self) -> None:
        """Show the chosen passage between the turns before and after it."""
        one, opened = self._chosen(), self._opened
        approved = opened.texts.get(RecordingId(one.text)) if one is not None and opened is not None else None
        before, after = beside(approved, one.begin, one.end) if approved is not None and one is not None else ("", "")
        self.before.setText(before)
        self.words.setText(words_of(opened, one) if one is not None and opened is not None else "")
        self.after.setText(after)
        for label in (self.before, self.words, self.after):
            label.setVisible(bool(label.text()))
        self.quote_button.setVisible(one is not None)

    # --- quotations ---

    def _on_quote(self) -> None:
        one, opened = self._chosen(), self._opened
        if one is None or opened is None:
            return
        self.shown.setPlainText(words_of(opened, one))
        self.problem.announce("" if self._themes else tr("Make a theme first."))
        self.save_button.setEnabled(bool(self._themes))
        self.form.show()
        self.theme.setFocus()
        area = area_around(self)
        if area is not None:
            area.reveal(self.save_button)

    def _on_save(self) -> None:
        one, opened, theme, shown = self._chosen(), self._opened, self.theme.value(), self.shown.words()
        if one is None or opened is None:
            return
        if theme is None or not shown:
            self.problem.announce(tr("Choose a theme.") if theme is None else tr("Enter the words of the quotation."))
            (self.theme if theme is None else self.shown).setFocus()
            return
        self.problem.announce("")
        self.save_button.setEnabled(False)
        recording = RecordingId(one.text)
        ask = self._deps.may_be_quoted

        def add(may: bool) -> None:
            self.save_button.setEnabled(True)
            self.form.hide()
            self.quoted.emit(Quotation(new_id(), theme, recording, one.begin, one.end, shown, may))

        self._work.run(lambda: ask(opened.study.id, recording, one.begin, one.end), add, self._on_failed, owner=self)

    def _on_failed(self, trouble: Trouble) -> None:
        self.save_button.setEnabled(True)
        self.problem.show_trouble(trouble)
