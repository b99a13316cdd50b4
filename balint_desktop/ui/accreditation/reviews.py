"""Written and waiting reviews, with search."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.reviews import Review, ReviewState
from balint_desktop.domain.accreditation.values import LedSession
from balint_desktop.domain.values import SessionId
from balint_desktop.i18n import tr
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.review_form import ReviewForm
from balint_desktop.ui.accreditation.review_summary import HalfYearPage
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import day_words, short_day
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_bar import TableBar
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import text

# Older sessions without a review are no longer offered.
_LATEST = 12


class ReviewsSection(Section[None]):
    """Sessions with a review, a waiting one, or recent without one; Enter opens one."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__()
        self._deps = deps
        self._sessions: dict[str, LedSession] = {}
        named(self, "reviews", spoken=tr("Reviews"))
        self.none = named(
            text(tr("No sessions yet. After each one you can review your own leading."), "quiet"),
            "reviews-none",
        )
        self.table = Table(
            "reviews-table",
            tr("Reviews"),
            (
                ColumnSpec("day", tr("Date")),
                ColumnSpec("session", tr("Session")),
                ColumnSpec("state", tr("Review")),
                ColumnSpec("words", tr("Text")),
            ),
            deps.memory,
            sort_by="day",
            descending=True,
        )
        self.table.opened.connect(self.open_review)
        self.bar = TableBar(self.table, tr("Search your reviews"))
        self.open_button = button(tr("Open review"), "reviews-open", self._on_open, ButtonKind.PRIMARY)
        self.remove_button = button(tr("Delete"), "reviews-remove", self._on_remove)
        self.gather_button = button(tr("Copy a period…"), "reviews-gather", self.gather)
        self.form: ReviewForm | None = None
        if deps.drafts is not None and deps.drafts.closing is not None:
            subscribe(self, deps.drafts.closing, self._save_changed)
        self.gathered = HalfYearPage()
        self.gathered.back.connect(self._show_list)
        self._actions = flow(self.open_button, self.remove_button, self.gather_button)
        self._list = QWidget()
        self._pages = Pages()
        column = layouts.column(self._list, 12)
        for widget in (self.none, self.bar, self.table, self._actions):
            column.addWidget(widget)
        self._pages.add(self._list)
        self._pages.add(self.gathered)
        whole = layouts.column(self)
        whole.addWidget(self._pages)

    def show_subject(self, thing: None) -> None:  # noqa: ARG002  the own path is about nobody else
        if self.form is None:
            self._pages.show_page(self._list)
            self.refresh()

    def leave_view(self) -> None:
        """Save unsaved input when the section is left."""
        self._save_changed()
        self._close_form()

    def _save_changed(self) -> None:
        if self.form is not None and self.form.is_changed:
            with self._deps.messages.attempt():
                self._deps.service.save_review(self.form.review())

    def first_focus(self) -> QWidget | None:
        return self.form.first_field() if self.form is not None else self.table if self._sessions else None

    def refresh(self) -> None:
        """Refresh the list."""
        with self._deps.messages.attempt():
            held = self._deps.service.sessions()
            reviews = {one.review.session: one.review for one in self._deps.service.reviewed()}
            shown = [one for place, one in enumerate(held) if place < _LATEST or one.id in reviews]
            self._sessions = {one.id: one for one in shown}
            self.table.show_rows([_row(one, reviews.get(one.id)) for one in shown])
            for widget in (self.bar, self.table, self._actions):
                widget.setVisible(bool(shown))
            self.none.setVisible(not shown)
            follow_layout(self)

    def open_review(self, key: str) -> None:
        """Open the form for a session's review."""
        session = self._sessions.get(key)
        if session is None:
            return
        with self._deps.messages.attempt():
            review = self._deps.service.review(session.id)
            self._close_form()
            form = self.form = ReviewForm()
            form.saved.connect(self._on_saved)
            form.cancelled.connect(self._on_cancelled)
            form.show_review(session.id, f"{session.title}, {day_words(session.day)}", review)
            self._pages.add(form)
            self._pages.show_page(form)
            follow_layout(self)
            form.first_field().setFocus()

    def gather(self) -> None:
        """Show the reviews of a period as text."""
        with self._deps.messages.attempt():
            self.gathered.show_half_year(
                self._deps.service.reviewed(), self._deps.service.supervisions(), self._deps.service.today()
            )
            self._pages.show_page(self.gathered)
            follow_layout(self)
            self.gathered.first.setFocus()

    def _on_open(self) -> None:
        self.open_review(self.table.chosen_key())

    def _on_remove(self) -> None:
        session = SessionId(self.table.chosen_key())
        with self._deps.messages.attempt():
            review = self._deps.service.review(session)
            if review is None:
                return
            message = tr("The review of {session} was deleted.").format(session=self._sessions[session].title)
            self._deps.run_undoable(lambda: self._deps.service.remove_review(review), message)
            self.refresh()
            self.table.setFocus()

    def _on_saved(self, review: Review) -> None:
        message = tr("The review of {session} was saved.").format(session=self._sessions[review.session].title)
        with self._deps.messages.attempt():
            self._deps.run_undoable(lambda: self._deps.service.save_review(review), message)
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        self._close_form()
        self.refresh()
        self.table.setFocus()

    def _show_list(self) -> None:
        self._pages.show_page(self._list)
        self.table.setFocus()

    def _close_form(self) -> None:
        if self.form is not None:
            self._pages.remove(self.form)
            self.form = None
            self._pages.show_page(self._list)


def _row(session: LedSession, review: Review | None) -> TableRow:
    written = " · ".join(" ".join(words.split()) for words in review.written.values()) if review is not None else ""
    return row(
        session.id, (Cell(short_day(session.day), session.day.isoformat()), session.title, state(review), written)
    )


def state(review: Review | None) -> str:
    """Return a review's status in a word."""
    if review is None:
        return tr("none")
    return {
        ReviewState.WRITTEN: tr("written"),
        ReviewState.LATER: tr("for later"),
        ReviewState.NOT_THIS_TIME: tr("not this time"),
    }[review.state]
