"""The debrief page: correct the presenter, a note on process, two questions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.accreditation.review_offer import ReviewOffer
from balint_desktop.ui.group.readers import excluded
from balint_desktop.ui.room.who_panel import in_seats
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small, subheading, text
from balint_desktop.ui.widgets.yes_no import YesNo

_WIDE = 760


class DebriefPlace(Place):
    """The debrief on one page. Every answer is optional; nothing is asked about a case or a person."""

    done = Signal()

    def __init__(
        self, session: SessionController, cues: tuple[str, ...], messages: Messages, review: ReviewOffer | None = None
    ) -> None:
        """`review` offers a review of your own leading afterwards; None to offer nothing."""
        super().__init__("closing", tr("Debrief"))
        self._session = session
        self.review = review
        self._messages = messages
        self.presenters: dict[tuple[int, ParticipantCode], QPushButton] = {}
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(self.note.fontMetrics().lineSpacing() * 4)
        self.note.setMaximumWidth(_WIDE)
        self.left_words = named(small(""), "note-left")
        self.follow_up = YesNo("follow-up")
        self.support = YesNo("support-offered")
        self.done_button = button(tr("Done"), "closing-done", self._on_done, ButtonKind.PRIMARY, shortcut="Ctrl+Return")
        for cue in cues:
            self.body.addWidget(quiet(cue))
        self._build()
        self.note.textChanged.connect(self._on_typed)
        self._on_typed()

    def _build(self) -> None:
        members = in_seats(self._session.group.participants)
        for case in range(1, (self._session.format.cases if members else 0) + 1):
            self.body.addSpacing(4)
            heading_words = (
                tr("Who presented") if self._session.format.cases == 1 else tr("Who presented case {n}").format(n=case)
            )
            self.body.addWidget(named(subheading(heading_words), f"presented-{case}"))
            self.body.addWidget(flow(*(self._presenter(case, member.code) for member in members)))
        form = Form()
        form.row(
            tr("Two lines on process"),
            self.note,
            "process-note",
            tr("How the group worked and how you led. Nothing about the case, a patient or a student."),
        )
        form.add(self.left_words)
        self.body.addSpacing(4)
        self.body.addWidget(form)
        self.body.addWidget(_asked(tr("Is a follow-up needed?"), self.follow_up))
        self.body.addWidget(_asked(tr("Was support offered?"), self.support))
        left_out_words = excluded.afterwards(self._session.group) if self._session.state.recording.parts else ""
        if left_out_words:
            self.body.addWidget(named(text(left_out_words), "closing-left-out"))
        if self.review is not None:
            self.body.addWidget(self.review)
        self.body.addSpacing(6)
        self.body.addWidget(flow(self.done_button))
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

    def _on_typed(self) -> None:
        over = len(self.note.toPlainText()) - NOTE_LIMIT
        if over > 0:
            cursor = self.note.textCursor()
            position = cursor.position()
            kept = self.note.toPlainText()[:NOTE_LIMIT]
            self.note.setPlainText(kept)
            cursor.setPosition(min(position, NOTE_LIMIT))
            self.note.setTextCursor(cursor)
        room = NOTE_LIMIT - len(self.note.toPlainText())
        self.left_words.setText(tr("{n} characters left").format(n=room))

    def _on_done(self) -> None:
        debrief = Debrief(self.note.toPlainText().strip(), self.follow_up.answer, self.support.answer)
        with self._messages.attempt():
            self._session.close(debrief)
            self.done.emit()


def _asked(question: str, answers: YesNo) -> QWidget:
    for made in (answers.yes, answers.no):
        made.setAccessibleDescription(question)
    return flow(text(question), answers.yes, answers.no, spacing=12)
