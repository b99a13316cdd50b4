"""Access requests: list and form."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.i18n import tr
from balint_desktop.ui.group.retention.inline_form import InlineForm
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField, day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text


class RequestForm(InlineForm):
    """Form for an access request: requester, subject, date."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-request", tr("Add a request…"), tr("Save"), self._save_request, service)
        self._service = service
        self.who, self.about, self.day = QLineEdit(), QLineEdit(), DateField(service.today())
        self.row(tr("Who asked"), self.who, "keeping-request-who", tr("A role or a code, such as P4."))
        self.row(
            tr("What they asked about"),
            self.about,
            "keeping-request-about",
            tr("For example: what is stored about session 2."),
        )
        self.row(tr("Asked on"), self.day, "keeping-request-day")
        self.about_to_open = self._fill

    def _fill(self) -> None:
        self.who.clear()
        self.about.clear()
        self.day.set_day(self._service.today())

    def _save_request(self) -> None:
        service, log = self._service, self._service.log
        request = AccessRequest(RequestId(""), service.group, self.who.text(), self.about.text(), self.day.day())
        kept = log.access.save(request, service.today())
        service.report_change(tr("Request saved."), lambda: log.access.remove(kept))


class AnswerForm(InlineForm):
    """Form to answer an access request: which, answer, date."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-answer", tr("Add an answer…"), tr("Save"), self._save_request, service)
        self._service = service
        self._waiting: tuple[AccessRequest, ...] = ()
        self.which = Choice(tr("Choose a request"))
        self.answer, self.day = QLineEdit(), DateField(service.today())
        self.require(self.which)
        self.row(tr("Which request"), self.which, "keeping-answer-which")
        self.row(
            tr("What was answered"), self.answer, "keeping-answer-what", tr("For example: given a copy of the log.")
        )
        self.row(tr("Answered on"), self.day, "keeping-answer-day")
        self.about_to_open = self._fill

    def show_requests(self, requests: tuple[AccessRequest, ...]) -> None:
        """Offer the open requests."""
        self._waiting = tuple(one for one in requests if one.answered is None)
        self.show_again(offered=bool(self._waiting))

    def _fill(self) -> None:
        self.which.set_options(
            [(tr("{who}: {about}").format(who=one.who, about=one.about), one) for one in self._waiting]
        )
        self.answer.clear()
        self.day.set_day(self._service.today())

    def _save_request(self) -> None:
        service, log, today = self._service, self._service.log, self._service.today()
        before = self.which.value()
        log.access.save(replace(before, answer=self.answer.text(), answered=self.day.day()), today)
        service.report_change(tr("Answer saved."), lambda: log.access.save(before, today))


class RequestsCard(Card):
    """The access requests of a group."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-requests", roomy=True)
        self._service = service
        self.lines = named(text("", selectable=True), "keeping-requests-lines")
        self.request, self.answer = RequestForm(service), AnswerForm(service)
        self.body.setSpacing(10)
        self.body.addWidget(named(subheading(tr("Requests for access")), "keeping-requests-heading"))
        self.none = named(
            quiet(tr("None yet.")),
            "keeping-requests-none",
        )
        for widget in (
            self.none,
            self.lines,
            flow(self.request.open_button, self.answer.open_button),
            self.request,
            self.answer,
        ):
            self.body.addWidget(widget)

    def show_group(self) -> None:
        """Show the requests of the service's group."""
        requests = self._service.log.access.requests(self._service.group)
        self.lines.setText("\n".join(_line(one) for one in requests))
        self.lines.setVisible(bool(requests))
        self.none.setVisible(not requests)
        self.request.show_again()
        self.answer.show_requests(requests)

    def keep_drafts(self) -> None:
        """Store unsaved input."""
        for form in (self.request, self.answer):
            form.keep_draft()


def _line(one: AccessRequest) -> str:
    sentence = tr("{day}: {who} asked about {about}.").format(day=day_words(one.day), who=one.who, about=one.about)
    if one.answered is None:
        return f"{sentence} {tr('Not answered yet.')}"
    return f"{sentence} " + tr("Answered on {day}: {answer}").format(day=day_words(one.answered), answer=one.answer)
