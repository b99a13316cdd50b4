"""The consents section: a cover page, then answers, study, withdrawal, papers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.i18n import tr
from balint_desktop.ui.group.consents.answers import AnswersPage
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.papers import PapersPage
from balint_desktop.ui.group.consents.study_form import StudyPage
from balint_desktop.ui.group.consents.withdrawal import LeavingPage
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections
from balint_desktop.ui.widgets.text import quiet, text


class ConsentsSection(Section[Group]):
    """Hidden behind a cover until opened, and closed when it leaves the view: consent answers are confidential."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "consents")
        self._deps = deps
        self._group: Group | None = None
        self.open_button = button(
            tr("Show the consents"), "consents-open", self.open, ButtonKind.PRIMARY, shortcut="Alt+O"
        )
        self.close_button = button(tr("Close the consents"), "consents-close", self.leave_view, ButtonKind.QUIET)
        self.sections = Sections(
            "consents-pages",
            (
                SectionEntry("answers", tr("Answers"), lambda: AnswersPage(deps)),
                SectionEntry("study", tr("The study"), lambda: StudyPage(deps)),
                SectionEntry("leaving", tr("Leaving the study"), lambda: LeavingPage(deps)),
                SectionEntry("papers", tr("Form and ethics file"), lambda: PapersPage(deps)),
            ),
        )
        self._pages = Pages()
        self._cover = self._build_cover()
        self._inside = self._build_inside()
        self._pages.add(self._cover)
        self._pages.add(self._inside)
        column = layouts.column(self)
        column.addWidget(self._pages)

    @property
    def is_open(self) -> bool:
        """Return whether answers may be visible."""
        return self._pages.current() is self._inside

    def show_subject(self, thing: Group) -> None:
        """Show the cover or, if opened, the pages. Raise Trouble."""
        changed = self._group is not None and self._group.id != thing.id
        self._group = thing
        if changed:
            self.leave_view()
        if self.is_open:
            self.sections.show_subject(thing)

    def open(self, section: str = "") -> None:
        """Open the pages behind the cover."""
        group = self._group
        if group is not None and self._deps.messages.attempted(lambda: self.sections.show_subject(group, section)):
            self._pages.show_page(self._inside)
            page = self.sections.section(self.sections.current)
            first = page.first_focus() if page is not None else None
            (first or self.close_button).setFocus()

    def leave_view(self) -> None:
        was_open = self.is_open
        self._pages.show_page(self._cover)
        self.sections.leave()
        if was_open and self.isVisible():
            self.open_button.setFocus()

    def first_focus(self) -> QWidget:
        return self.open_button

    def _build_cover(self) -> QWidget:
        page = QWidget()
        column = layouts.column(page, 14)
        column.addWidget(
            named(
                text(
                    tr(
                        "Who agreed to what is kept here, apart from everything that is recorded, and shown only when "
                        "you open it. In the room there is one answer for all: recording available, or not available."
                    )
                ),
                "consents-cover",
            )
        )
        column.addWidget(named(quiet(_teaching()), "consents-teaching"))
        column.addWidget(flow(self.open_button))
        return page

    def _build_inside(self) -> QWidget:
        page = QWidget()
        column = layouts.column(page, 14)
        column.addWidget(flow(self.close_button))
        column.addWidget(self.sections)
        return page


def _teaching() -> str:
    return tr(
        "Being in the group is part of teaching and needs no study consent. Declining or leaving the study never means "
        "leaving the group, and a session without a recording is a full session."
    )
