"""The place for accreditation: aims, supervision, meetings elsewhere, colleagues, reviews."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.accreditation.colleagues import ColleaguesSection
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.other_meetings import OtherMeetingsSection
from balint_desktop.ui.accreditation.progress import ProgressSection
from balint_desktop.ui.accreditation.reviews import ReviewsSection
from balint_desktop.ui.accreditation.supervision import SupervisionSection
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.sections import SectionEntry, Sections


class AccreditationPlace(Place):
    """The facilitator's training record, private. `more` are sections that export from it: the leader's record."""

    def __init__(self, deps: AccreditationDeps, more: tuple[SectionEntry[None], ...] = ()) -> None:
        super().__init__("path", tr("Accreditation"))
        self.sections = Sections(
            "path-section",
            (
                SectionEntry("towards", tr("Progress"), lambda: ProgressSection(deps)),
                SectionEntry("supervision", tr("Supervision"), lambda: SupervisionSection(deps)),
                SectionEntry("elsewhere", tr("Elsewhere"), lambda: OtherMeetingsSection(deps)),
                SectionEntry("colleagues", tr("Colleagues"), lambda: ColleaguesSection(deps)),
                SectionEntry("reviews", tr("Reviews"), lambda: ReviewsSection(deps)),
                *more,
            ),
        )
        self.body.addWidget(self.sections)
        self.body.addStretch(1)

    def enter_view(self) -> None:
        """Refresh the current section; unsaved input stays."""
        section = self.sections.section(self.sections.current)
        if section is None:
            self.sections.show_subject(None)
        else:
            section.show_subject(None)

    def leave_view(self) -> None:
        self.sections.leave()

    def first_focus(self) -> QWidget | None:
        section = self.sections.section(self.sections.current)
        return section.first_focus() if section is not None else None
