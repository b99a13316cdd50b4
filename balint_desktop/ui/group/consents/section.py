"""The consents section: what everyone may see, and the answers behind a step for the person who keeps them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group, RecordingRule, recording_available
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n import tr
from balint_desktop.text.recording_terms import patients_words
from balint_desktop.ui.group.consents.answers import AnswersPage
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.ethics_file import EthicsFilePage
from balint_desktop.ui.group.consents.form_page import FormPage
from balint_desktop.ui.group.consents.study_pages import ApprovalPart, InvitationPart, RecordingPart, UsePart
from balint_desktop.ui.group.consents.withdrawal import WithdrawalPage
from balint_desktop.ui.group.consents.wording import has_study_pages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections
from balint_desktop.ui.widgets.text import quiet, rule, subheading, text
from balint_desktop.vault.recording_terms import read_recording_terms


class ConsentsSection(Section[Group]):
    """Outside: whether recording is available, and the study's terms. Inside: who answered what.

    The inside opens on request and closes when it leaves the view. Where the group has a coordinator, the coordinator
    keeps the answers, and the step says so: whoever teaches needs to know only whether recording is available. It is a
    reminder and not a lock, since this vault's passphrase opens the log that holds the answers.
    """

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "consents")
        self._deps = deps
        self._group: Group | None = None
        self.available = named(subheading(""), "consents-available")
        self.keeper = named(text(""), "consents-cover")
        self.teaching = named(quiet(_teaching()), "consents-teaching")
        self.patients = named(quiet(""), "consents-patients")
        self.open_button = button(
            "", "consents-open", lambda: self.open(self._wanted), ButtonKind.PRIMARY, shortcut="Alt+O"
        )
        self.close_button = button(
            tr("Hide the answers"), "consents-close", self.leave_view, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.study = Sections(
            "consents-study",
            (
                SectionEntry("recording", tr("Recording"), lambda: RecordingPart(deps)),
                SectionEntry("use", tr("Use of recordings"), lambda: UsePart(deps)),
                SectionEntry("approval", tr("Approval"), lambda: ApprovalPart(deps)),
                SectionEntry("invitation", tr("Invitation"), lambda: InvitationPart(deps)),
                SectionEntry("form", tr("Consent form"), lambda: FormPage(deps)),
            ),
        )
        self.sections = Sections(
            "consents-pages",
            (
                SectionEntry("answers", tr("Answers"), lambda: AnswersPage(deps)),
                SectionEntry("leaving", tr("Leaving the study"), lambda: WithdrawalPage(deps)),
                SectionEntry("papers", tr("Ethics file"), lambda: EthicsFilePage(deps)),
            ),
        )
        # The page that opening the answers shows: the one that was asked for before the step.
        self._wanted = ""
        self._pages = Pages()
        self._study_box = QWidget()
        self._cover = self._build_cover()
        self._inside = self._build_inside()
        self._pages.add(self._cover)
        self._pages.add(self._inside)
        column = layouts.column(self)
        column.addWidget(self._pages)
        # Saving who decides on recording changes the group.
        self.study.again = self._read_again
        self.sections.left.connect(deps.messages.leave_page)
        self.study.left.connect(deps.messages.leave_page)

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
        else:
            self._show_cover(thing)

    def open(self, section: str = "") -> None:
        """Open the answers."""
        group = self._group
        if group is not None and self._deps.messages.attempted(lambda: self.sections.show_subject(group, section)):
            self._pages.show_page(self._inside)
            page = self.sections.section(self.sections.current)
            first = page.first_focus() if page is not None else None
            (first or self.close_button).setFocus()

    def show_leaving(self) -> None:
        """Show who has left the study, behind the step where a coordinator keeps the answers."""
        group = self._group
        if group is None:
            return
        with self._deps.messages.attempt():
            study = self._deps.log.consents.study(group.id)
            if self.is_open or not (study or Study()).coordinator:
                self.open("leaving")
            else:
                self._wanted = "leaving"
                self.open_button.setFocus()

    def leave_view(self) -> None:
        self._wanted = ""
        was_open = self.is_open
        self.study.leave()
        self._pages.show_page(self._cover)
        self.sections.leave()
        if was_open:
            self._deps.messages.leave_page()
            group = self._group
            if group is not None:
                self._deps.messages.attempted(lambda: self._show_cover(group))
        if was_open and self.isVisible():
            self.open_button.setFocus()

    def first_focus(self) -> QWidget:
        return self.open_button

    def _show_cover(self, group: Group) -> None:
        log, known = self._deps.log, self._find(group)
        group = known or group
        study = log.consents.study(group.id)
        coordinator = (study or Study()).coordinator
        self.available.setText(_availability(group.on(log.consents.today())))
        self.keeper.setText(_keeper_words(coordinator))
        self.open_button.setText(tr("I keep the answers: show them") if coordinator else tr("Show the answers"))
        self.patients.setText(patients_words(read_recording_terms(log, group.id)) if known else "")
        self._study_box.setVisible(has_study_pages(group, study))
        if not self._study_box.isHidden():
            self.study.show_subject(group)

    def _find(self, group: Group) -> Group | None:
        return next((one for one in self._deps.log.groups.groups() if one.id == group.id), None)

    def _read_again(self, group: Group) -> Group:
        return self._find(group) or group

    def _build_cover(self) -> QWidget:
        page = QWidget()
        column = layouts.column(page, 14)
        for widget in (
            self.available,
            self.keeper,
            flow(self.open_button, learn_more("consent", "consents-more")),
            self.teaching,
            self.patients,
        ):
            column.addWidget(widget)
        box = layouts.column(self._study_box, 14)
        box.addWidget(rule())
        box.addWidget(named(subheading(tr("The study")), "consents-study-heading"))
        box.addWidget(self.study)
        column.addWidget(self._study_box)
        return page

    def _build_inside(self) -> QWidget:
        page = QWidget()
        column = layouts.column(page, 14)
        column.addWidget(flow(self.close_button))
        column.addWidget(self.sections)
        return page


def _availability(group: Group) -> str:
    """Return whether recording is available, the same words whatever the reason."""
    if group.recording_rule is RecordingRule.THOSE_PRESENT:
        return tr("Whether recording is available depends on who is there.")
    if recording_available(group, [member.code for member in group.participants]):
        return tr("Recording is available")
    return tr("Recording is not available")


def _keeper_words(coordinator: str) -> str:
    if not coordinator:
        return tr("The answers are shown only here. Other pages may say whether everyone agreed, never who did.")
    return tr(
        "{coordinator} enters and keeps the answers. If you teach this group, leave them hidden: you need only "
        "know whether recording is available. This step is a reminder, not a lock."
    ).format(coordinator=coordinator[:1].upper() + coordinator[1:])


def _teaching() -> str:
    return tr(
        "Being in the group is part of teaching and needs no study consent. A session without a recording is a full "
        "session."
    )
