"""The consents grid, entering answers, and the history of one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.consent import ANSWERS, Answer, Consent, current_answers, plan_entry
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text.consents import entered_words
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.enter_form import ConsentEntryForm
from balint_desktop.ui.group.consents.grid import ConsentGrid
from balint_desktop.ui.group.consents.history import ConsentHistory
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import quiet
from balint_desktop.vault import consent_gate

_SHOWN_IN_PLACE = frozenset(
    {
        TroubleCode.CONSENT_AHEAD,
        TroubleCode.CONSENT_EARLIER,
        TroubleCode.CONSENT_NOT_GIVEN,
        TroubleCode.CONSENT_REFUSED,
        TroubleCode.NO_SUCH_DAY,
    }
)


class AnswersPage(Section[Group]):
    """All answers of a group. Entering appends rows; undo appends a reverting row; nothing is deleted."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "consents-answers")
        self._deps = deps
        self._group: Group | None = None
        self._likely: tuple[object, ...] = ()
        self._undos: list[Callable[[], None]] = []
        self.grid = ConsentGrid()
        self.entering = ConsentEntryForm()
        self.history = ConsentHistory(self._undo_entry)
        self.history_button = button(
            tr("History of this person…"),
            "consents-show-history",
            self._toggle_history,
            ButtonKind.QUIET,
            shortcut="Alt+H",
        )
        self.none = named(quiet(tr("This group has no members yet. Add them under Members.")), "consents-none")
        self.grid.current_changed.connect(self._on_walked)
        self.grid.enter_asked.connect(self._on_enter_asked)
        self.entering.chosen.connect(self._on_chosen)
        self.entering.answered.connect(self._on_answered)
        self.history.closed.connect(self.history_button.setFocus)
        column = layouts.column(self, 14)
        column.addWidget(self.none)
        column.addWidget(self.entering)
        column.addWidget(self.grid)
        column.addWidget(flow(self.history_button))
        column.addWidget(self.history)

    def show_subject(self, thing: Group) -> None:
        """Show a group's answers. Raise Trouble."""
        study = self._deps.log.consents.study(thing.id) or Study()
        codes = [member.code for member in thing.participants]
        likely = (thing.id, codes, study.form_version, bool(study.coordinator))
        self._group = thing
        if likely != self._likely:
            # Otherwise the choice stays, for example after an undo.
            self._likely = likely
            today = self._deps.log.consents.today()
            self.entering.show_choices(codes, today, study.form_version, has_coordinator=bool(study.coordinator))
            self.history.hide()
        self.entering.problem.announce("")
        for widget in (self.grid, self.entering, self.history_button):
            widget.setVisible(bool(codes))
        self.none.setVisible(not codes)
        self._show_answers()

    def leave_view(self) -> None:
        self._likely = ()
        # Pressed on another page, Undo would change an answer that nobody is looking at.
        for undo in self._undos:
            self._deps.undoing.forget(undo)
        self._undos.clear()

    def first_focus(self) -> QWidget | None:
        return self.grid if self.grid.codes else None

    def _show_answers(self) -> None:
        if self._group is not None:
            # Re-reading the rows dismisses an open confirmation.
            self.entering.confirm.dismiss()
            rows = self._deps.log.consents.consents(self._group.id)
            self.grid.show_answers([member.code for member in self._group.participants], current_answers(rows))
            if not self.history.isHidden():
                self._show_history()
            self._show_entries(rows)

    def _show_entries(self, rows: Sequence[Consent]) -> None:
        """Update the answer buttons with their effect."""
        codes, purposes = self.entering.codes(), self.entering.purposes()
        entries = {answer: plan_entry(rows, codes, purposes, answer) for answer in ANSWERS if codes and purposes}
        self.entering.show_entries(entries)
        self.grid.show_choice(codes, purposes)

    def _on_chosen(self) -> None:
        group = self._group
        if group is None:
            self.entering.show_entries({})
            return
        self._deps.messages.attempted(lambda: self._show_entries(self._deps.log.consents.consents(group.id)))

    def _on_walked(self, code: str, purpose: str) -> None:
        self.entering.choose(code, purpose)
        if not self.history.isHidden():
            self._deps.messages.attempted(self._show_history)

    def _on_enter_asked(self, code: str, purpose: str) -> None:
        self._on_walked(code, purpose)
        self.entering.first_missing().setFocus()

    def _on_answered(self, answer: Answer) -> None:
        self._deps.messages.attempted(lambda: self._ask_or_enter(answer))

    def _ask_or_enter(self, answer: Answer) -> None:
        """Enter an answer for one person and purpose; ask for confirmation before entering many."""
        group = self._group
        if group is None or self.entering.missing():
            return
        rows = self._deps.log.consents.consents(group.id)
        entry = plan_entry(rows, self.entering.codes(), self.entering.purposes(), answer)
        if not entry.is_for_many or not entry.cells:
            self._enter(group, answer)
            return
        self.entering.confirm.ask(
            wording.confirm_words(entry, self.entering.read_collection().day),
            wording.enter_words(entry),
            lambda: self._on_confirmed(group, answer),
            self.entering.answers[answer],
        )
        self._show_entries(rows)

    def _on_confirmed(self, group: Group, answer: Answer) -> None:
        self._deps.messages.attempted(lambda: self._enter(group, answer))

    def _enter(self, group: Group, answer: Answer) -> None:
        try:
            entered = consent_gate.enter_answers(
                self._deps.log,
                group.id,
                self.entering.codes(),
                self.entering.purposes(),
                answer=answer,
                taking=self.entering.read_collection(),
            )
        except Trouble as trouble:
            if trouble.code not in _SHOWN_IN_PLACE:
                raise
            self.entering.problem.announce(sentence(_with_day(trouble)))
            return
        self.entering.clear_choice()
        self._deps.changed(group.id)
        self._show_answers()
        self.grid.setFocus()
        deps = self._deps

        def undo() -> None:
            _undo_entries(deps, group, entered.places)

        self._undos.append(undo)
        deps.undoing.push(entered_words(entered.entry), undo)

    def _undo_entry(self, place: int) -> None:
        if self._group is not None:
            group = self._group
            self.history_button.setFocus()
            self._deps.messages.attempted(lambda: self._undo_in_group(group, place))

    def _undo_in_group(self, group: Group, place: int) -> None:
        _undo_entries(self._deps, group, (place,))
        self._show_answers()

    def _toggle_history(self) -> None:
        if self.history.isHidden():
            self._deps.messages.attempted(self._show_history)
        else:
            self.history.hide()

    def _show_history(self) -> None:
        row = self.grid.currentRow()
        if self._group is not None and 0 <= row < len(self.grid.codes):
            self.history.show_rows(self.grid.codes[row], self._deps.log.consents.consents(self._group.id))


def _undo_entries(deps: ConsentDeps, group: Group, places: tuple[int, ...]) -> None:
    """Append reverting rows. Raise Trouble."""
    deps.log.consents.undo_answers(group.id, places)
    deps.changed(group.id)


def _with_day(trouble: Trouble) -> Trouble:
    """Return a copy of a trouble with its date in the page's format."""
    typed_day = trouble.details.get("day")
    day = {"day": day_words(date.fromisoformat(typed_day))} if isinstance(typed_day, str) else {}
    return Trouble(trouble.code, **{**trouble.details, **day})
