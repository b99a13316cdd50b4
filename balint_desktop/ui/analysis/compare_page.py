"""Compare and agree: codes and themes first, passages on request, framework, meeting; figures where asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from balint_desktop.domain.analysis.compare import coders_at
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.comparison import Compared, Comparison, bodies, read_compared
from balint_desktop.ui.analysis.decision_form import DecisionForm
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, FrameworkService, OpenStudy
from balint_desktop.ui.analysis.figures_view import FiguresView
from balint_desktop.ui.analysis.framework_changes import FrameworkChanges
from balint_desktop.ui.analysis.framework_view import FrameworkView
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.analysis.matters_view import MattersView
from balint_desktop.ui.analysis.meeting_flow import MeetingFlow
from balint_desktop.ui.analysis.meeting_view import MeetingView
from balint_desktop.ui.analysis.passages_compared import PassagesCompared
from balint_desktop.ui.analysis.text_strips import TextStrip, TextStrips
from balint_desktop.ui.shell.messages import Messages
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
from balint_desktop.ui.widgets.text import subheading


class ComparePage(QWidget):
    """One round, after one's own part of it is closed. It leads between its views; nobody's own coding is changed."""

    back = Signal()

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "compare-page")
        self._deps, self._work, self._messages = deps, work, messages
        self._comparison: Comparison | None = None
        self._service: AnalysisService | None = None
        self._frameworks: FrameworkService | None = None
        self._current = "matters"
        # Which passages are shown: those of a matter, or of a text.
        self._only: Matter | str | None = None
        self._build()
        self.changes = FrameworkChanges(work, messages, deps.now, self)
        self.meetings = MeetingFlow(deps, work, messages, self.meeting, self.form)
        self._connect()

    # --- building ---

    def _build(self) -> None:
        self.back_button = button(
            tr("Back to study"), "compare-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(subheading(""), "compare-title")
        self.news = LiveLabel("compare-news", "quiet")
        self.matters = MattersView()
        self.passages = PassagesCompared()
        self.strips = TextStrips()
        self.framework = FrameworkView(self._deps.drafts)
        self.meeting = MeetingView(self._deps.drafts)
        self.figures = FiguresView(self._work, self._messages)
        self.form = DecisionForm(self._deps.now, self._deps.drafts)
        views = {
            "matters": (tr("Codes and themes"), self.matters),
            "passages": (tr("Passages"), self.passages),
            "texts": (tr("Texts"), self.strips),
            "framework": (tr("Framework"), narrow(self.framework, READABLE)),
            "meeting": (tr("Meeting"), narrow(self.meeting, READABLE)),
            "figures": (tr("As figures"), self.figures),
        }
        self._pages = Pages()
        self.chips: dict[str, QPushButton] = {}
        self._areas: dict[str, PageArea] = {}
        for key, (words, view) in views.items():
            self._areas[key] = PageArea(view, f"compare-{key}-scroll", words, inner=True)
            self._pages.add(self._areas[key])
            made = chip(words, f"compare-show-{key}")
            when_chosen(made, partial(self._on_chip, key))
            self.chips[key] = made
        self._decision_area = PageArea(narrow(self.form, READABLE), "compare-decision-scroll", tr("Decide"), inner=True)
        self._pages.add(self._decision_area)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        self._chip_row = flow(*self.chips.values())
        self.round = ChoiceField()
        self._round_row = labelled(tr("Round"), self.round, "compare-round")
        head.addWidget(self._round_row)
        page = layouts.column(self, 10)
        page.addLayout(head)
        page.addWidget(self._chip_row)
        page.addWidget(self.news)
        page.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.round.currentIndexChanged.connect(lambda _: self._on_round())
        self.matters.decide_asked.connect(self._ask)
        self.matters.passages_asked.connect(self._show_only)
        self.matters.same_asked.connect(lambda matter: self._on_changed(self.changes.join(matter)))
        self.matters.apart_asked.connect(lambda matter: self._on_changed(self.changes.part(matter)))
        self.matters.add_asked.connect(lambda matter: self._on_changed(self.changes.add(matter)))
        self.passages.decide_asked.connect(self._ask)
        self.passages.all_asked.connect(lambda: self._show_only(None))
        self.strips.asked.connect(self._show_only)
        self.framework.changed.connect(self._on_framework)
        self.framework.fix_asked.connect(self._on_fix)
        self.framework.import_asked.connect(self._on_import)
        for view in (self.matters, self.framework):
            view.undo_asked.connect(self.undo)
        self.changes.stored.connect(self._on_stored)
        self.changes.undone.connect(lambda: self._on_changed(tr("Undone.")))
        self.changes.fixed.connect(self._on_fixed)
        self.changes.nothing_new.connect(self.news.announce)
        self.meetings.decide_asked.connect(self._ask)
        self.meetings.decided.connect(self._on_decided)
        self.meetings.saved.connect(lambda: self.news.announce(tr("Meeting saved.")))
        self.form.closed.connect(self._close_form)

    # --- opening and leaving ---

    def show_study(
        self,
        service: AnalysisService,
        frameworks: FrameworkService | None,
        opened: OpenStudy,
        compared: Compared,
    ) -> None:
        """Show what was coded in a round."""
        comparison = Comparison(opened, compared)
        self._service, self._frameworks, self._comparison = service, frameworks, comparison
        self._only = None
        self.changes.begin(comparison, frameworks)
        self._offer_rounds(comparison)
        has_figures = opened.study.approach.has_figures
        for key in ("framework", "passages", "texts", "figures"):
            self.chips[key].setVisible(frameworks is not None and (key != "figures" or has_figures))
        self.meetings.begin(service, comparison)
        self.framework.begin(opened.study.id)
        self._show_about(comparison)
        self.news.announce("")
        self.show_view("matters")

    def leave(self) -> None:
        """Save what is not saved yet, and drop the study. Raise Trouble if it cannot be saved."""
        if self._comparison is None:
            return
        self.framework.commit()
        self.changes.flush()
        self.form.leave()
        self.meeting.leave()
        self._comparison = self._service = self._frameworks = None
        self._only = None
        self.changes.end()
        self.meetings.end()
        for view in (self.matters, self.passages, self.strips, self.framework, self.meeting, self.figures):
            view.forget()

    @property
    def opened(self) -> OpenStudy | None:
        """The study on the page."""
        return self._comparison.opened if self._comparison is not None else None

    def _show_about(self, comparison: Comparison) -> None:
        words = tr_n("Compare round {round}: {n} coder", "Compare round {round}: {n} coders", len(comparison.coders))
        self.title.setText(words.format(round=comparison.round, n=len(comparison.coders)))
        self.matters.show_order(comparison.order_words())

    # --- rounds ---

    def _offer_rounds(self, comparison: Comparison) -> None:
        """Offer the rounds that can be compared, where there is more than one."""
        numbers = [one.number for one in comparison.opened.comparable_rounds]
        was = self.round.blockSignals(True)
        self.round.clear()
        for number in numbers:
            self.round.addItem(str(number), number)
        self.round.setCurrentIndex(self.round.findData(comparison.round))
        self.round.blockSignals(was)
        self._round_row.setVisible(len(numbers) > 1)

    def _on_round(self) -> None:
        """Read another round and show it in the same view, with what was decided and changed on this visit."""
        service, frameworks, comparison = self._service, self._frameworks, self._comparison
        number = self.round.currentData()
        if service is None or comparison is None or number is None:
            return

        def show(compared: Compared | None) -> None:
            if self._comparison is comparison and compared is not None and self.round.currentData() == number:
                comparison.turn_to(compared)
                self._only = None
                self._show_about(comparison)
                self.show_view(self._current)

        def failed(trouble: Trouble) -> None:
            if self._comparison is comparison:
                self._offer_rounds(comparison)
            self._messages.trouble(trouble)

        with self._messages.act():
            self.news.announce("")
            self.framework.commit()
            self.changes.flush()
            now = replace(comparison.opened, decisions=comparison.decisions)
            self._work.run(lambda: read_compared(service, frameworks, now, number), show, failed, owner=self)

    # --- views ---

    def show_view(self, key: str) -> None:
        """Show one of the views."""
        comparison = self._comparison
        if comparison is None:
            return
        self.framework.commit()
        self.form.leave()
        self._current = key
        for other, made in self.chips.items():
            show_on(made, other == key)
        self._chip_row.show()
        self._round_row.setVisible(self.round.count() > 1)
        self._pages.show_page(self._areas[key])
        shows: dict[str, Callable[[Comparison], None]] = {
            "matters": self._show_matters,
            "passages": self._show_passages,
            "texts": self._show_texts,
            "framework": self._show_framework,
            "meeting": self._show_meeting,
            "figures": self._show_figures,
        }
        shows[key](comparison)

    def _on_chip(self, key: str, _on: bool) -> None:
        self._only = None
        self.news.announce("")
        self.show_view(key)

    def _show_only(self, only: Matter | str | None) -> None:
        """Show the passages of a matter or of a text, or all: where those who gave a code and who did not differ."""
        self._only = only
        self.show_view("passages")
        self.passages.setFocus()

    def _show_matters(self, comparison: Comparison) -> None:
        self.matters.show_matters(comparison, can_change=self.changes.can_change, can_undo=self.changes.can_undo)

    def _show_passages(self, comparison: Comparison) -> None:
        self.passages.show_passages(comparison, self._only)

    def _show_texts(self, comparison: Comparison) -> None:
        opened, coders = comparison.opened, comparison.coders
        texts = bodies(opened)
        differing = Counter(one.text for one in comparison.disputes())
        self.strips.show_texts(
            [
                TextStrip(
                    *(str(one.recording), one.name, len(texts[one.recording])),
                    coders_at(coders, comparison.material.spans, one.recording),
                    differing[one.recording],
                )
                for one in opened.study.analysed
            ],
            len(coders),
        )

    def _show_framework(self, comparison: Comparison) -> None:
        self.framework.show_framework(
            comparison.framework, comparison.opened, comparison.used_codes(), may_undo=self.changes.can_undo
        )

    def _show_meeting(self, _comparison: Comparison) -> None:
        self._only = None
        self.meetings.show_matters()

    def _show_figures(self, comparison: Comparison) -> None:
        books = [work.book for work in comparison.material.works.values()]
        names = {code.guid: code.name for book in (*books, comparison.framework.book) for code in book.codes}
        self.figures.show_spans(bodies(comparison.opened), comparison.coders, comparison.spans_of_same(), names)

    # --- framework ---

    def undo(self) -> None:
        """Undo the last change of the framework made on this visit."""
        self.changes.undo()

    def _on_changed(self, words: str) -> None:
        """Say what was done, and show the view as it is now; without words, nothing was."""
        if words:
            self.news.announce(words)
            self.show_view(self._current)

    def _on_framework(self, framework: Framework, reason: str) -> None:
        self.news.announce("")
        self.changes.change(framework, reason)

    def _on_stored(self) -> None:
        if self._current == "framework" and self._comparison is not None:
            self._show_framework(self._comparison)

    def _on_fix(self) -> None:
        self.changes.fix(self.framework.fix_button)

    def _on_fixed(self, number: int) -> None:
        self.show_view("framework")
        self.news.announce(tr("Version {n} is fixed. The next round can be coded with it.").format(n=number))
        self.framework.codes.setFocus()

    def _on_import(self) -> None:
        self.news.announce("")
        self.changes.import_codebook(self, self._deps.ask_file)

    # --- decisions ---

    def _ask(self, matter: Matter) -> None:
        """Show the form for a decision in place of the view."""
        if self._comparison is not None:
            with self._messages.act():
                self.news.announce("")
                self._chip_row.hide()
                self._round_row.hide()
                self._pages.show_page(self._decision_area)
                self.meetings.ask(matter)

    def _on_decided(self) -> None:
        self._close_form()
        self.news.announce(tr("Decision saved."))

    def _close_form(self) -> None:
        self.form.hide()
        self.show_view(self._current)
        lists: dict[str, QWidget] = {"passages": self.passages, "meeting": self.meeting.open_matters}
        lists.get(self._current, self.matters).setFocus()
