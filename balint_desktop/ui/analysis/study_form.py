"""The form of a study: name, question, approach, who governs the data, and the texts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.analysis.study import AnalysisStudy, Approach, Author, StudyText
from balint_desktop.domain.values import SessionKind, new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, is_by_escape
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small, subheading

_QUESTION_LIMIT = 1000


class StudyForm(QWidget):
    """Emits `saved` with the study, or `cancelled`. Of a new study it also asks who you are in it."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "study-form")
        self._study = AnalysisStudy("", "")
        self.name = QLineEdit()
        self.question = NoteField("study-question", _QUESTION_LIMIT, 2, shown_from=100)
        self.approach = ChoiceField()
        for one in Approach:
            self.approach.addItem(wording.approach_name(one), one)
        self.approach_line = named(small(""), "study-approach-line")
        self.governance = QLineEdit()
        self.label = QLineEdit()
        self.texts: dict[str, QCheckBox] = {}
        self._ticks = QWidget()
        self._tick_rows = layouts.column(self._ticks, 6)
        self.no_texts = named(quiet(tr("No approved texts yet.")), "study-no-texts")
        self.without_evaluation = named(QCheckBox(tr("Leave the evaluation session out")), "study-without-evaluation")
        self.save_button = button("", "study-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), "study-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self.problem = ProblemLabel("study-problem")
        self.news = LiveLabel("study-form-news", "quiet")
        self.draft = FormDraft(self, drafts)
        self._build()
        self.approach.currentIndexChanged.connect(lambda _: self._show_approach())
        self.name.returnPressed.connect(self.save)

    def _build(self) -> None:
        form = Form()
        form.row(tr("Name"), self.name, "study-name")
        form.row(tr("Research question"), self.question, "study-question")
        form.add(self.question.left_words)
        form.row(tr("Approach"), self.approach, "study-approach")
        form.add(self.approach_line)
        form.row(tr("Who governs Māori and Pacific data"), self.governance, "study-governance")
        self._label_row = labelled(tr("What you are called in the study"), self.label, "study-label")
        form.add(self._label_row)
        column = layouts.column(self, 14)
        column.addWidget(form)
        column.addWidget(named(subheading(tr("Texts")), "study-texts-heading"))
        column.addWidget(self.no_texts)
        column.addWidget(self._ticks)
        column.addWidget(self.without_evaluation)
        column.addWidget(self.problem)
        column.addWidget(self.news)
        column.addWidget(flow(self.save_button, self.cancel_button))

    def show_study(self, study: AnalysisStudy, available: tuple[StudyText, ...]) -> None:
        """Fill the form from a study, or for a new one where it has no id. Raise Trouble."""
        self.draft.keep()
        self._study = study
        is_new = not study.id
        self.name.setText(study.name)
        self.question.setPlainText(study.question)
        self.approach.setCurrentIndex(list(Approach).index(study.approach))
        self.governance.setText(study.governance)
        self._label_row.setVisible(is_new)
        self.label.setText(tr("Coder 1") if is_new else "")
        self._show_texts(study, available)
        self.without_evaluation.setChecked(study.without_evaluation)
        self.save_button.setText(tr("Create study") if is_new else tr("Save"))
        self.problem.announce("")
        self.news.announce("")
        self._show_approach()
        # The ticks are new, and would come last.
        follow_layout(self)
        self.draft.begin(f"analysis-study-{study.id or 'new'}")

    def _show_texts(self, study: AnalysisStudy, available: tuple[StudyText, ...]) -> None:
        """Show a tick for each text: a text that is in the study stays the version it is there."""
        layouts.clear(self._tick_rows)
        inside = {one.recording: one for one in study.texts}
        known = {one.recording: one for one in available} | inside
        self._known = dict(sorted(known.items(), key=lambda item: (item[1].number, item[1].name)))
        self.texts = {}
        for recording, one in self._known.items():
            tick = named(QCheckBox(wording.text_name(one)), f"study-text-{recording}")
            tick.setChecked(recording in inside or not study.id)
            self.texts[recording] = tick
            self._tick_rows.addWidget(tick)
        self.no_texts.setVisible(not known)
        self.without_evaluation.setVisible(any(one.kind is SessionKind.EVALUATION for one in known.values()))

    def set_authors(self, authors: tuple[Author, ...]) -> None:
        """Go on with other authors, which are saved already; what is typed here stays."""
        self._study = replace(self._study, authors=authors)

    def study(self) -> AnalysisStudy:
        """Return the study from the form: what it does not show stays as it was."""
        is_new = not self._study.id
        label = " ".join(self.label.text().split())
        return replace(
            self._study,
            id=self._study.id or new_id(),
            name=" ".join(self.name.text().split()),
            question=self.question.words(),
            approach=chosen(self.approach, Approach) or Approach.CODEBOOK,
            governance=" ".join(self.governance.text().split()),
            texts=tuple(one for recording, one in self._known.items() if self.texts[recording].isChecked()),
            authors=(Author(new_id(), label),) if is_new else self._study.authors,
            without_evaluation=self.without_evaluation.isChecked(),
        )

    def save(self) -> None:
        """Check the form and emit the study, or say what is missing. While one is being saved, nothing is."""
        if not self.save_button.isEnabled():
            return
        if not self.name.text().split():
            self._refuse(tr("Enter a name for the study."), self.name)
        elif not self._study.id and not self.label.text().split():
            self._refuse(tr("Enter what you are called in the study."), self.label)
        elif not any(tick.isChecked() for tick in self.texts.values()):
            self._refuse(tr("Choose at least one text."), next(iter(self.texts.values()), self.name))
        else:
            self.problem.announce("")
            self.saved.emit(self.study())

    def _refuse(self, words: str, field: QWidget) -> None:
        self.problem.announce(words)
        field.setFocus()

    def _show_approach(self) -> None:
        approach = chosen(self.approach, Approach) or Approach.CODEBOOK
        self.approach_line.setText(wording.approach_line(approach))

    def _on_cancel(self) -> None:
        self.draft.cancel(by_escape=is_by_escape(self.cancel_button))
        self.cancelled.emit()
