"""Card of one written part: actions while open, counts once closed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.evaluation.written_part import lines_shown, shown_counts
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import translated_questionnaire
from balint_desktop.ui.group.evaluation import wording
from balint_desktop.ui.group.evaluation.counts_chart import CountsChart
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small, subheading, text
from balint_desktop.vault.log.evaluation import WrittenPart


class OpenPartCard(Card):
    """Card of an open written part: sheets can be added. Counts are available only after closing."""

    handover_asked = Signal()
    enter = Signal()
    print_sheet = Signal()
    close_asked = Signal()

    def __init__(self, part: WrittenPart) -> None:
        super().__init__("written-open", roomy=True)
        asked = translated_questionnaire(part.questionnaire)
        self.body.setSpacing(8)
        self.body.addWidget(named(subheading(asked.name), "written-open-heading"))
        status = tr("Version {version}, opened on {day}. {sheets} so far. Counts appear once it is closed.").format(
            version=asked.version, day=day_words(part.day), sheets=wording.sheets(part.counts.sheets)
        )
        self.body.addWidget(named(quiet(status), "written-open-about"))
        self.body.addWidget(small(wording.collected_by_others()))
        self.handover_button = button(
            tr("Pass the laptop round"), "written-hand-round", self.handover_asked.emit, ButtonKind.PRIMARY
        )
        enter = button(tr("Enter paper sheets"), "written-enter", self.enter.emit)
        printed = button(tr("Print a sheet…"), "written-print", self.print_sheet.emit)
        self.close_button = button(tr("Close…"), "written-ask-closing", self._ask)
        self._acts = flow(self.handover_button, enter, printed, self.close_button)
        self.body.addWidget(self._acts)
        self.body.addWidget(
            small(tr("Until you enter the passphrase again, the laptop shows nothing but a blank sheet."))
        )
        self._asking = self._build_asking()
        self.body.addWidget(self._asking)
        self._asking.hide()

    def _build_asking(self) -> QWidget:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(
            named(
                text(
                    tr("Once it is closed, its counts appear. No more sheets can be added, and it cannot be reopened.")
                ),
                "written-close-words",
            )
        )
        self.close_for_good = button(tr("Close permanently"), "written-close-for-good", self.close_asked.emit)
        column.addWidget(
            flow(
                self.close_for_good,
                button(tr("Cancel"), "written-close-cancel", self._cancel, escape=EscapeRole.CANCEL),
            )
        )
        return asking

    def _ask(self) -> None:
        self._asking.show()
        self._asking.setFocus()
        self.close_for_good.setFocus()

    def _cancel(self) -> None:
        self._asking.hide()
        self.close_button.setFocus()


class ClosedPartCard(Card):
    """Card of a closed written part with its counts, unless suppressed. `lines` are the texts per free line."""

    def __init__(self, number: int, part: WrittenPart, lines: tuple[tuple[str, ...], ...]) -> None:
        name = f"written-{number}"
        super().__init__(name, roomy=True)
        asked = translated_questionnaire(part.questionnaire)
        rows = shown_counts(part.counts, closed=part.closed, least=part.least)
        self.body.setSpacing(10)
        self.body.addWidget(named(subheading(asked.name), f"{name}-heading"))
        status = tr("Version {version}, {day}, {sheets}").format(
            version=asked.version, day=day_words(part.day), sheets=wording.sheets(part.counts.sheets)
        )
        self.body.addWidget(named(quiet(status), f"{name}-about"))
        self.body.addWidget(named(small(wording.after_closing(part.least)), f"{name}-rule"))
        most = max((max(row) for row in rows if row is not None), default=1)
        for place, (words, row) in enumerate(zip(asked.statements, rows, strict=True), start=1):
            spoken = wording.counts(row, asked)
            self.body.addWidget(_statement(f"{name}-{place}", words, spoken, row, most))
        if lines_shown(part.counts, closed=part.closed, least=part.least) and any(lines):
            self._add_lines(name, asked.lines, lines)

    def _add_lines(self, name: str, asked: tuple[str, ...], lines: tuple[tuple[str, ...], ...]) -> None:
        self.body.addWidget(named(subheading(tr("In their own words")), f"{name}-lines-heading"))
        self.body.addWidget(small(wording.free_text_note()))
        for place, (words, found) in enumerate(zip(asked, lines, strict=True), start=1):
            if found:
                self.body.addWidget(quiet(words))
                listing = "\n".join(f"– {line}" for line in found)
                self.body.addWidget(named(text(listing, selectable=True), f"{name}-lines-{place}"))


def _statement(name: str, words: str, spoken: str, row: tuple[int, ...] | None, most: int) -> QWidget:
    holder = QWidget()
    line = layouts.row(holder, 24)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(named(text(words), f"{name}-words"))
    column.addWidget(named(small(spoken), f"{name}-counts"))
    column.addStretch(1)
    line.addLayout(column, 1)
    if row is not None:
        line.addWidget(named(CountsChart(row, most, spoken), f"{name}-picture"))
    return holder
