"""The study that is open in the place: at which page, and the jobs that end with the visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets.pages import Pages


class StudyVisit:
    """What the flows of Analysis have in common. It knows none of the pages that it shows.

    `resume_at` is the study and the page that are open again once the place comes back into view, as after a lock; both
    are empty where the list is.
    """

    def __init__(self, work: Work, messages: Messages, pages: Pages) -> None:
        self._work, self._messages, self._pages = work, messages, pages
        self.opened: OpenStudy | None = None
        self.resume_at: tuple[str, str] = ("", "")
        self._number = 0
        self._announce: Callable[[], None] = lambda: None

    @property
    def has_rounds(self) -> bool:
        """Whether a study is open whose approach has rounds."""
        return self.opened is not None and self.opened.study.approach.has_rounds

    def begin(self, opened: OpenStudy) -> None:
        """Open a study, at its own page."""
        self.opened = opened
        self.turn_to("")

    def end(self) -> None:
        """Close the study for good: the place comes back at its list."""
        self.opened, self.resume_at = None, ("", "")

    def turn_to(self, page: str) -> None:
        """Note which page of the open study is shown."""
        if self.opened is not None:
            self.resume_at = (self.opened.study.id, page)

    def drop_results(self) -> None:
        """Drop what still comes back: the place was left, or another page is opened."""
        self._number += 1

    # --- pages ---

    def show(self, page: QWidget) -> None:
        """Show a page in place of the current one."""
        self._pages.show_page(page)

    def is_shown(self, page: QWidget) -> bool:
        """Return whether a page is the current one."""
        return self._pages.current() is page

    def announce_later(self, announce: Callable[[], None]) -> None:
        """Keep what is said once the next page is shown: said before, it would end with the page it was said on."""
        self._announce = announce

    def announce_pending(self) -> None:
        """Say what waited for this page."""
        announce, self._announce = self._announce, lambda: None
        announce()

    # --- jobs ---

    def run(
        self,
        job: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Run a job in a thread. What comes back after the place was left is dropped."""
        number = self._number

        def if_here(result: object) -> None:
            if number == self._number:
                done(result)

        self._work.run(job, if_here, failed or self._messages.trouble, owner=self._pages)

    def run_once(
        self,
        pressed: QWidget,
        job: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Run what changes the study, with its button off until it is done."""
        number = self._number

        def ended(result: object) -> None:
            if number == self._number:
                done(result)

        def ended_badly(trouble: Trouble) -> None:
            if number == self._number:
                failed(trouble)
                if pressed.isVisible():
                    pressed.setFocus()
            else:
                self._messages.trouble(trouble)

        self._work.run_once(pressed, job, ended, ended_badly, owner=self._pages)
