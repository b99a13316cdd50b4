"""Pass the laptop round: the written part, one person at a time, with nothing else reachable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.evaluation.questionnaires import Questionnaire
from balint_desktop.domain.evaluation.written_part import Sheet
from balint_desktop.i18n import tr
from balint_desktop.ui.group.evaluation.sheet_form import SheetForm
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.vault_access.unlock_form import OpenWith, UnlockForm
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import ProblemLabel, announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, quiet

HAND_ON_KEY = "Ctrl+Return"


@dataclass(frozen=True, slots=True)
class HandoverDeps:
    """Dependencies of the page: the questionnaire, the call that counts a sheet, and the unlock.

    `save` may raise Trouble; the sheet is not counted then. `on_begun` is called when a sheet is started: while paper
    sheets are entered, the previous one can be undone until then.
    """

    asked: Questionnaire
    save: Callable[[Sheet], None]
    with_passphrase: OpenWith
    with_recovery_key: OpenWith
    from_paper: bool = False
    on_begun: Callable[[], None] = lambda: None


class HandoverPage(Place):
    """The page. It shows no sheet count, no time and no earlier answers, so it looks the same to each person."""

    left_open = Signal()
    """The facilitator has the laptop again, and the vault is open."""

    def __init__(self, deps: HandoverDeps) -> None:
        super().__init__("handed-round", tr("Written part"), scrolls=False)
        self._deps = deps
        self.form = SheetForm(deps.asked)
        self.problem = ProblemLabel("handed-problem")
        on_words = tr("Count this sheet") if deps.from_paper else tr("Finish and pass the laptop on")
        self.pass_on = button(on_words, "hand-on", self._on_hand_on, ButtonKind.PRIMARY, shortcut=HAND_ON_KEY)
        self.for_facilitator = button(
            tr("For the facilitator"), "handed-facilitator", self._show_leaving, ButtonKind.QUIET
        )
        self.unlock = UnlockForm(deps.with_passphrase, deps.with_recovery_key)
        self.unlock.opened.connect(lambda _vault: self.left_open.emit())
        self._sheet_page = self._build_sheet_page()
        self._leave_page = self._build_leave_page()
        page = QWidget()
        column = column_in(page, centred=True)
        column.addWidget(self._sheet_page)
        column.addWidget(self._leave_page)
        column.addStretch(1)
        self._area = PageArea(page, "handed-scroll", tr("Written part"), inner=True)
        self.body.addWidget(self._area)
        self._leave_page.hide()

    def first_focus(self) -> QWidget:
        return self.form.rows[0].chips[0]

    def enter_view(self) -> None:
        follow_layout(self)

    def leave_view(self) -> None:
        self.unlock.forget()

    def _build_sheet_page(self) -> QWidget:
        asked = self._deps.asked
        page = QWidget()
        self._column = layouts.column(page, 10)
        self._column.addWidget(named(heading(asked.name), "handed-heading"))
        self._column.addWidget(named(quiet(self._about()), "handed-about"))
        self._column.addWidget(self.form)
        self._column.addWidget(self.problem)
        self._column.addSpacing(4)
        self._column.addWidget(flow(self.pass_on, self.for_facilitator, spacing=28))
        self.form.begun.connect(self._deps.on_begun)
        return page

    def _about(self) -> str:
        if self._deps.from_paper:
            return tr(
                "Type a digit to answer and move on, 0 to leave a statement blank, and Ctrl+Enter to count the "
                "sheet. Please shuffle the sheets first."
            )
        return tr(
            "Please answer on your own, without your name. Leave blank whatever you like. Only counts and your own "
            "words are saved, not your sheet. Your words may be read, so please leave out names."
        )

    def _build_leave_page(self) -> QWidget:
        page = QWidget()
        column = layouts.column(page, 14)
        column.addWidget(named(heading(tr("For the facilitator")), "handed-leave-heading"))
        column.addWidget(quiet(tr("Enter the passphrase to go back. An unfinished sheet will not be counted.")))
        column.addWidget(self.unlock)
        back = button(
            tr("Back to the sheet"), "handed-back", self._show_sheet, ButtonKind.PLAIN, escape=EscapeRole.LEAVE
        )
        column.addWidget(back)
        return page

    # --- one person after another ---

    def _on_hand_on(self) -> None:
        with self.problem.attempt():
            # If counting fails, the answers stay on the page, so nobody has to answer twice.
            self._deps.save(self.form.sheet())
            self.reset()

    def reset(self) -> None:
        """Replace the sheet by a new one, discarding answers, undo history and focus position."""
        self.problem.announce("")
        old, self.form = self.form, SheetForm(self._deps.asked)
        self.form.begun.connect(self._deps.on_begun)
        self._column.replaceWidget(old, self.form)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self.form.show()
        self._area.verticalScrollBar().setValue(0)
        follow_layout(self)
        self.form.focus_first()
        announce(self, tr("A new, blank sheet."))

    # --- leaving the page ---

    def _show_leaving(self) -> None:
        self._sheet_page.hide()
        self._leave_page.show()
        self.unlock.secret.setFocus()

    def _show_sheet(self) -> None:
        self.unlock.forget()
        self._leave_page.hide()
        self._sheet_page.show()
        self.form.focus_first()
