"""Form for a review of one's own leading."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.reviews import QUESTIONS, REVIEW_LIMIT, Heading, Review, ReviewState
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.text import accreditation
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet, subheading

_LINES = 2
# Show a field's counter only when little room is left: a counter at each would distract.
_COUNTER_FROM = 100


class ReviewForm(QWidget):
    """Questions on one's own leading with a field each. It emits `saved` with the review, or `cancelled`.

    The headings of an earlier review are shown where it has text under them, so that it stays readable.
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, cancel_words: str = "", escape: EscapeRole | None = EscapeRole.CANCEL) -> None:
        super().__init__()
        named(self, "review")
        self._session = SessionId("")
        self._shown: dict[Heading, str] = {}
        self.title = named(subheading(""), "review-heading")
        self.fields = {one: NoteField(f"review-{one}", REVIEW_LIMIT, _LINES, _COUNTER_FROM) for one in Heading}
        self.save_button = button(tr("Save"), "review-keep", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(cancel_words or tr("Cancel"), "review-cancel", self.cancelled.emit, escape=escape)
        column = column_in(self)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addWidget(named(quiet(reminder()), "review-reminder"))
        form = Form()
        self._labels: dict[Heading, QWidget] = {}
        for one, field in self.fields.items():
            self._labels[one] = form.row(accreditation.review_heading(one), field, f"review-{one}")
            form.add(field.left_words)
        column.addWidget(form)
        column.addWidget(flow(self.save_button, self.cancel_button))
        column.addStretch(1)

    def show_review(self, session: SessionId, title: str, review: Review | None) -> None:
        """Show the review of a session."""
        self._session = session
        self._shown = dict(review.written) if review is not None else {}
        self.title.setText(title)
        for heading, field in self.fields.items():
            field.setPlainText(self._shown.get(heading, ""))
            is_shown = heading in QUESTIONS or heading in self._shown
            field.setVisible(is_shown)
            self._labels[heading].setVisible(is_shown)

    @property
    def is_changed(self) -> bool:
        """Return whether there is unsaved input."""
        return dict(self.review().texts) != self._shown

    def review(self) -> Review:
        """Return the review from the form; one without text is waiting."""
        texts = {heading: field.words() for heading, field in self.fields.items() if field.words()}
        return Review(self._session, ReviewState.WRITTEN if texts else ReviewState.LATER, texts)

    def save(self) -> None:
        """Emit the review."""
        self.saved.emit(self.review())

    def first_field(self) -> QWidget:
        """Return the field that gets the focus first."""
        return next(iter(self.fields.values()))


def reminder() -> str:
    """Return the reminder of what to write in a review, and what to leave out."""
    return tr(
        "Answer as much as you like. Only you see this; it is in no report or export unless you copy it. No names "
        "and nothing about the case: your notes could be requested."
    )
