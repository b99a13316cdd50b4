"""Accreditation sections of a session's page: who led, and the review."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.reviews import Review
from balint_desktop.domain.accreditation.values import Colleague, Leaders
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.leaders_box import LeadersBox, LeadersDeps
from balint_desktop.ui.accreditation.review_form import ReviewForm
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section, SectionEntry
from balint_desktop.ui.widgets.text import small, subheading


class OfSession(Protocol):
    """The part of a session page's subject that these sections use."""

    @property
    def id(self) -> SessionId:
        """Return the session's id."""
        ...


def session_entries(deps: AccreditationDeps) -> tuple[SectionEntry[OfSession], ...]:
    """Return the accreditation sections of a session's page. Their subject has the session's id as `id`."""
    return (
        SectionEntry("leaders", tr("Who led"), lambda: LeadersSection(deps)),
        SectionEntry("review", tr("Your own leading"), lambda: ReviewSection(deps)),
    )


class LeadersSection(Section[OfSession]):
    """Leaders of the session. Each press is saved at once and can be undone."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__()
        self._deps = deps
        self._session = SessionId("")
        self._kept = Leaders()
        named(self, "session-leaders", spoken=tr("Who led"))
        self.box = LeadersBox()
        self.box.changed.connect(self._on_changed)
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Who led")), "session-leaders-heading"))
        column.addWidget(self.box)
        column.addWidget(
            named(
                small(tr("Colleagues by label, never participants.")),
                "session-leaders-help",
            )
        )

    def show_subject(self, thing: OfSession) -> None:
        self._session = thing.id
        with self._deps.messages.attempt():
            self._kept = self._deps.service.leaders(self._session)
            leading = LeadersDeps(self._kept, self._deps.service.colleagues(), self._add)
            self.box.show_leading(leading)

    def first_focus(self) -> QWidget:
        return next(iter(self.box.own.values()))

    def _add(self, label: str) -> Colleague:
        made, _undo = self._deps.service.add_colleague(label)
        return made

    def _on_changed(self) -> None:
        leaders = self.box.leaders()
        if leaders == self._kept:
            return
        with self._deps.messages.attempt():
            self._deps.run_undoable(
                lambda: self._deps.service.save_leaders(self._session, leaders), tr("Who led was saved.")
            )
            self._kept = leaders


class ReviewSection(Section[OfSession]):
    """Review of the facilitator's own leading in the session."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__()
        self._deps = deps
        self._session = SessionId("")
        named(self, "session-review", spoken=tr("Your own leading"))
        # This form is always open, so Escape leaves the page, which saves it, and discards nothing.
        self.form = ReviewForm(tr("Discard changes"), escape=None)
        self.form.saved.connect(self._on_saved)
        self.form.cancelled.connect(self._show)
        if deps.drafts is not None and deps.drafts.closing is not None:
            subscribe(self, deps.drafts.closing, self._save_changed)
        column = layouts.column(self)
        column.addWidget(self.form)

    def show_subject(self, thing: OfSession) -> None:
        if thing.id != self._session or not self.form.is_changed:
            self._session = thing.id
            self._show()

    def leave_view(self) -> None:
        """Save unsaved input when the section is left."""
        if self.form.is_changed:
            self._on_saved(self.form.review())
        self._session = SessionId("")

    def _save_changed(self) -> None:
        """Save unsaved input when the vault is about to close."""
        if self._session and self.form.is_changed:
            with self._deps.messages.attempt():
                self._deps.service.save_review(self.form.review())

    def first_focus(self) -> QWidget:
        return self.form.first_field()

    def _show(self) -> None:
        with self._deps.messages.attempt():
            review = self._deps.service.review(self._session)
            self.form.show_review(self._session, tr("Your own leading"), review)

    def _on_saved(self, review: Review) -> None:
        message = tr("The review of your own leading was saved.")
        with self._deps.messages.attempt():
            self._deps.run_undoable(lambda: self._deps.service.save_review(review), message)
            self.form.show_review(review.session, self.form.title.text(), review)
