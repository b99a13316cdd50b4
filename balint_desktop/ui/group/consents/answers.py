"""The consents grid, entering answers, and the history of one person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.people import Group
from balint_desktop.domain.study.consent import Answer, Cell, cells_to_enter, current_answers, refusal_undone
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.enter_form import Entering
from balint_desktop.ui.group.consents.grid import ConsentGrid
from balint_desktop.ui.group.consents.history import ConsentHistory
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import quiet
from balint_desktop.vault.log.consents import Taking


class AnswersPage(Section[Group]):
    """Every answer of a group. Entering adds rows; undoing adds a row that takes back; nothing is deleted."""

    def __init__(self, needs: ConsentDeps) -> None:
        super().__init__()
        named(self, "consents-answers")
        self._needs = needs
        self._group: Group | None = None
        self._likely: tuple[object, ...] = ()
        self.grid = ConsentGrid()
        self.entering = Entering()
        self.history = ConsentHistory(self._take_back_one)
        self.history_button = button(
            tr("What was entered for this person"),
            "consents-show-history",
            self._toggle_history,
            ButtonKind.QUIET,
            shortcut="Alt+H",
        )
        self.none = named(quiet(tr("This group has no members yet. Add them first.")), "consents-none")
        self.grid.walked.connect(self._on_walked)
        self.grid.enter_asked.connect(self.entering.given.setFocus)
        self.entering.answered.connect(self._on_answered)
        column = layouts.column(self, 14)
        column.addWidget(self.none)
        column.addWidget(self.entering)
        column.addWidget(self.grid)
        column.addWidget(flow(self.history_button))
        column.addWidget(self.history)

    def show_thing(self, thing: Group) -> None:
        """Show a group's answers. Raise Trouble."""
        study = self._needs.log.consents.study(thing.id) or Study()
        codes = [member.code for member in thing.participants]
        likely = (thing.id, codes, study.form_version, bool(study.coordinator))
        self._group = thing
        if likely != self._likely:
            # Otherwise what was chosen stays, as after taking an act back.
            self._likely = likely
            today = self._needs.log.consents.today()
            self.entering.show_choices(codes, today, study.form_version, has_coordinator=bool(study.coordinator))
            self.history.hide()
        self.entering.problem.say("")
        for widget in (self.grid, self.entering, self.history_button):
            widget.setVisible(bool(codes))
        self.none.setVisible(not codes)
        self._show_answers()

    def left(self) -> None:
        self._likely = ()

    def first_focus(self) -> QWidget | None:
        return self.grid if self.grid.codes else None

    def _show_answers(self) -> None:
        if self._group is not None:
            rows = self._needs.log.consents.consents(self._group.id)
            self.grid.show_answers([member.code for member in self._group.participants], current_answers(rows))
            if not self.history.isHidden():
                self._show_history()

    def _on_walked(self, code: str, purpose: str) -> None:
        self.entering.choose(code, purpose)
        if not self.history.isHidden():
            self._needs.messages.attempted(self._show_history)

    def _on_answered(self, answer: Answer) -> None:
        self._needs.messages.attempted(lambda: self._enter(answer))

    def _enter(self, answer: Answer) -> None:
        group = self._group
        if group is None:
            return
        rows = self._needs.log.consents.consents(group.id)
        taking = self.entering.taking()
        cells, left = cells_to_enter(rows, self.entering.codes(), self.entering.purposes(), answer)
        if not cells:
            self.entering.problem.say(_nothing(answer))
            return
        for cell in cells:
            refused = refusal_undone(rows, cell, answer, taking.day)
            if refused is not None:
                self.entering.problem.say(_refused(cell, refused_on=day_words(refused)))
                return
        self.entering.problem.say("")
        self._keep(group, cells, answer, taking, left=len(left))

    def _keep(self, group: Group, cells: tuple[Cell, ...], answer: Answer, taking: Taking, *, left: int) -> None:
        places = self._needs.log.consents.enter(group.id, cells, answer, taking)
        self._needs.changed(group.id)
        self._show_answers()
        needs = self._needs
        needs.undoing.did(_entered(cells, answer, left), lambda: _take_back(needs, group, places))

    def _take_back_one(self, place: int) -> None:
        if self._group is not None:
            group = self._group
            self.history_button.setFocus()
            self._needs.messages.attempted(lambda: self._take_back_here(group, place))

    def _take_back_here(self, group: Group, place: int) -> None:
        _take_back(self._needs, group, (place,))
        self._show_answers()

    def _toggle_history(self) -> None:
        if self.history.isHidden():
            self._needs.messages.attempted(self._show_history)
        else:
            self.history.hide()

    def _show_history(self) -> None:
        row = self.grid.currentRow()
        if self._group is not None and 0 <= row < len(self.grid.codes):
            self.history.show_rows(self.grid.codes[row], self._needs.log.consents.consents(self._group.id))


def _take_back(needs: ConsentDeps, group: Group, places: tuple[int, ...]) -> None:
    """Add rows that take back. Raise Trouble."""
    needs.log.consents.take_back(group.id, places)
    needs.changed(group.id)


def _entered(cells: tuple[Cell, ...], answer: Answer, left: int) -> str:
    people = len({code for code, _ in cells})
    word = wording.answer_word(answer)
    if len(cells) == 1:
        ((code, purpose),) = cells
        return tr("Entered for {code}, {purpose}: {answer}.").format(
            code=code, purpose=wording.purpose_name(purpose), answer=word
        )
    told = tr_n("Entered for {n} person: {answer}.", "Entered for {n} people: {answer}.", people)
    told = told.format(n=people, answer=word)
    if left:
        told += " " + tr_n("{n} answer was left as it stands.", "{n} answers were left as they stand.", left).format(
            n=left
        )
    return told


def _nothing(answer: Answer) -> str:
    if answer is Answer.WITHDRAWN:
        return tr("Nothing was entered: nobody chosen has agreed to that. What was not given is declined.")
    return tr("Nothing was entered: whoever is chosen declined or withdrew. Choose one person and one purpose.")


def _refused(cell: Cell, *, refused_on: str) -> str:
    return tr(
        "Nothing was entered: {code} declined or withdrew on {day}, after the day chosen. Choose the day on which it "
        "was given again."
    ).format(code=cell[0], day=refused_on)
