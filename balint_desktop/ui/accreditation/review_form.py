"""Form for a review of one's own leading."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.reviews import REVIEW_LIMIT, Heading, Review, ReviewState
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.text import accreditation
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet, small, subheading

_LINES = 2
# Show a field's counter only when little room is left: eight counters would distract.
_COUNTER_FROM = 100


class ReviewForm(QWidget):
    """Headings of a supervision report with a field each. It emits `saved` with the review, or `cancelled`."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, cancel_words: str = "") -> None:
        super().__init__()
        named(self, "review")
        self._session = SessionId("")
        self._shown: dict[Heading, str] = {}
        self.title = named(subheading(""), "review-heading")
        self.fields = {one: NoteField(f"review-{one}", REVIEW_LIMIT, _LINES, _COUNTER_FROM) for one in Heading}
        self.save_button = button(tr("Keep"), "review-keep", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(cancel_words or tr("Cancel"), "review-cancel", self.cancelled.emit, shortcut="Esc")
        column = column_in(self)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addWidget(named(quiet(reminder()), "review-reminder"))
        form = Form()
        for one, field in self.fields.items():
            form.row(accreditation.review_heading(one), field, f"review-{one}")
            form.add(field.left_words)
        column.addWidget(form)
        column.addWidget(flow(self.save_button, self.cancel_button))
        column.addWidget(named(small(_whose()), "review-whose"))
        column.addStretch(1)

    def show_review(self, session: SessionId, title: str, review: Review | None) -> None:
        """Show the review of a session."""
        self._session = session
        self._shown = dict(review.written) if review is not None else {}
        self.title.setText(title)
        for heading, field in self.fields.items():
            field.setPlainText(self._shown.get(heading, ""))

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
        "On your own leading, under any heading you like. Never about a case, a patient or a student: what is written "
        "here may have to be shown one day."
    )


def _whose() -> str:
    return tr("The headings are those of a supervision report (Balint Society of Australia and New Zealand).")
