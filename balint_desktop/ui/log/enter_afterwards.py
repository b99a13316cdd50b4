"""Form to enter a session that was held without the laptop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief, SessionSetting
from balint_desktop.domain.session.entered_afterwards import USUAL_S, AfterwardsEntry
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.log.correct import ChangeDeps
from balint_desktop.ui.log.record_fields import RecordFields
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, text


@dataclass(frozen=True, slots=True)
class FormatOffer:
    """A session format offered in the form."""

    key: str
    name: str
    text: str
    online: bool


class EnterPage(QWidget):
    """Form with group, date and attendance. Emits the session's id after saving."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, changing: ChangeDeps, formats: Callable[[], Sequence[FormatOffer]], clock: Clock) -> None:
        super().__init__()
        named(self, "enter-page")
        self._changing = changing
        self._formats = formats
        self._clock = clock
        self._groups: dict[str, Group] = {}
        self._offers: dict[str, FormatOffer] = {}
        self.group, self.format = ChoiceField(), ChoiceField()
        self.fields = RecordFields("enter")
        self.save_button = button(tr("Keep the session"), "enter-save", self._on_save, ButtonKind.PRIMARY)
        self.leave_button = button(tr("Back to the sessions"), "enter-leave", self.left.emit, ButtonKind.QUIET)
        head = Form(10)
        head.row(tr("Group"), self.group, "enter-group")
        head.row(tr("Format"), self.format, "enter-format")
        column = layouts.column(self, 12)
        column.addWidget(self.leave_button)
        column.addWidget(named(heading(tr("Enter a session afterwards")), "enter-heading"))
        column.addWidget(
            text(
                tr("For one that ran without the laptop. It counts like any other, and is marked as entered."), "quiet"
            )
        )
        column.addWidget(narrow(head))
        column.addWidget(narrow(self.fields))
        column.addWidget(flow(self.save_button))
        column.addStretch(1)
        self.group.currentIndexChanged.connect(lambda _: self._show_group())

    def open(self) -> None:
        """Reset the form. Raise Trouble."""
        self._offers = {offer.key: offer for offer in self._formats()}
        self._groups = {group.id: group for group in self._changing.log.groups()}
        for choice, offers in (
            (self.format, [(offer.name, offer.key) for offer in self._offers.values()]),
            (self.group, [(group.name, group.id) for group in self._groups.values()]),
        ):
            choice.blockSignals(True)
            choice.clear()
            for words, key in offers:
                choice.addItem(words, key)
            choice.blockSignals(False)
        self._show_group()

    def _show_group(self) -> None:
        group = self._groups.get(self.group.currentData() or "")
        today = day_of(self._clock.now().wall)
        likely = self._changing.log.likely_session(group, today) if group is not None else None
        self.format.setCurrentIndex(max(0, self.format.findData(likely.format_key if likely else "")))
        offer = self._offers.get(self.format.currentData() or "")
        codes = [member.code for member in group.participants] if group else []
        self.fields.show_values(
            {
                Field.NUMBER: likely.number if likely else 1,
                Field.KIND: likely.kind if likely else SessionKind.CASE,
                Field.BEGAN: likely.began_wall if likely else self._clock.now().wall - USUAL_S,
                Field.LASTED: USUAL_S,
                Field.ONLINE: bool(offer and offer.online),
                Field.PRESENT: (),
                Field.PRESENTERS: {},
                Field.PROCESS_NOTE: "",
            },
            codes,
        )
        follow_layout(self)

    def _on_save(self) -> None:
        log = self._changing.log
        with self._changing.messages.attempt() as attempt:
            session = log.enter(self._entry())
            self._changing.undoing.push(tr("The session was entered."), lambda: log.undo_entering(session))
            self.entered.emit(session)
        if attempt.trouble is not None:
            focus_unreadable(self.fields)

    def _entry(self) -> AfterwardsEntry:
        """Return the input. Raise Trouble: no such day or time, VALUE_IMPOSSIBLE."""
        values = self.fields.all_values()
        offer = self._offers[self.format.currentData()]
        if len(values[Field.PROCESS_NOTE]) > NOTE_LIMIT:
            raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=tr("two lines on process"))
        return AfterwardsEntry(
            setting=SessionSetting(
                self.group.currentData(), values[Field.NUMBER], values[Field.KIND], offer.key, offer.text
            ),
            began_wall=values[Field.BEGAN],
            lasted_s=values[Field.LASTED] or 0.0,
            present=values[Field.PRESENT],
            presenters=values[Field.PRESENTERS],
            online=values[Field.ONLINE],
            debrief=Debrief(values[Field.PROCESS_NOTE]),
        )
