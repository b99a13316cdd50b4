"""Approve a text: who approves it, and what keeps it from being approved, one press each to go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.deidentify.gate import FindingKind, GateFinding
from balint_desktop.domain.deidentify.marks import Term
from balint_desktop.i18n import tr
from balint_desktop.ui.deidentify import wording
from balint_desktop.ui.deidentify.rows_list import RowsList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.named_note import NameCheck
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import subheading, text

LABEL_LIMIT = 60
_LEAST_LINES, _MOST_LINES = 3, 10


class ApproveForm(QWidget):
    """In place of the text. What is found is a list of places; there is no way around it."""

    asked = Signal(str)
    closed = Signal()
    finding_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "deidentify-approve-form")
        self._findings: tuple[GateFinding, ...] = ()
        self.by = QLineEdit()
        self.by.setMaxLength(LABEL_LIMIT)
        # What cannot be undone is never Enter's.
        self.by.returnPressed.connect(lambda: None)
        form = Form()
        form.row(tr("Approved by (initials or label)"), self.by, "deidentify-approve-by")
        self.problem = ProblemLabel("deidentify-approve-problem")
        self.name_check = NameCheck(self.problem.announce)
        self.found = LiveLabel("deidentify-found")
        self.list = RowsList("deidentify-findings", tr("Places to look at"))
        self.list.chosen.connect(lambda row: self.finding_chosen.emit(self._findings[row]))
        self.do_button = button(tr("Approve"), "deidentify-approve-do", self._on_do, ButtonKind.PRIMARY)
        self.cancel_button = button(
            tr("Back to the text"), "deidentify-approve-cancel", self.closed.emit, escape=EscapeRole.CANCEL
        )
        inner = QWidget()
        column = layouts.column(inner, 12)
        for widget in (
            named(subheading(tr("Approve this text")), "deidentify-approve-heading"),
            named(
                text(
                    tr(
                        "Approving makes version 1, which cannot be edited. People appear in it by study number. "
                        "A story can identify without a name. Only you can tell."
                    ),
                    "quiet",
                ),
                "deidentify-approve-about",
            ),
            form,
            self.problem,
            self.found,
            self.list,
            flow(self.do_button, self.cancel_button),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        area = PageArea(narrow(inner), "deidentify-approve-scroll", tr("Approve this text"), inner=True)
        layouts.column(self).addWidget(area)

    def ask(self, by: str) -> None:
        """Ask who approves, with the reader's label suggested."""
        self.by.setText(by)
        self.show_findings(())
        self.problem.announce("")
        self.set_busy(busy=False)
        self.by.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Allow no second press while the text is being checked."""
        self.do_button.setEnabled(not busy)

    def show_findings(
        self,
        findings: Sequence[GateFinding],
        pages: Sequence[int] = (),
        term_at: Callable[[int], Term | None] = lambda _begin: None,
    ) -> None:
        """Show what keeps a text of these pages from being approved: a word that waits once, however often it is.

        Pages to read are below all that is to be decided.
        """
        rows: dict[object, tuple[GateFinding, Term | None]] = {}
        # Reading comes last: what is decided after a page was read unticks it.
        for one in sorted(findings, key=lambda one: one.kind is FindingKind.UNREAD):
            is_waiting = one.kind is FindingKind.UNDECIDED and one.begin is not None
            term = term_at(one.begin) if is_waiting and one.begin is not None else None
            rows.setdefault(term.key if term is not None else one, (one, term))
        self._findings = tuple(one for one, _ in rows.values())
        many = len(rows)
        self.list.show_rows([wording.finding(one, pages, term) for one, term in rows.values()], 0)
        self.list.setVisible(bool(findings))
        lines = min(_MOST_LINES, max(_LEAST_LINES, many)) + 1
        self.list.setFixedHeight(lines * (self.fontMetrics().lineSpacing() + 6))
        self.found.announce(
            tr("Not approved: {list}. Press one to go there.").format(list=wording.findings(self._findings))
            if findings
            else ""
        )
        if findings:
            self.list.setFocus()

    def _on_do(self) -> None:
        by = self.by.text().strip()
        self.problem.announce("")
        if not by:
            self.problem.announce(tr("Enter who approves: initials or a label."))
            self.by.setFocus()
        elif self.name_check.may_save(by):
            self.asked.emit(by)
