"""Enter the events that start retention periods."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from balint_desktop.domain.study.retention import RetainedItem, RetainedKind, StartEvent
from balint_desktop.i18n import tr
from balint_desktop.text import retention
from balint_desktop.ui.group.retention.inline_form import InlineForm
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField, day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text


class VerifiedForm(InlineForm):
    """Form for a verified transcript: recording, date, verifier."""

    def __init__(
        self,
        service: RetentionService,
        identifier: str = "keeping-verified",
        *,
        asks_which: bool = True,
        subject: Callable[[], str] | None = None,
    ) -> None:
        opens = tr("Record a verified transcript…") if asks_which else tr("Record the verified transcript…")
        super().__init__(identifier, opens, tr("Save"), self._save_event, service)
        self.subject = subject or self.subject
        self._service = service
        self._things: tuple[RetainedItem, ...] = ()
        self.which, self.by = Choice(tr("Choose a session")), QLineEdit()
        self.require(self.which)
        self.day = DateField(service.today())
        if asks_which:
            self.row(tr("Session"), self.which, f"{identifier}-which")
        else:
            # A single recording is preselected; its field is still part of the form and closes with it.
            self.which.setParent(self)
            self.which.hide()
        self.row(tr("Verified on"), self.day, f"{identifier}-day", tr("The day it was checked against the recording."))
        self.row(tr("Verified by"), self.by, f"{identifier}-by", tr("A role, such as transcriber or coordinator."))
        self.about_to_open = self._fill

    def show_items(self, things: tuple[RetainedItem, ...]) -> None:
        """Offer these recordings, those without a verified transcript first."""
        self._things = tuple(sorted(things, key=lambda one: StartEvent.TRANSCRIPT_VERIFIED in one.retained.events))
        self.show_again(offered=bool(things))

    def _fill(self) -> None:
        self.which.set_options([(_verified_words(one), one) for one in self._things])
        self.day.set_day(self._service.today())
        self.by.clear()

    def _save_event(self) -> None:
        self._service.note_verified(self.which.value(), self.day.day(), self.by.text())


class StudyEndedForm(InlineForm):
    """Form for the date on which the study ended."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-ended", tr("Record the end of the study…"), tr("Save"), self._save_event, service)
        self._service = service
        self.day, self.by = DateField(service.today()), QLineEdit()
        self.row(tr("Ended on"), self.day, "keeping-ended-day")
        self.row(tr("Reported by"), self.by, "keeping-ended-by", tr("A role, such as principal investigator."))
        self.about_to_open = self._fill

    def _fill(self) -> None:
        self.day.set_day(self._service.today())
        self.by.clear()

    def _save_event(self) -> None:
        log, group, day = self._service.log, self._service.group, self.day.day()
        place = log.retention.note_event(group, StartEvent.STUDY_ENDED, day, self.by.text())
        self._service.report_change(
            tr("The study ended on {day}.").format(day=day_words(day)),
            lambda: log.retention.undo_event(group, place),
        )


class EventsCard(Card):
    """Events that start retention periods."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-events", roomy=True)
        self._service = service
        self.lines = named(text("", selectable=True), "keeping-events-lines")
        self.verified, self.ended = VerifiedForm(service), StudyEndedForm(service)
        self.body.setSpacing(10)
        self.body.addWidget(named(subheading(tr("What starts a period")), "keeping-events-heading"))
        self.body.addWidget(
            named(
                quiet(tr("Other dates come from the other pages. If you enter one again, the later entry counts.")),
                "keeping-events-about",
            )
        )
        for widget in (self.lines, flow(self.verified.open_button, self.ended.open_button), self.verified, self.ended):
            self.body.addWidget(widget)

    def show_group(self) -> None:
        """Show the events of the service's group."""
        recordings = tuple(one for one in self._service.of_kind(RetainedKind.AUDIO))
        self.verified.show_items(recordings)
        self.ended.show_again()
        lines = [
            tr("Session {n}: transcript verified on {day}.").format(n=one.retained.number, day=day_words(day))
            for one in recordings
            if (day := one.retained.events.get(StartEvent.TRANSCRIPT_VERIFIED)) is not None
        ]
        ended = next(
            (one.retained.events.get(StartEvent.STUDY_ENDED) for one in self._service.of_kind(RetainedKind.CODE_KEY)),
            None,
        )
        if ended is not None:
            lines.append(tr("The study ended on {day}.").format(day=day_words(ended)))
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))

    def keep_drafts(self) -> None:
        """Store unsaved input."""
        for form in (self.verified, self.ended):
            form.keep_draft()


def _verified_words(one: RetainedItem) -> str:
    words, day = retention.subject(one), one.retained.events.get(StartEvent.TRANSCRIPT_VERIFIED)
    return words if day is None else tr("{what}, verified on {day}").format(what=words, day=day_words(day))
