"""Form to enter a session that was held without the laptop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief, SessionSetting
from balint_desktop.domain.session.entered_afterwards import USUAL_S, AfterwardsEntry
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.log.correct import ChangeDeps
from balint_desktop.ui.log.record_fields import RecordFields
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.named_note import NamedNote
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, text

# Drafts of this form begin so; that of a planned session goes on with its group and number.
DRAFTS = "log/enter/"


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
        self.save_button = button(tr("Save"), "enter-save", self._on_save, ButtonKind.PRIMARY)
        self.leave_button = button(
            tr("Back to sessions"), "enter-leave", self._on_leave, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.clear_button = button(tr("Clear this form"), "enter-clear", self._on_clear, ButtonKind.QUIET)
        self.named_note = NamedNote("enter-names")
        self.overlap = LiveLabel("enter-overlap")
        self._asked_overlap: AfterwardsEntry | None = None
        self._draft = FormDraft(self, changing.drafts)
        self._planned: tuple[GroupId, int] | None = None
        head = Form(10)
        head.row(tr("Group"), self.group, "enter-group")
        head.row(tr("Format"), self.format, "enter-format")
        column = layouts.column(self, 12)
        column.addWidget(self.leave_button)
        column.addWidget(named(heading(tr("Enter a session afterwards")), "enter-heading"))
        column.addWidget(
            text(
                tr(
                    "For a session held without the laptop. It counts like any other, and is marked as entered "
                    "afterwards."
                ),
                "quiet",
            )
        )
        column.addWidget(narrow(head))
        column.addWidget(narrow(self.fields))
        column.addWidget(self.named_note)
        column.addWidget(self.overlap)
        column.addWidget(flow(self.save_button, self.clear_button))
        column.addStretch(1)
        self.group.currentIndexChanged.connect(lambda _: self._show_group())

    def open(self, planned: tuple[GroupId, int] | None = None) -> None:
        """Fill the form; `planned` gives day, time and members of a group's session. Raise Trouble.

        Input that was left unsaved is there again.
        """
        self._fill(planned)
        self._planned = planned
        self.named_note.reset()
        self.overlap.announce("")
        self._asked_overlap = None
        is_restored = self._draft.begin(DRAFTS + (f"{planned[0]}/{planned[1]}" if planned is not None else ""))
        self.clear_button.setVisible(is_restored)

    def _fill(self, planned: tuple[GroupId, int] | None) -> None:
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
        if planned is not None:
            with QSignalBlocker(self.group):
                self.group.setCurrentIndex(max(0, self.group.findData(planned[0])))
        self._show_group(planned[1] if planned is not None else None)

    def _show_group(self, number: int | None = None) -> None:
        group = self._groups.get(self.group.currentData() or "")
        today = day_of(self._clock.now().wall)
        log, usual = self._changing.log, self._offers.get(group.format_key) if group is not None else None
        online = usual is not None and usual.online
        likely = log.likely_session(group, today, number=number, online=online) if group is not None else None
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
                Field.PRESENT: _members_on(group, day_of(likely.began_wall)) if likely and group else (),
                Field.PRESENTERS: {},
                Field.PROCESS_NOTE: "",
            },
            codes,
        )
        follow_layout(self)

    def reopen(self) -> bool:
        """Fill the form with input that was left unsaved, and return whether there is any. Raise Trouble."""
        drafts = self._changing.drafts
        for form in drafts.rows.forms(DRAFTS) if drafts is not None else ():
            group, slash, number = form.removeprefix(DRAFTS).rpartition("/")
            self.open((GroupId(group), int(number)) if slash else None)
            return True
        return False

    def keep_draft(self) -> None:
        """Store unsaved input."""
        self._draft.keep()

    def _on_leave(self) -> None:
        self._draft.keep()
        self.left.emit()

    def _on_clear(self) -> None:
        with self._changing.messages.attempt():
            self._draft.discard()
            self.open(self._planned)
            self.group.setFocus()

    def _on_save(self) -> None:
        log = self._changing.log
        if not self.named_note.may_save(
            self._changing.names_in(self.group.currentData(), self.fields.note.toPlainText())
        ):
            self.fields.note.setFocus()
            return
        with self._changing.messages.attempt() as attempt:
            entry = self._entry()
            if not self._may_overlap(entry):
                return
            session = log.enter(entry)
            self._draft.discard()
            self._changing.undoing.push(tr("The session was entered."), lambda: log.undo_entering(session))
            self.entered.emit(session)
        if attempt.trouble is not None:
            focus_unreadable(self.fields)

    def _may_overlap(self, entry: AfterwardsEntry) -> bool:
        """Ask once, for each time, whether two sessions of a group were held at once. Raise Trouble."""
        number = self._changing.log.held_during(entry)
        asked = self._asked_overlap
        is_asked = asked is not None and (asked.began_wall, asked.lasted_s) == (entry.began_wall, entry.lasted_s)
        if number is None or is_asked:
            self.overlap.announce("")
            return True
        self._asked_overlap = entry
        words = tr("Session {n} of this group was held at that time. Change the time, or save again.")
        self.overlap.announce(words.format(n=number))
        return False

    def _entry(self) -> AfterwardsEntry:
        """Return the input. Raise Trouble: no such day or time, VALUE_IMPOSSIBLE."""
        values = self.fields.all_values()
        offer = self._offers[self.format.currentData()]
        if len(values[Field.PROCESS_NOTE]) > NOTE_LIMIT:
            raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=tr("note on process"))
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


def _members_on(group: Group, day: date) -> tuple[ParticipantCode, ...]:
    return tuple(member.code for member in group.participants if member.belongs_on(day))
