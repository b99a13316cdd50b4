"""Compare and agree: codes and themes first, passages on request, framework, meeting; figures where asked for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.codebook_import import with_codebook
from balint_desktop.domain.analysis.compare import CoderCode, Dispute, coders_at, disputes
from balint_desktop.domain.analysis.consensus import consensus_work, standing
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.analysis.study import (
    CodingOpening,
    CodingRound,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
)
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.codebook_file import imported_words, read_codebook
from balint_desktop.ui.analysis.coders_strip import CodersStrip
from balint_desktop.ui.analysis.decision_form import DecisionForm
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, FrameworkService, OpenStudy
from balint_desktop.ui.analysis.figures_view import FiguresView
from balint_desktop.ui.analysis.framework_view import FrameworkView
from balint_desktop.ui.analysis.material import CodedMaterial, read_material
from balint_desktop.ui.analysis.matters import (
    Matter,
    compared_as,
    decision_of,
    matter_words,
    matters_of,
    passage_matter,
    who_words,
)
from balint_desktop.ui.analysis.meeting_paper import meeting_html
from balint_desktop.ui.analysis.meeting_view import MeetingView
from balint_desktop.ui.analysis.text_strips import TextStrip, TextStrips
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.dates import day_and_time_at, day_at
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.text import quiet, subheading

_LINES = 18
# What a list shows: of thousands of passages, nobody's evening.
_MOST_ROWS = 400
_MOST_UNDONE = 100


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: the round, what was coded in it, the framework, and when others' coding was first opened."""

    coding_round: CodingRound
    material: CodedMaterial
    framework: Framework = field(default_factory=Framework)
    openings: tuple[CodingOpening, ...] = ()
    found: tuple[Mapping[CoderCode, str], tuple[Dispute, ...]] | None = None
    """Where coders differ over the codes that are the same as the round is opened: thousands take a moment."""


def read_compared(
    service: AnalysisService, frameworks: FrameworkService | None, opened: OpenStudy, number: int | None = None
) -> Compared | None:
    """Read the last round that can be compared, or the one of that number if it can be.

    Takes a moment; None without one. Raise Trouble.
    """
    closed = [one for one in opened.comparable_rounds if number in {None, one.number}]
    if not closed:
        return None
    framework = frameworks.framework(opened.study.id) if frameworks is not None else Framework()
    material = read_material(service, opened, closed[-1], framework)
    same = framework.same_in({author: work.book for author, work in material.works.items()})
    found = same, disputes(_bodies(opened), tuple(material.works), material.spans, same)
    return Compared(closed[-1], material, framework, tuple(service.openings(opened.study.id)), found)


