"""The retention section of a group's page: one table, and what can be done about its current row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.text import retention
from balint_desktop.ui.group.retention.events import EventsCard
from balint_desktop.ui.group.retention.holds_card import HoldsCard
from balint_desktop.ui.group.retention.period_card import RetentionPeriodCard
from balint_desktop.ui.group.retention.requests_card import RequestsCard
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.group.retention.table import RetentionTable
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import medium, quiet


class RetentionSection(Section[Group]):
    """The section. A form that was half filled in is open again when the group is shown.

    `open_recording` leads to a recording's page, where it is destroyed.
    """

    def __init__(self, service: RetentionService, open_recording: Callable[[RecordingId], None]) -> None:
        super().__init__()
        named(self, "group-keeping", spoken=tr("Retention"))
        self._service = service
        self.first = named(medium(""), "keeping-first")
        self.table = RetentionTable()
        self.clocks = {kind: RetentionPeriodCard(kind, service, open_recording) for kind in RetainedKind}
        self.events, self.holds, self.requests = EventsCard(service), HoldsCard(service), RequestsCard(service)
        about = tr("Nothing is destroyed automatically. Copies in backups are not tracked here.")
        column = layouts.column(self, 14)
        for widget in (self.first, self.table, *self.clocks.values(), named(quiet(about), "keeping-about")):
            column.addWidget(widget)
        column.addWidget(flow(learn_more("retention", "keeping-more")))
        for card in (self.events, self.holds, self.requests):
            column.addWidget(card)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_card())
        self.table.arranged.connect(self._show_card)
        self.table.opened.connect(lambda _: self._current_card().focus_action())

    def show_subject(self, thing: Group) -> None:
        is_other = self._service.group != thing.id
        self._service.changed = self._reload
        self._service.load(thing.id)
        self._show()
        if is_other or any(one.is_over for one in self._service.items):
            self.table.choose_due()
        left = next((kind for kind, card in self.clocks.items() if card.is_open), None)
        if is_other and left is not None:
            self.table.choose_kind(left)

    def leave_view(self) -> None:
        for card in self._cards():
            card.keep_drafts()

    def first_focus(self) -> QWidget:
        return self.table

    def _reload(self) -> None:
        self._service.load(self._service.group)
        self._show()

    def _show(self) -> None:
        self.first.setText(retention.next_due_sentence(self._service.items, day_words))
        for card in self._cards():
            card.show_group()
        kind, _ = self.table.chosen()
        self.table.show_items(self._service.items, self._service.log.retention.clocks(self._service.group))
        if self.table.chosen()[0] is not kind:
            # A saved period may have moved the row; what was worked on stays in view.
            self.table.choose_kind(kind)
        follow_layout(self)

    def _cards(self) -> tuple[RetentionPeriodCard | EventsCard | HoldsCard | RequestsCard, ...]:
        return (*self.clocks.values(), self.events, self.holds, self.requests)

    def _show_card(self) -> None:
        chosen, item = self.table.chosen()
        for kind, card in self.clocks.items():
            card.setVisible(kind is chosen)
        self.clocks[chosen].show_item(item)

    def _current_card(self) -> RetentionPeriodCard:
        return self.clocks[self.table.chosen()[0]]
