"""The retention section of a group's page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.i18n import tr
from balint_desktop.text import retention
from balint_desktop.ui.group.retention.events import EventsCard
from balint_desktop.ui.group.retention.holds_card import HoldsCard
from balint_desktop.ui.group.retention.period_card import ClockCard
from balint_desktop.ui.group.retention.requests_card import RequestsCard
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import medium, quiet


class RetentionSection(Section[Group]):
    """The section. Unsaved input is discarded when the group is shown again."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__()
        named(self, "group-keeping", spoken=tr("Keeping"))
        self._service = service
        self.first = named(medium(""), "keeping-first")
        self.clocks = {kind: ClockCard(kind, service) for kind in RetainedKind}
        self.events, self.holds, self.requests = EventsCard(service), HoldsCard(service), RequestsCard(service)
        self._cards: tuple[ClockCard | EventsCard | HoldsCard | RequestsCard, ...] = (
            *self.clocks.values(),
            self.events,
            self.holds,
            self.requests,
        )
        column = layouts.column(self, 14)
        column.addWidget(self.first)
        column.addWidget(
            named(
                quiet(
                    tr(
                        "Nothing is destroyed by itself: what is due is shown here and on Today, and somebody destroys "
                        "it. A copy in a backup runs on no clock; the page of a recording names the backups that hold "
                        "it."
                    )
                ),
                "keeping-about",
            )
        )
        for card in self._cards:
            column.addWidget(card)

    def show_subject(self, thing: Group) -> None:
        self._service.changed = self._reload
        self._service.load(thing.id)
        self._show()

    def first_focus(self) -> QWidget:
        return self.clocks[RetainedKind.AUDIO].period.open_button

    def _reload(self) -> None:
        self._service.load(self._service.group)
        self._show()

    def _show(self) -> None:
        self.first.setText(retention.next_due_sentence(self._service.items, day_words))
        for card in self._cards:
            card.show_group()
        follow_layout(self)