class ComparePage(QWidget):
    """One round, after one's own part of it is closed. Nobody's own coding is changed by anything here."""

    back = Signal()

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "compare-page")
        self._deps, self._work, self._messages = deps, work, messages
        self._opened: OpenStudy | None = None
        self._compared: Compared | None = None
        self._service: AnalysisService | None = None
        self._frameworks: FrameworkService | None = None
        self._framework = Framework()
        self._matters: tuple[Matter, ...] = ()
        self._open_matters: tuple[Matter, ...] = ()
        self._passages: tuple[Matter, ...] = ()
        self._decisions: tuple[MatterDecision, ...] = ()
        self._meeting: ConsensusMeeting | None = None
        self._current = "matters"
        # Where coders differ over codes that are the same, as it was found last.
        self._found: tuple[Mapping[CoderCode, str], tuple[Dispute, ...]] | None = None
        # Which passages are shown: those of a matter, or of a text.
        self._only: Matter | str | None = None
        # The framework before each change of this visit, the last one last.
        self._before: tuple[Framework, ...] = ()
        self.saver: Saver[Framework] = Saver(work, messages.trouble, lambda: None, threading.Lock(), self)
        self._build()
        self._connect()

    # --- building ---

    def _build(self) -> None:
        self.back_button = button(
            tr("Back to study"), "compare-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(subheading(""), "compare-title")
        self.news = LiveLabel("compare-news", "quiet")
        self.form = DecisionForm(self._deps.now, self._deps.drafts)
        self.framework = FrameworkView(self._deps.drafts)
        self.figures = FiguresView(self._work, self._messages)
        self.strips = TextStrips()
        self.meeting = MeetingView(self._deps.drafts)
        views = {
            "matters": (tr("Codes and themes"), self._build_matters()),
            "passages": (tr("Passages"), self._build_passages()),
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
        self.round.currentIndexChanged.connect(lambda _: self._on_round())
        head.addWidget(self._round_row)
        page = layouts.column(self, 10)
        page.addLayout(head)
        page.addWidget(self._chip_row)
        page.addWidget(self.news)
        page.addWidget(self._pages, 1)

    def _build_matters(self) -> QWidget:
        self.matters = named(UncopiedList(), "compare-matters", spoken=tr("Codes and themes"))
        self.matters.setWordWrap(True)
        self.none = named(
            quiet(tr("Nothing to compare yet. No other coder’s closed round has arrived.")), "compare-none"
        )
        self.same_button = button(tr("Same code"), "compare-same", self._on_same)
        self.apart_button = button(tr("Not the same"), "compare-apart", self._on_apart)
        self.add_button = button(tr("Add to framework"), "compare-add", self._on_add)
        self.decide_button = button(tr("Decide…"), "compare-decide", self._on_decide, ButtonKind.PRIMARY)
        self.show_button = button(tr("Show passages"), "compare-show-of", self._on_show_passages)
        self.undo_button = button(tr("Undo"), "compare-undo", self.undo, repeats=True)
        self.order = named(quiet(""), "compare-order")
        inner = QWidget()
        column = layouts.column(inner, 10)
        column.addWidget(self.none)
        column.addWidget(self.matters)
        acts = (self.decide_button, self.same_button, self.apart_button, self.add_button, self.show_button)
        column.addWidget(flow(*acts, self.undo_button))
        column.addWidget(self.order)
        column.addStretch(1)
        return inner

    def _build_passages(self) -> QWidget:
        self.strip = CodersStrip()
        self.strip_of = named(quiet(""), "compare-strip-text")
        self.passage_count = named(quiet(""), "compare-passage-count")
        self.passages = named(UncopiedList(), "compare-passages", spoken=tr("Passages"))
        self.passages.setWordWrap(True)
        self.decide_passage_button = button(
            tr("Decide…"), "compare-decide-passage", self._on_decide_passage, ButtonKind.PRIMARY
        )
        self.all_button = button(tr("Show all passages"), "compare-show-all", self._on_show_all)
        inner = QWidget()
        column = layouts.column(inner, 10)
        column.addWidget(self.strip_of)
        column.addWidget(self.strip)
        column.addWidget(self.passage_count)
        column.addWidget(self.passages)
        column.addWidget(flow(self.decide_passage_button, self.all_button))
        column.addStretch(1)
        return inner

    def _connect(self) -> None:
        self.matters.currentRowChanged.connect(lambda _: self._allow())
        self.passages.currentRowChanged.connect(lambda _: self._show_strip())
        self.form.decided.connect(self._on_decided)
        self.form.closed.connect(self._close_form)
        self.framework.changed.connect(self._on_framework)
        self.framework.fix_asked.connect(self._on_fix)
        self.framework.import_asked.connect(self._on_import)
        self.framework.undo_asked.connect(self.undo)
        self.strips.asked.connect(self._on_text)
        self.meeting.decide_asked.connect(self._on_decide_open)
        self.meeting.print_asked.connect(self._on_print)
        self.meeting.saved.connect(self._on_meeting)

    # --- opening and leaving ---

    def show_study(
        self,
        service: AnalysisService,
        frameworks: FrameworkService | None,
        opened: OpenStudy,
        compared: Compared,
    ) -> None:
        """Show what was coded in a round."""
        self._service, self._frameworks, self._opened, self._compared = service, frameworks, opened, compared
        self._framework, self._decisions = compared.framework, opened.decisions
        self._only, self._before, self._found = None, (), compared.found
        today = day_at(self._deps.now())
        # A meeting goes on after a lock: that of the same day.
        self._meeting = next((one for one in reversed(opened.meetings) if day_at(one.wall) == today), None)
        study = opened.study.id
        if frameworks is not None:
            self.saver.begin(lambda framework: frameworks.save_framework(study, framework))
        self._offer_rounds(opened, compared)
        self.chips["framework"].setVisible(frameworks is not None)
        self.chips["passages"].setVisible(frameworks is not None)
        self.chips["figures"].setVisible(opened.study.approach.has_figures and frameworks is not None)
        self.chips["texts"].setVisible(frameworks is not None)
        self.meeting.print_button.setVisible(self._deps.print_paper is not None)
        self.meeting.begin(opened.study, self._meeting, today)
        self.framework.begin(study)
        self._show_about(opened, compared)
        self.news.announce("")
        self.show_view("matters")

    def _show_about(self, opened: OpenStudy, compared: Compared) -> None:
        self.title.setText(self._title(compared))
        self.order.setText(order_words(opened, compared))
        self.order.setVisible(bool(self.order.text()))

    def _offer_rounds(self, opened: OpenStudy, compared: Compared) -> None:
        """Offer the rounds that can be compared, where there is more than one."""
        numbers = [one.number for one in opened.comparable_rounds]
        was = self.round.blockSignals(True)
        self.round.clear()
        for number in numbers:
            self.round.addItem(str(number), number)
        self.round.setCurrentIndex(self.round.findData(compared.coding_round.number))
        self.round.blockSignals(was)
        self._round_row.setVisible(len(numbers) > 1)

    def _on_round(self) -> None:
        """Read another round and show it in the same view, with what was decided and changed on this visit."""
        service, frameworks, opened, number = self._service, self._frameworks, self._opened, self.round.currentData()
        if service is None or opened is None or number is None:
            return

        def show(compared: Compared | None) -> None:
            if self._opened is not opened or compared is None or self.round.currentData() != number:
                return
            self._compared, self._found, self._only = compared, compared.found, None
            self._show_about(opened, compared)
            self.show_view(self._current)

        def failed(trouble: Trouble) -> None:
            if self._opened is opened and self._compared is not None:
                self._offer_rounds(opened, self._compared)
            self._messages.trouble(trouble)

        with self._messages.act():
            self.news.announce("")
            self.framework.commit()
            if frameworks is not None:
                self.saver.flush()
            now = replace(opened, decisions=self._decisions)
            self._work.run(lambda: read_compared(service, frameworks, now, number), show, failed, owner=self)

    @staticmethod
    def _title(compared: Compared) -> str:
        count = len(compared.material.works)
        words = tr_n("Compare round {round}: {n} coder", "Compare round {round}: {n} coders", count)
        return words.format(round=compared.coding_round.number, n=count)

    def leave(self) -> None:
        """Save what is not saved yet, and drop the study. Raise Trouble if it cannot be saved."""
        if self._opened is None:
            return
        self.framework.commit()
        if self._frameworks is not None:
            self.saver.flush()
        self.form.leave()
        self.meeting.leave()
        self._opened = self._compared = self._service = self._frameworks = None
        self._framework, self._matters, self._passages, self._decisions = Framework(), (), (), ()
        self.framework.forget()
        self.figures.forget()
        self.strip.show_text(0, (), 0)
        self.strips.forget()
        self.meeting.forget()
        self._only, self._before, self._found = None, (), None
        self.order.clear()
        for one in (self.matters, self.passages):
            one.clear()

    @property
    def opened(self) -> OpenStudy | None:
        """The study on the page."""
        return self._opened

    def show_view(self, key: str) -> None:
        """Show one of the views."""
        if self._opened is None or self._compared is None:
            return
        self.framework.commit()
        self.form.leave()
        self._current = key
        for other, made in self.chips.items():
            show_on(made, other == key)
        self._chip_row.show()
        self._round_row.setVisible(self.round.count() > 1)
        self._pages.show_page(self._areas[key])
        shows: dict[str, Callable[[OpenStudy, Compared], None]] = {
            "matters": self._show_matters,
            "passages": self._show_passages,
            "texts": self._show_texts,
            "framework": self._show_framework,
            "meeting": self._show_meeting,
            "figures": self._show_figures,
        }
        shows[key](self._opened, self._compared)

    def _on_chip(self, key: str, _on: bool) -> None:
        self._only = None
        self.news.announce("")
        self.show_view(key)

    # --- codes and themes ---

    def _show_matters(self, opened: OpenStudy, compared: Compared) -> None:
        self._matters = matters_of(opened, compared.material, self._framework)
        self.none.setVisible(len(compared.material.works) < 2)
        self.matters.show_lines([self._line(opened, one) for one in self._matters], _LINES)
        self._allow()

    def _line(self, opened: OpenStudy, matter: Matter) -> str:
        """Return a matter as a row: what it is, its words, and what was decided."""
        lines = [matter.title]
        words = matter_words(opened, matter)
        if words:
            lines.append(f"“{words}”")
        if matter.dispute is not None:
            lines.append(who_words(opened, matter))
        if matter.pair is not None and self._is_same(matter):
            lines.append(tr("The same code"))
        decision = self._decision_of(matter)
        if decision is not None:
            lines.append(self._decided(opened, decision, is_of_one=matter.is_of_one))
        return "\n".join(lines)

    def _decision_of(self, matter: Matter) -> MatterDecision | None:
        """Return the decision that counts for a matter; on a passage, that of this round alone."""
        return decision_of(matter, self._current_decisions())

    def _current_decisions(self) -> tuple[MatterDecision, ...]:
        number = self._compared.coding_round.number if self._compared is not None else 0
        return tuple(one for one in self._decisions if one.text is None or one.round == number)

    @staticmethod
    def _decided(opened: OpenStudy, decision: MatterDecision, *, is_of_one: bool) -> str:
        who = wording.label_of(opened.study, decision.as_author) if decision.as_author else ""
        words = wording.outcome_name(decision.outcome, who, is_of_one=is_of_one)
        if decision.reason:
            words = tr("{outcome}: {reason}").format(outcome=words, reason=decision.reason)
        return tr("Decided: {decision}").format(decision=words)

    def _is_same(self, matter: Matter) -> bool:
        same = self._framework.same_as
        pair = matter.pair
        return pair is not None and pair.one in same and same[pair.one] == same.get(pair.other)

    def _matter(self) -> Matter | None:
        row = self.matters.currentRow()
        return self._matters[row] if 0 <= row < len(self._matters) else None

    def _allow(self) -> None:
        matter = self._matter()
        makes = self._frameworks is not None and matter is not None
        is_pair = makes and matter is not None and matter.pair is not None
        is_same = matter is not None and self._is_same(matter)
        is_single = makes and matter is not None and matter.pair is None and bool(matter.code)
        known = {one.code for one in self._framework.same} | {one.guid for one in self._framework.book.codes}
        self.show_button.setVisible(makes and matter is not None and bool(matter.code))
        self.undo_button.setVisible(bool(self._before))
        self.decide_button.setEnabled(matter is not None)
        self.same_button.setVisible(is_pair and not is_same)
        self.apart_button.setVisible(is_pair and is_same)
        self.add_button.setVisible(is_single and matter is not None and matter.code not in known)

    def _on_same(self) -> None:
        matter, compared = self._matter(), self._compared
        if matter is None or matter.pair is None or compared is None:
            return
        codes = {(author, code.guid): code for author, code in compared.material.codes}
        one, other = matter.pair.one, matter.pair.other
        joined = self._framework.joined((one[0], codes[one]), (other[0], codes[other]), new_id())
        self._change_framework(joined, tr("Marked as the same code. It is in the framework."))

    def _on_apart(self) -> None:
        matter = self._matter()
        if matter is not None and matter.pair is not None:
            parted = self._framework.parted(*matter.pair.other)
            self._change_framework(parted, tr("No longer marked as the same code."))

    def _on_add(self) -> None:
        matter, compared = self._matter(), self._compared
        if matter is None or compared is None:
            return
        code = compared.material.code(matter.code)
        if code is not None:
            added = self._framework.with_code(matter.who[0], code, new_id())
            self._change_framework(added, tr("“{code}” is in the framework.").format(code=code.name))

    def _on_show_passages(self) -> None:
        """Show where those who gave a code and those who did not differ over it."""
        matter = self._matter()
        if matter is not None:
            self._only = matter
            self.show_view("passages")
            self.passages.setFocus()

    def _on_show_all(self) -> None:
        self._only = None
        self.show_view("passages")
        self.passages.setFocus()

    def undo(self) -> None:
        """Undo the last change of the framework made on this visit."""
        if not self._before:
            return
        before, self._before = self._before[-1], self._before[:-1]
        self._store(before)
        self.news.announce(tr("Undone."))
        self.show_view(self._current)

    def _change_framework(self, framework: Framework, words: str) -> None:
        self._on_framework(framework, "")
        self.news.announce(words)
        self.show_view(self._current)

    # --- decisions ---

    def _on_decide(self) -> None:
        matter = self._matter()
        if matter is not None:
            self._ask(matter)

    def _on_decide_passage(self) -> None:
        row = self.passages.currentRow()
        if 0 <= row < len(self._passages):
            self._ask(self._passages[row])

    def _ask(self, matter: Matter) -> None:
        opened, compared = self._opened, self._compared
        if opened is None or compared is None:
            return
        present = self.meeting.who_is_here()
        with self._messages.act():
            before = self._decision_of(matter)
            self.news.announce("")
            self._chip_row.hide()
            self._round_row.hide()
            self._pages.show_page(self._decision_area)
            self.form.ask(matter, opened.study, present, compared.coding_round.number, before)

    def _on_decided(self, decision: MatterDecision) -> None:
        """Save a decision with that day's meeting: the first one begins it."""
        service, opened = self._service, self._opened
        if service is None or opened is None:
            return
        meeting = self._meeting_now()
        meeting = replace(meeting, authors=tuple(dict.fromkeys((*meeting.authors, *decision.agreed))))
        made = replace(decision, meeting=meeting.id)

        def done(_: object) -> None:
            if self._opened is opened:
                self._meeting = meeting
                self.meeting.show_here(decision.agreed)
                self._decisions = (*self._decisions, made)
                self._close_form()
                self.news.announce(tr("Decision saved."))

        with self._messages.act():
            study = opened.study.id
            job = partial(service.add_decisions, study, meeting, (made,))
            self._work.run_once(self.form.save_button, job, done, self.form.problem.show_trouble, owner=self)

    def _close_form(self) -> None:
        self.form.hide()
        self.show_view(self._current)
        lists = {"passages": self.passages, "meeting": self.meeting.open_matters}
        lists.get(self._current, self.matters).setFocus()

    # --- passages ---

    def _show_passages(self, opened: OpenStudy, compared: Compared) -> None:
        material, only = compared.material, self._only
        same = compared_as(only, material, self._framework) if isinstance(only, Matter) else self._same(material)
        found = self._disputes(opened, compared, same)
        if isinstance(only, str):
            found = tuple(one for one in found if one.text == only)
        name = only.title if isinstance(only, Matter) else ""
        self._passages = tuple(passage_matter(opened, self._framework, one, name) for one in found[:_MOST_ROWS])
        self.passages.show_lines([self._line(opened, one) for one in self._passages], _LINES)
        words = tr_n(
            "{n} passage coded differently",
            "{n} passages coded differently",
            len(found),
        )
        none = tr("Mark which codes are the same under “Codes and themes” first.")
        self.passage_count.setText(words.format(n=len(found)) if same else none)
        # Two codes that nobody has called the same are read side by side, and decided on as codes.
        is_common = not (isinstance(only, Matter) and only.pair is not None and only.code in same.values())
        self.decide_passage_button.setVisible(bool(found) and is_common)
        self.all_button.setVisible(only is not None)
        self._show_strip()

    def _show_strip(self) -> None:
        """Show how many coded where, in the text of the chosen passage, with that marked."""
        opened, compared = self._opened, self._compared
        row = self.passages.currentRow()
        dispute = self._passages[row].dispute if 0 <= row < len(self._passages) else None
        if opened is None or compared is None or dispute is None:
            self.strip.show_text(0, (), 0)
            self.strip_of.hide()
            return
        coders = tuple(compared.material.works)
        name = next((one.name for one in opened.study.texts if one.recording == dispute.text), "")
        self.strip_of.setText(tr("How many coded where in {text}").format(text=name))
        self.strip_of.show()
        length = len(opened.texts[RecordingId(dispute.text)].text)
        self.strip.show_text(length, coders_at(coders, compared.material.spans, dispute.text), len(coders))
        self.strip.mark(dispute.begin, dispute.end)

    def _disputes(self, opened: OpenStudy, compared: Compared, same: Mapping[CoderCode, str]) -> tuple[Dispute, ...]:
        """Return where coders differ, found once for the same codes."""
        if self._found is None or self._found[0] != same:
            material = compared.material
            self._found = same, disputes(_bodies(opened), tuple(material.works), material.spans, same)
        return self._found[1]

    def _same(self, material: CodedMaterial) -> Mapping[CoderCode, str]:
        return self._framework.same_in({author: work.book for author, work in material.works.items()})

    # --- texts ---

    def _show_texts(self, opened: OpenStudy, compared: Compared) -> None:
        material = compared.material
        texts, coders = _bodies(opened), tuple(material.works)
        differing = Counter(one.text for one in self._disputes(opened, compared, self._same(material)))
        self.strips.show_texts(
            [
                TextStrip(
                    *(str(one.recording), one.name, len(texts[one.recording])),
                    coders_at(coders, material.spans, one.recording),
                    differing[one.recording],
                )
                for one in opened.study.analysed
            ],
            len(coders),
        )

    def _on_text(self, recording: str) -> None:
        self._only = recording
        self.show_view("passages")
        self.passages.setFocus()

    # --- framework ---

    def _show_framework(self, opened: OpenStudy, compared: Compared) -> None:
        used = {(one.coder, one.code) for one in compared.material.spans}
        theirs = [(author, code) for author, code in compared.material.codes if (author, code.guid) in used]
        self.framework.show_framework(self._framework, opened, theirs, may_undo=bool(self._before))

    def _on_framework(self, framework: Framework, reason: str) -> None:
        """Store the framework with the acts that led to it, and remember the one before for undo."""
        self.news.announce("")
        self._before = (*self._before[-_MOST_UNDONE + 1 :], self._framework)
        self._store(framework.noted_since(self._framework, self._deps.now(), reason))

    def _store(self, framework: Framework) -> None:
        self._messages.begin_act()
        self._framework = framework
        if self._frameworks is not None:
            self.saver.save(framework)
        if self._current == "framework" and self._opened is not None and self._compared is not None:
            self._show_framework(self._opened, self._compared)

    def _on_fix(self) -> None:
        frameworks, opened = self._frameworks, self._opened
        if frameworks is None or opened is None:
            return
        study = opened.study.id

        def show(fixed: Framework) -> None:
            if self._opened is opened:
                # A version that is fixed is never undone.
                self._framework, self._before = fixed, ()
                self.show_view("framework")
                words = tr("Version {n} is fixed. The next round can be coded with it.")
                self.news.announce(words.format(n=len(fixed.versions)))
                self.framework.codes.setFocus()

        with self._messages.act():
            self.saver.flush()
            job = partial(frameworks.fix_framework, study)
            self._work.run_once(self.framework.fix_button, job, show, self._messages.trouble, owner=self)

    def _on_import(self) -> None:
        """Take the codes of a codebook file into the framework, as one act that can be undone."""
        opened = self._opened
        with self._messages.act():
            path = self._deps.ask_file(self, tr("Import codebook"), tr("REFI-QDA codebook") + " (*.qdc)")
            if path is None or opened is None:
                return

            def show(codes: tuple[ProjectCode, ...]) -> None:
                if self._opened is opened:
                    self._add_codes(codes)

            self._work.run(lambda: read_codebook(path), show, self._messages.trouble, owner=self)

    def _add_codes(self, codes: tuple[ProjectCode, ...]) -> None:
        imported = with_codebook(self._framework, codes, new_id)
        if not imported.added:
            self.news.announce(imported_words(imported))
            return
        self._on_framework(imported.framework, "")
        opened, stored = self._opened, self._framework

        def undo() -> None:
            if self._opened is opened and self._framework is stored:
                self.undo()

        self._messages.inform(imported_words(imported), tr("Undo"), undo)

    # --- meeting ---

    def _show_meeting(self, opened: OpenStudy, compared: Compared) -> None:
        matters = self._all_matters(opened, compared)
        current = standing(self._decisions)
        decided = []
        for decision in reversed(current):
            about = next((one for one in matters if one.is_about(decision)), None)
            title = about.title if about is not None else tr("A matter of another round")
            is_of_one = about is not None and about.is_of_one
            agreed = ", ".join(wording.label_of(opened.study, one) for one in decision.agreed)
            when = tr("{day}, agreed by {authors}").format(day=day_at(decision.wall), authors=agreed)
            decided.append(f"{title}\n{self._decided(opened, decision, is_of_one=is_of_one)}\n{when}")
        self._open_matters = tuple(one for one in matters if self._is_open(one))
        agreed_on = consensus_work(
            compared.material.works,
            self._framework,
            self._decisions,
            opened.themes.themes,
            round_number=compared.coding_round.number,
            texts={one.recording for one in opened.study.analysed},
        )
        lines = [self._line(opened, one) for one in self._open_matters]
        self.meeting.show_matters(lines, decided, len(agreed_on.codings.all))

    def _is_open(self, matter: Matter) -> bool:
        decision = self._decision_of(matter)
        if decision is None and matter.pair is not None:
            return not self._is_same(matter)
        return decision is None or decision.outcome is MatterOutcome.LEFT_OPEN

    def _all_matters(self, opened: OpenStudy, compared: Compared) -> tuple[Matter, ...]:
        """Return all that a meeting may talk of: the passages of a code that one alone has come with it, on request."""
        self._only = None
        self._show_passages(opened, compared)
        matters, same = matters_of(opened, compared.material, self._framework), self._same(compared.material)
        alone = {same.get((one.who[0], one.code)) for one in matters if one.pair is None and len(one.who) == 1}
        passages = (one for one in self._passages if one.dispute is None or one.dispute.code not in alone)
        return (*matters, *passages)

    def _on_decide_open(self, row: int) -> None:
        if 0 <= row < len(self._open_matters):
            self._ask(self._open_matters[row])

    def _meeting_now(self) -> ConsensusMeeting:
        """Return the day's meeting with who is here and its note; the first decision of a day begins it."""
        here, note = self.meeting.who_is_here(), self.meeting.note.words()
        before = self._meeting or ConsensusMeeting(new_id(), self._deps.now(), ())
        return replace(before, authors=here, note=note)

    def _on_meeting(self) -> None:
        """Save who is here and the note, without a decision."""
        service, opened = self._service, self._opened
        if service is None or opened is None:
            return
        meeting = self._meeting_now()
        if not meeting.authors:
            self.meeting.problem.announce(tr("Tick who is here."))
            return
        self.meeting.problem.announce("")

        def done(_: object) -> None:
            if self._opened is opened:
                self._meeting = meeting
                self.meeting.begin(opened.study, meeting, day_at(self._deps.now()))
                self.news.announce(tr("Meeting saved."))

        with self._messages.act():
            study = opened.study.id
            self.meeting.draft.discard()
            job = partial(service.add_decisions, study, meeting, ())
            self._work.run_once(self.meeting.save_button, job, done, self.meeting.problem.show_trouble, owner=self)

    def _on_print(self) -> None:
        opened, compared, printing = self._opened, self._compared, self._deps.print_paper
        if opened is None or compared is None or printing is None:
            return
        with self._messages.act():
            when, here = day_at(self._deps.now()), self.meeting.who_is_here()
            matters = self._all_matters(opened, compared)
            same = frozenset(one.code for one in matters if one.pair is not None and self._is_same(one))
            html = meeting_html(opened, matters, self._current_decisions(), when, here or None, same=same)
            printing(opened.study, html)

    # --- figures ---

    def _show_figures(self, opened: OpenStudy, compared: Compared) -> None:
        texts = _bodies(opened)
        same = self._same(compared.material)
        spans = tuple(
            CodedSpan(one.text, one.begin, one.end, same[one.coder, one.code], one.coder)
            for one in compared.material.spans
            if (one.coder, one.code) in same
        )
        books = [work.book for work in compared.material.works.values()]
        names = {code.guid: code.name for book in (*books, self._framework.book) for code in book.codes}
        self.figures.show_spans(texts, tuple(compared.material.works), spans, names)


def order_words(opened: OpenStudy, compared: Compared) -> str:
    """Return when one's own round was closed, and whose coding was opened after it: what the audit trail proves."""
    number = compared.coding_round.number
    own = next((one for one in compared.coding_round.closings if one.author == opened.me), None)
    lines = []
    if own is not None:
        words = tr("You closed round {n} on {moment}.")
        lines.append(words.format(n=number, moment=day_and_time_at(own.wall)))
    for one in compared.openings:
        if one.round == number:
            who = wording.label_of(opened.study, one.author)
            words = tr("The codes of {author} were first opened here on {moment}.")
            lines.append(words.format(author=who, moment=day_and_time_at(one.wall)))
    if len(lines) > 1:
        lines.append(tr("The audit trail proves this order."))
    return "\n".join(lines)


def _bodies(opened: OpenStudy) -> dict[str, str]:
    return {str(one.recording): opened.texts[one.recording].text for one in opened.study.analysed}
