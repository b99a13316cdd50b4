"""Enter bare scores by code, before and after, for those who agreed to analysis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.evaluation.scores import LONGEST_INSTRUMENT, BareScore, Occasion, parse_score
from balint_desktop.domain.group.group import Group
from balint_desktop.i18n import tr
from balint_desktop.reports.scores import scores_table
from balint_desktop.reports.tables import to_csv
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.export.log_files import show_codes_words
from balint_desktop.ui.group.evaluation import wording
from balint_desktop.ui.group.evaluation.deps import EvaluationDeps, EvaluationStore
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small, subheading, text


class ScoresBox(QWidget):
    """The list of scores, a form with four fields, and the export for the study."""

    changed = Signal()

    def __init__(self, deps: EvaluationDeps, messages: Messages, undoing: UndoStack) -> None:
        super().__init__()
        self._deps = deps
        self._messages = messages
        self._undoing = undoing
        self._group: Group | None = None
        self._has_scores = False
        self.code = Choice(tr("Choose a code"))
        self.instrument = QLineEdit()
        self.instrument.setMaxLength(LONGEST_INSTRUMENT)
        self.occasion = ChoiceField()
        for of in Occasion:
            self.occasion.addItem(wording.occasion(of), of)
        self.score = QLineEdit()
        self.problem = ProblemLabel("score-problem")
        self.save_button = button(tr("Save score"), "score-save", self._on_save, ButtonKind.PLAIN)
        self.export_button = button(tr("Export scores…"), "score-export", self._on_export)
        self.score.returnPressed.connect(self._on_save)
        self._nobody = named(
            quiet(tr("No one here has agreed to analysis, so no scores can be entered.")), "score-nobody"
        )
        self._codes_words = named(small(""), "score-codes")
        self._form = self._build_form()
        self._draft = FormDraft(self._form, deps.drafts)
        self._list = QWidget()
        self._grid = layouts.grid(self._list)
        self._grid.setHorizontalSpacing(24)
        self._withheld = named(small(""), "score-withheld")
        self._cover, self._inside = QWidget(), QWidget()
        cover = layouts.column(self._cover, 10)
        reason = tr("Only for the person who keeps the consents: the list shows who agreed to analysis.")
        cover.addWidget(named(quiet(reason), "score-cover"))
        self.open_button = button(tr("Show the scores"), "score-open", self.open_scores)
        cover.addWidget(flow(self.open_button))
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Scores from other questionnaires")), "score-heading"))
        column.addWidget(
            named(
                quiet(
                    tr("None are included: most need a licence. Scores are saved by code, before and after the group.")
                ),
                "score-about",
            )
        )
        column.addWidget(self._cover)
        inside = layouts.column(self._inside, 12)
        for widget in (self._nobody, self._list, self._withheld, self._form):
            inside.addWidget(widget)
        column.addWidget(self._inside)
        self.close_scores()

    def open_scores(self) -> None:
        """Show the scores: who agreed to analysis is seen from them."""
        self._cover.hide()
        self._inside.show()
        follow_layout(self)
        self.code.setFocus()

    def close_scores(self) -> None:
        """Hide the scores again, and store an unsaved one."""
        self._draft.keep()
        self._inside.hide()
        self._cover.show()

    @property
    def has_scores(self) -> bool:
        """Whether the group has scores, shown or withheld."""
        return self._has_scores

    def show_group(self, group: Group) -> None:
        """Show the scores of members whose latest answer agrees to analysis. Raise Trouble."""
        if self._group is not None and self._group.id != group.id:
            self.close_scores()
        self._group = group
        agreed = self._agreed(group)
        kept = self._deps.store.scores(group.id)
        self._has_scores = bool(kept)
        scores = [score for score in kept if score.code in agreed]
        self._nobody.setVisible(not agreed)
        self._form.setVisible(bool(agreed))
        self._draft.refill(
            f"group/score/{group.id}",
            lambda: self.code.set_options([(code, code) for code in agreed], chosen=self.code.value()),
        )
        self._fill(scores)
        self.export_button.setVisible(bool(scores))
        self._withheld.setVisible(len(scores) < len(kept))
        show_codes_words(self._codes_words, self._deps.labels(group.id))
        self._withheld.setText(
            tr("Scores of people who have not agreed to analysis, or no longer do, are neither shown nor exported.")
        )

    def _agreed(self, group: Group) -> list[str]:
        agreed = set(self._deps.agreed(group.id))
        return sorted((p.code for p in group.participants if p.code in agreed), key=lambda code: int(code[1:]))

    def _build_form(self) -> QWidget:
        fields = QWidget()
        row = layouts.row(fields, 16)
        for label, field, identifier, stretch in (
            (tr("Code"), self.code, "score-code", 0),
            (tr("Questionnaire"), self.instrument, "score-instrument", 1),
            (tr("When"), self.occasion, "score-occasion", 0),
            (tr("Score"), self.score, "score-number", 0),
        ):
            form = Form()
            form.row(label, field, identifier)
            row.addWidget(form, stretch)
        self.score.setMaximumWidth(self.score.fontMetrics().horizontalAdvance("0") * 14)
        holder = QWidget()
        column = layouts.column(holder, 10)
        column.addWidget(fields)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.export_button))
        column.addWidget(small(tr("Exported files are not encrypted. They hold study numbers, not names.")))
        column.addWidget(self._codes_words)
        return holder

    def _fill(self, scores: Sequence[BareScore]) -> None:
        layouts.clear(self._grid)
        self._list.setVisible(bool(scores))
        for row, score in enumerate(scores):
            cells = (score.code, score.instrument, wording.occasion(score.occasion), f"{score.score:g}")
            for column, words in enumerate(cells):
                self._grid.addWidget(named(text(words, selectable=True), f"score-{row}-{column}"), row, column)
            remove_button = button(
                tr("Delete"),
                f"score-{row}-remove",
                partial(self._on_remove, score),
                ButtonKind.QUIET,
                description=f"{score.code}, {score.instrument}, {wording.occasion(score.occasion)}",
            )
            self._grid.addWidget(remove_button, row, len(cells))
        self._grid.setColumnStretch(1, 1)

    def _on_save(self) -> None:
        group = self._group
        name = " ".join(self.instrument.text().split())
        if group is None:
            return
        if self.code.value() is None:
            self.problem.announce(tr("Choose a code first."))
            self.code.setFocus()
            return
        if not name:
            self.problem.announce(tr("Enter the questionnaire’s name first."))
            self.instrument.setFocus()
            return
        try:
            number = parse_score(self.score.text())
        except ValueError:
            self.problem.announce(tr("A score is a number, such as 42 or 3.5."))
            self.score.setFocus()
            return
        score = BareScore(self.code.value(), name, Occasion(self.occasion.currentData()), number)
        before = next((one for one in self._deps.store.scores(group.id) if _same(one, score)), None)
        with self._messages.attempt():
            self._deps.store.save_score(group.id, score)
            self._draft.discard()
            self.problem.announce("")
            self.score.clear()
            # Reset the choice: the next score belongs to another person or occasion.
            self.code.choose(None)
            self.show_group(group)
            self._undoing.push(
                tr("Score saved."),
                lambda: _restore(self._deps.store, group, score, before),
            )
            self.code.setFocus()

    def _on_remove(self, score: BareScore) -> None:
        group = self._group
        if group is None:
            return
        with self._messages.attempt():
            self._deps.store.delete_score(group.id, score)
            self.show_group(group)
            follow_layout(self)
            self._undoing.push(
                tr("Score deleted."),
                lambda: self._deps.store.save_score(group.id, score),
            )

    def _on_export(self) -> None:
        group = self._group
        if group is None:
            return

        def content() -> bytes:
            agreed = self._agreed(group)
            scores = [score for score in self._deps.store.scores(group.id) if score.code in agreed]
            return to_csv(scores_table(group, scores, labels))

        labels = self._deps.labels(group.id)
        form = FileForm(tr("CSV, one row per score"), f".{labels.marked}.csv", "scores", content)
        self._deps.export.save(self, file_stem("balint", "scores", group.name), (form,), group.id)


def _restore(store: EvaluationStore, group: Group, score: BareScore, before: BareScore | None) -> None:
    if before is None:
        store.delete_score(group.id, score)
    else:
        store.save_score(group.id, before)


def _same(one: BareScore, other: BareScore) -> bool:
    return (one.code, one.instrument, one.occasion) == (other.code, other.instrument, other.occasion)
