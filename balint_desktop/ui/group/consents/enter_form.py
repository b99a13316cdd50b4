"""Form to enter consent answers: who, purpose, date, form version, answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.consent import ANSWERS, FORM_LIMIT, Answer, ConsentEntry, Purpose, TakenBy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.text.capital import with_capital
from balint_desktop.text.consents import answer_word, purpose_name
from balint_desktop.text.trouble import headline
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_words
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import side_by_side
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small
from balint_desktop.vault.log.consents import ConsentCollection

_EVERYTHING = "all"
_KEYS = {Answer.GIVEN: "Alt+G", Answer.DECLINED: "Alt+D", Answer.WITHDRAWN: "Alt+W"}


class ConsentEntryForm(QWidget):
    """Fields and three answer buttons, disabled until a person, a purpose and a date are chosen.

    `chosen` is emitted when the choice changes, `answered` with the pressed answer.
    """

    chosen = Signal()
    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "consents-entering", spoken=tr("Enter answers"))
        self._codes: tuple[ParticipantCode, ...] = ()
        self._today = date(2000, 1, 1)
        self.who = Choice(tr("Choose who"))
        self.purpose = Choice(tr("Choose a purpose"))
        self.day = DateField(self._today)
        self.form = QLineEdit()
        self.form.setMaxLength(FORM_LIMIT)
        self.taker = ChoiceField()
        self.today_button = button(tr("Today"), "consents-today", self._on_today, ButtonKind.QUIET, shortcut="Alt+T")
        self.all_button = button(
            tr("Everyone, every purpose"), "consents-all", self.choose_all, ButtonKind.QUIET, shortcut="Alt+A"
        )
        self.answers: Mapping[Answer, QPushButton] = {answer: self._answer_button(answer) for answer in ANSWERS}
        self.missing_label = named(quiet(""), "consents-missing")
        self.problem = ProblemLabel("consents-problem")
        self.confirm = Confirm("consents")
        self._build()
        self.who.currentIndexChanged.connect(lambda _: self._on_chosen())
        self.purpose.currentIndexChanged.connect(lambda _: self._on_chosen())
        self.day.edited.connect(self._on_chosen)
        self.confirm.closed.connect(self.chosen)
        self.show_entries({})

    def show_choices(self, codes: Sequence[ParticipantCode], today: date, form: str, *, has_coordinator: bool) -> None:
        """Offer these codes, with no person, purpose or date chosen, and the likely form version preset."""
        self._codes = tuple(codes)
        self._today = today
        self.who.set_options([(tr("Everyone"), _EVERYTHING), *((code, code) for code in codes)])
        self.purpose.choose(None)
        self.day.set_range(last=today)
        # The calendar opens at this date.
        self.day.set_day(today)
        self.day.clear_day()
        self.form.setText(form)
        self.taker.setCurrentIndex(0 if has_coordinator else 1)

    def choose(self, code: str, purpose: str) -> None:
        """Choose one person and one purpose, as selected in the grid."""
        self.who.choose(code)
        self.purpose.choose(Purpose(purpose))

    def choose_all(self) -> None:
        """Choose everyone and every purpose."""
        self.who.choose(_EVERYTHING)
        self.purpose.choose(_EVERYTHING)

    def clear_choice(self) -> None:
        """Clear person and purpose; date, form version and taker stay for the next sheet of the pile."""
        self.who.choose(None)
        self.purpose.choose(None)

    def missing(self) -> str:
        """Return the missing choices as text, empty if complete."""
        if self.who.value() is None:
            return tr("Choose who answered, a purpose and a date first.")
        if self.purpose.value() is None:
            return tr("Choose a purpose and a date first.")
        try:
            self.day.day()
        except Trouble as trouble:
            if trouble.code is TroubleCode.DAY_MISSING:
                return tr("Enter the date of the answer first.")
            return headline(trouble)
        return ""

    def codes(self) -> tuple[ParticipantCode, ...]:
        """Return the chosen codes."""
        who = self.who.value()
        if who is None:
            return ()
        return self._codes if who == _EVERYTHING else (ParticipantCode(who),)

    def purposes(self) -> tuple[Purpose, ...]:
        """Return the chosen purposes."""
        purpose = self.purpose.value()
        if purpose is None:
            return ()
        return tuple(Purpose) if purpose == _EVERYTHING else (purpose,)

    def read_collection(self) -> ConsentCollection:
        """Return date, form version and taker. Raise Trouble NO_SUCH_DAY."""
        return ConsentCollection(self.day.day(), one_line(self.form.text()), TakenBy(self.taker.currentData()))

    def show_entries(self, entries: Mapping[Answer, ConsentEntry]) -> None:
        """Label each answer with its effect; if a choice is missing, disable the answers and name it."""
        reason = self.missing()
        for answer, made in self.answers.items():
            entry = entries.get(answer, ConsentEntry(answer, ()))
            set_words(made, wording.enter_words(entry))
            made.setEnabled(not reason and not self.confirm.is_asking)
            made.setAccessibleDescription(reason)
        self.missing_label.setText(reason)
        self.missing_label.setVisible(bool(reason))

    def first_missing(self) -> QWidget:
        """Return the first empty field, or the first answer button if none is."""
        if self.who.value() is None:
            return self.who
        if self.purpose.value() is None:
            return self.purpose
        return self.day if not self.day.has_day() else self.answers[Answer.GIVEN]

    def _answer_button(self, answer: Answer) -> QPushButton:
        return button(
            with_capital(answer_word(answer)),
            f"consents-{answer.value}",
            lambda: self.answered.emit(answer),
            shortcut=_KEYS[answer],
        )

    def _on_today(self) -> None:
        self.day.set_day(self._today)

    def _on_chosen(self) -> None:
        # A confirmation for an earlier choice no longer applies.
        self.confirm.dismiss()
        self.problem.announce("")
        self.chosen.emit()

    def _build(self) -> None:
        self.purpose.set_options(
            [
                (tr("Every purpose"), _EVERYTHING),
                *((purpose_name(purpose), purpose) for purpose in Purpose),
            ]
        )
        for taken_by in (TakenBy.COORDINATOR, TakenBy.FACILITATOR):
            self.taker.addItem(wording.taker_word(taken_by), taken_by)
        column = layouts.column(self, 10)
        column.addWidget(
            side_by_side(
                (tr("Who"), self.who, "consents-whom"),
                (tr("Purpose"), self.purpose, "consents-what"),
                (tr("Date"), self.day, "consents-day"),
                (tr("Form version"), self.form, "consents-form"),
                (tr("Taken by"), self.taker, "consents-taker"),
            )
        )
        column.addWidget(flow(self.all_button, self.today_button))
        column.addWidget(flow(*self.answers.values()))
        column.addWidget(self.missing_label)
        column.addWidget(self.problem)
        column.addWidget(self.confirm)
        column.addWidget(
            named(
                small(
                    tr(
                        "An answer for several people does not change a refusal. To change one, choose that person "
                        "and that purpose."
                    )
                ),
                "consents-many-help",
            )
        )
