"""Decide on a matter: what, why, and who agreed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.analysis.study import AnalysisStudy, MatterDecision, MatterOutcome
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, is_by_escape
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import FlowLayout, flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet, small, subheading

_REASON_LIMIT = 2000
# What a theme or a code as a whole can be; a passage can be made wider or narrower, too.
_ON_PASSAGES_ALONE = frozenset({MatterOutcome.WIDER, MatterOutcome.NARROWER})
# A code that one coder gave has no other to choose between.
_BETWEEN_CODERS = frozenset({MatterOutcome.AS_CODER, MatterOutcome.BOTH_STAND})


class DecisionForm(QWidget):
    """Emits `decided` with the decision. It makes consensus; nobody's own coding is changed."""

    decided = Signal(object)
    closed = Signal()

    def __init__(self, now: Callable[[], float], drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "decision-form")
        self._now = now
        self._matter: Matter | None = None
        self._before: MatterDecision | None = None
        self._round = 0
        self.title = named(subheading(""), "decision-title")
        self.outcome = Choice(tr("Choose what was decided"))
        self.reason = NoteField("decision-reason", _REASON_LIMIT, 2, shown_from=200)
        self.agreed: dict[str, QCheckBox] = {}
        self._agreed = QWidget()
        self._agreed_rows = FlowLayout(self._agreed, 16)
        self.problem = ProblemLabel("decision-problem")
        self.save_button = button(tr("Save decision"), "decision-save", self.save, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "decision-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self.draft = FormDraft(self, drafts)
        form = Form()
        form.row(tr("Decided"), self.outcome, "decision-outcome")
        self.outcome_line = named(small(""), "decision-outcome-line")
        form.add(self.outcome_line)
        form.row(tr("Why"), self.reason, "decision-reason")
        form.add(self.reason.left_words)
        column = layouts.column(self, 10)
        column.addWidget(self.title)
        column.addWidget(form)
        column.addWidget(named(quiet(tr("Who agreed")), "decision-agreed-label"))
        column.addWidget(self._agreed)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        column.addStretch(1)
        self.outcome.currentIndexChanged.connect(lambda _: self._show_outcome())
        self.hide()

    def ask(
        self,
        matter: Matter,
        study: AnalysisStudy,
        present: tuple[str, ...],
        number: int,
        before: MatterDecision | None,
    ) -> None:
        """Show the form for a matter. `before` is the decision that a new one supersedes. Raise Trouble."""
        self.draft.keep()
        self._matter, self._before, self._round = matter, before, number
        self.title.setText(matter.title)
        self.outcome.set_options(_options(matter, study))
        self.outcome.choose((before.outcome, before.as_author) if before is not None else None)
        self._show_outcome()
        self.reason.setPlainText(before.reason if before is not None else "")
        layouts.clear(self._agreed_rows)
        self.agreed = {}
        for one in study.authors:
            tick = named(QCheckBox(one.label), f"decision-agreed-{one.id}")
            tick.setChecked(one.id in (before.agreed if before is not None else present))
            self.agreed[one.id] = tick
            self._agreed_rows.addWidget(tick)
        self.problem.announce("")
        key = matter.theme or matter.code
        place = f"-{matter.dispute.text}-{matter.dispute.begin}" if matter.dispute is not None else ""
        self.draft.begin(f"analysis-decision-{study.id}-{key}{place}")
        self.show()
        self.outcome.setFocus()

    def _show_outcome(self) -> None:
        """Say what the chosen decision does for consensus."""
        chosen = self.outcome.value()
        is_theme = self._matter is not None and bool(self._matter.theme)
        self.outcome_line.setText(wording.outcome_line(chosen[0], is_theme=is_theme) if chosen is not None else "")
        self.outcome_line.setVisible(bool(self.outcome_line.text()))

    def save(self) -> None:
        """Emit the decision, or say what is missing."""
        matter, chosen = self._matter, self.outcome.value()
        if matter is None:
            return
        if chosen is None:
            self._refuse(tr("Choose what was decided."), self.outcome)
            return
        outcome, as_author = chosen
        agreed = tuple(author for author, tick in self.agreed.items() if tick.isChecked())
        if outcome.needs_reason and not self.reason.words():
            self._refuse(tr("Enter the reason: someone will ask in a year."), self.reason)
        elif not agreed:
            self._refuse(tr("Tick who agreed."), next(iter(self.agreed.values()), self.outcome))
        else:
            self.problem.announce("")
            self.draft.discard()
            dispute = matter.dispute
            self.decided.emit(
                MatterDecision(
                    new_id(),
                    self._round,
                    "",
                    self._now(),
                    outcome,
                    self.reason.words(),
                    agreed,
                    matter.code,
                    matter.theme,
                    RecordingId(dispute.text) if dispute is not None else None,
                    dispute.begin if dispute is not None else None,
                    dispute.end if dispute is not None else None,
                    as_author,
                    self._before.id if self._before is not None else None,
                )
            )

    def leave(self) -> None:
        """Close the form; what is half typed stays a draft."""
        self.draft.keep()
        self.hide()

    def _refuse(self, words: str, field: QWidget) -> None:
        self.problem.announce(words)
        field.setFocus()

    def _on_cancel(self) -> None:
        self.draft.cancel(by_escape=is_by_escape(self.cancel_button))
        self.hide()
        self.closed.emit()


def _options(matter: Matter, study: AnalysisStudy) -> list[tuple[str, tuple[MatterOutcome, str]]]:
    """Return what can be decided about a matter, with whose coding counts."""
    found: list[tuple[str, tuple[MatterOutcome, str]]] = []
    for one in MatterOutcome:
        if matter.is_of_one and one in _BETWEEN_CODERS:
            continue
        if one is MatterOutcome.AS_CODER:
            found += [
                (wording.outcome_name(one, wording.label_of(study, who)), (one, who))
                for who in (matter.who if matter.theme == "" else ())
            ]
        elif matter.dispute is not None or one not in _ON_PASSAGES_ALONE:
            found.append((wording.outcome_name(one, is_of_one=matter.is_of_one), (one, "")))
    return found
