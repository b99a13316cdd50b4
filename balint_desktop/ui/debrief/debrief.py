"""The debrief page: correct the presenter, a note on process, private reminders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.accreditation.review_offer import ReviewOffer
from balint_desktop.ui.debrief.reminder_offer import ReminderOffer
from balint_desktop.ui.group.readers import excluded
from balint_desktop.ui.room.situations_list import SituationsFold
from balint_desktop.ui.room.who_panel import in_seats
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.named_note import NamedNote
from balint_desktop.ui.widgets.names_source import NamesSource
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.show_names import ShowNames
from balint_desktop.ui.widgets.text import quiet, subheading, text

_WIDE = 760
_LINES = 3


@dataclass(frozen=True, slots=True)
class DebriefOffers:
    """What the page offers beside the note: names on demand, private reminders, and a review; None for none."""

    names: NamesSource | None = None
    remind: Callable[[Sequence[ReminderKind]], None] | None = None
    review: ReviewOffer | None = None


class DebriefPlace(Place):
    """The debrief on one page. Every answer is optional; nothing is asked about a case or a person."""

    done = Signal()

    def __init__(
        self,
        session: SessionController,
        cues: tuple[str, ...],
        messages: Messages,
        offers: DebriefOffers = DebriefOffers(),
    ) -> None:
        super().__init__("closing", tr("Debrief"))
        self._session = session
        self._offers = offers
        self._messages = messages
        self.review = offers.review
        self.presenters: dict[tuple[int, ParticipantCode], QPushButton] = {}
        self.note = NoteField("note", NOTE_LIMIT, _LINES)
        self.note.setMaximumWidth(_WIDE)
        self.named_note = NamedNote("process-note-names")
        self.reminders = ReminderOffer()
        self.done_button = button(tr("Done"), "closing-done", self._on_done, ButtonKind.PRIMARY, shortcut="Ctrl+Return")
        for cue in cues:
            self.body.addWidget(quiet(cue))
        self._build()

    def _build(self) -> None:
        members = in_seats(self._session.group.participants)
        cases = self._session.format.cases if members else 0
        for case in range(1, cases + 1):
            self.body.addSpacing(4)
            heading_words = tr("Who presented") if cases == 1 else tr("Who presented case {n}").format(n=case)
            self.body.addWidget(named(subheading(heading_words), f"presented-{case}"))
            self.body.addWidget(flow(*(self._presenter(case, member.code) for member in members)))
        chips = {key: (key[1], made) for key, made in self.presenters.items()}
        self.names = ShowNames(self._offers.names, chips, self._messages.trouble)
        self.body.addWidget(self.names)
        self.names.setVisible(bool(cases) and self.names.is_offered)
        form = Form()
        form.row(
            tr("Note on process (two lines)"),
            self.note,
            "process-note",
            tr("How the group worked. No names, nothing about the case. A roster name stops the export."),
        )
        form.add(self.note.left_words)
        form.add(self.named_note)
        self.body.addSpacing(4)
        self.body.addWidget(form)
        self.body.addWidget(self.reminders)
        self.reminders.setVisible(self._offers.remind is not None)
        left_out_words = excluded.afterwards(self._session.group) if self._session.state.recording.parts else ""
        if left_out_words:
            self.body.addWidget(named(text(left_out_words), "closing-left-out"))
        if self.review is not None:
            self.body.addWidget(self.review)
        self.body.addSpacing(6)
        self.body.addWidget(flow(self.done_button))
        self.body.addWidget(SituationsFold(self._session.group, online=self._session.format.online))
        self.body.addStretch(1)

    def _presenter(self, case: int, code: ParticipantCode) -> QPushButton:
        made = chip(code, f"presented-{case}-{code}")
        made.setAccessibleDescription(tr("{code} presented").format(code=code))
        made.setEnabled(code in self._session.state.attended)
        show_on(made, self._session.state.presenters.get(case) == code)
        when_chosen(made, lambda on: self._choose(case, code if on else None))
        self.presenters[case, code] = made
        return made

    def _choose(self, case: int, code: ParticipantCode | None) -> None:
        with self._messages.attempt():
            self._session.choose_presenter(code, case)
        for (other_case, other), made in self.presenters.items():
            show_on(made, self._session.state.presenters.get(other_case) == other)

    def first_focus(self) -> QWidget:
        return self.note

    def leave_view(self) -> None:
        """Drop the names: whoever looks next must ask again."""
        self.names.hide_names()

    # --- done ---

    def _on_done(self) -> None:
        if not self.named_note.may_save(self.names.in_note(self.note.words())):
            self.note.setFocus()
            return
        with self._messages.attempt():
            self._session.close(Debrief(self.note.words()))
            chosen = self.reminders.chosen()
            if chosen and self._offers.remind is not None:
                self._offers.remind(chosen)
            self.done.emit()
