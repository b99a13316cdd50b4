"""Open a round of coding: who codes, with which framework, and by which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import Framework, framework_change
from balint_desktop.domain.analysis.study import AnalysisStudy, AuthorRole, CodingRound, RoundKind
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.study_page import coders
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, is_by_escape
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import FlowLayout, flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet, small

_GETS = ("transcripts", "framework")
_OPEN = 0
"""What stands for open coding among the versions of the framework."""


@dataclass(frozen=True, slots=True)
class RoundAsked:
    """A round as it is to be opened, and whether the independent coder has had the framework by then.

    None where no independent coder codes in it.
    """

    coding_round: CodingRound
    independent_had_framework: bool | None = field(default=None)


class RoundForm(QWidget):
    """Emits `asked` with the round, or `cancelled`."""

    asked = Signal(object)
    cancelled = Signal()

    def __init__(self, now: Callable[[], float], drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "round-form")
        self._now = now
        self._study = AnalysisStudy("", "")
        self._framework = Framework()
        self._number = 1
        self.title = named(heading(""), "round-heading")
        about = quiet(tr("Each codes alone, and sees nobody else’s codes until their own round is closed."))
        self.coders: dict[str, QCheckBox] = {}
        self._ticks = QWidget()
        self._tick_rows = FlowLayout(self._ticks, 16)
        self.codes = Choice(tr("Choose what is coded with"))
        self.changes = named(small(""), "round-changes")
        self.independent = Choice(tr("Choose what they get"))
        self.day = DateField(optional=True)
        self.problem = ProblemLabel("round-problem")
        self.open_button = button("", "round-open", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), "round-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self.draft = FormDraft(self, drafts)
        self.independent.set_options(
            ((tr("The transcripts only"), _GETS[0]), (tr("The transcripts and the framework"), _GETS[1]))
        )
        form = Form()
        form.row(tr("Coded with"), self.codes, "round-codes")
        form.add(self.changes)
        self._independent_row = Form()
        self._independent_row.row(
            tr("What the independent coder gets"),
            self.independent,
            "round-independent",
            tr("The methods text says so."),
        )
        form.add(self._independent_row)
        form.row(tr("Wanted by"), self.day, "round-day")
        column = layouts.column(self, 14)
        for widget in (self.title, named(about, "round-about"), named(quiet(tr("Who codes")), "round-who-label")):
            column.addWidget(widget)
        column.addWidget(self._ticks)
        column.addWidget(form)
        column.addWidget(self.problem)
        column.addWidget(flow(self.open_button, self.cancel_button))
        column.addStretch(1)
        self.codes.currentIndexChanged.connect(lambda _: self._show_choice())

    def show_round(self, opened: OpenStudy, framework: Framework) -> None:
        """Ask for the next round of a study. Raise Trouble."""
        self.draft.keep()
        self._study = opened.study
        self._framework = framework
        self._number = opened.rounds[-1].number + 1 if opened.rounds else 1
        self.title.setText(tr("Open round {n}").format(n=self._number))
        before = opened.rounds[-1].authors if opened.rounds else tuple(one.id for one in opened.study.authors)
        layouts.clear(self._tick_rows)
        self.coders = {}
        for one in coders(opened.study):
            tick = named(QCheckBox(wording.coder_name(one)), f"round-coder-{one.id}")
            tick.setChecked(one.id in before or not opened.rounds)
            tick.toggled.connect(lambda _: self._show_choice())
            self.coders[one.id] = tick
            self._tick_rows.addWidget(tick)
        options = [
            (wording.version_name(one.version, len(one.book.codes)), one.version)
            for one in reversed(framework.versions)
        ]
        options.append((tr("Open coding: each makes own codes"), _OPEN))
        self.codes.set_options(options, chosen=options[0][1])
        self.independent.choose(None)
        self.day.set_range(first=day_of(self._now()))
        self.day.set_day(None)
        self.problem.announce("")
        self._show_choice()
        self.draft.begin(f"analysis-round-{opened.study.id}-{self._number}")
        self._show_choice()

    def leave(self) -> None:
        """Keep what is half typed."""
        self.draft.keep()

    def _show_choice(self) -> None:
        version = self.codes.value() or _OPEN
        self.changes.setText(self._change_words(version))
        self.changes.setVisible(bool(self.changes.text()))
        self._independent_row.setVisible(version != _OPEN and bool(self._independents()))
        count = len(self._chosen())
        words = tr_n("Open round {round} for {n} coder", "Open round {round} for {n} coders", count)
        self.open_button.setText(words.format(round=self._number, n=count))

    def _change_words(self, version: int) -> str:
        """Return what changed since the version before, and that the draft goes on where it does."""
        books = {one.version: one.book for one in self._framework.versions}
        if version == _OPEN:
            return ""
        words = [
            tr("Since version {n}: {changes}").format(
                n=version - 1,
                changes=wording.change_words(framework_change(books.get(version - 1, Codebook()), books[version])),
            )
        ] * (version > 1)
        if version == len(books) and not self._framework.is_fixed:
            words.append(tr("The framework has changed since. Fix the next version under “Compare” to use it."))
        return "\n".join(words)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(author for author, tick in self.coders.items() if tick.isChecked())

    def _independents(self) -> tuple[str, ...]:
        """Return the independent coders who code in it."""
        roles = {one.id: one.role for one in self._study.authors}
        return tuple(one for one in self._chosen() if roles[one] is AuthorRole.INDEPENDENT)

    def save(self) -> None:
        """Emit the round, or say what is missing."""
        version = self.codes.value()
        who, outside = self._chosen(), self._independents()
        gets = None if self.independent.value() is None else self.independent.value() == _GETS[1]
        try:
            day = self.day.day_or_none()
        except Trouble as trouble:
            self.problem.show_trouble(trouble)
            self.day.setFocus()
            return
        if not who:
            self._refuse(tr("Tick who codes."), next(iter(self.coders.values()), self.codes))
        elif version is None:
            self._refuse(tr("Choose what is coded with."), self.codes)
        elif version != _OPEN and outside and gets is None:
            self._refuse(tr("Choose what the independent coder gets."), self.independent)
        else:
            self.problem.announce("")
            self.draft.discard()
            is_open = version == _OPEN
            made = CodingRound(
                self._number,
                RoundKind.OPEN if is_open else RoundKind.FRAMEWORK,
                self._now(),
                who,
                None if is_open else version,
                day.isoformat() if day is not None else "",
                without_framework=outside if not is_open and not gets else (),
            )
            had = self._study.independent_had_framework
            self.asked.emit(RoundAsked(made, bool(had or (gets and not is_open)) if outside else had))

    def _refuse(self, words: str, to: QWidget) -> None:
        self.problem.announce(words)
        to.setFocus()

    def _on_cancel(self) -> None:
        self.draft.cancel(by_escape=is_by_escape(self.cancel_button))
        self.cancelled.emit()
