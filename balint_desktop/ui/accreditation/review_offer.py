"""Offer a review after the debrief: now, later or not this time."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.reviews import Review, ReviewState
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.ui.accreditation.review_form import ReviewForm
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import EscapeRole, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text
from balint_desktop.vault.log.accreditation import AccreditationRows

NOW, LATER, NOT_THIS_TIME = "now", "later", "not-this-time"


class ReviewOffer(QWidget):
    """Three pills, at most one selected. Pressing a selected pill clears it."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "review-offer")
        question = tr("Review your own leading?")
        labels = {NOW: tr("Now"), LATER: tr("Later"), NOT_THIS_TIME: tr("Not this time")}
        self.pills = {key: chip(words, f"review-offer-{key}") for key, words in labels.items()}
        for key, pill in self.pills.items():
            pill.setAccessibleDescription(question)
            when_chosen(pill, partial(self._on_pressed, key))
        asked = text(question)
        asked.setWordWrap(False)
        column = layouts.column(self)
        column.addWidget(flow(asked, *self.pills.values(), spacing=12))

    @property
    def answer(self) -> str:
        """Return the selected answer, empty if none."""
        return next((key for key, pill in self.pills.items() if pill.isChecked()), "")

    def _on_pressed(self, key: str, _on: bool) -> None:
        for other, pill in self.pills.items():
            if other != key:
                show_on(pill, False)


class ReviewPlace(Place):
    """The page of a review right after a debrief. What is written is saved however the page is left."""

    done = Signal()

    def __init__(self, session: SessionId, rows: AccreditationRows, messages: Messages) -> None:
        super().__init__("review-now", tr("Your own leading"))
        self._rows = rows
        self._messages = messages
        self.form = ReviewForm(tr("Later"), EscapeRole.LEAVE)
        self.form.show_review(session, tr("This session"), None)
        self.form.saved.connect(self._on_saved)
        self.form.cancelled.connect(self._on_later)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.form.first_field()

    def leave_view(self) -> None:
        """Save what is written. A full disk must not stop the lock."""
        with suppress(Trouble):
            self._save_changed()

    def _on_later(self) -> None:
        with self._messages.attempt():
            self._save_changed()
            self.done.emit()

    def _save_changed(self) -> None:
        if self.form.is_changed:
            self._rows.save_review(self.form.review())

    def _on_saved(self, review: Review) -> None:
        with self._messages.attempt():
            self._rows.save_review(review)
            self.done.emit()


def answer_offer(answer: str, session: SessionId, rows: AccreditationRows, messages: Messages) -> ReviewPlace | None:
    """Save the answer to the offer, and return the review's page for "now".

    "Now" is stored as "later" until text is saved, so leaving the page does not lose the review.
    """
    if not answer:
        return None
    state = ReviewState.NOT_THIS_TIME if answer == NOT_THIS_TIME else ReviewState.LATER
    with messages.attempt():
        rows.save_review(Review(session, state))
    return ReviewPlace(session, rows, messages) if answer == NOW else None
