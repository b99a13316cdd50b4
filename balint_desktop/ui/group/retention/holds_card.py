"""Legal holds: list, place, lift."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit

from balint_desktop.domain.study.holds import Hold, HoldId, Lifted
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.domain.values import RecordingId
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


class PlaceHoldForm(InlineForm):
    """Form to place a hold: item, date, reason, authority."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-hold", tr("Place a legal hold…"), tr("Place the hold"), self._place, service)
        self._service = service
        self.on = Choice(tr("Choose what it covers"))
        self.why, self.by, self.since = QLineEdit(), QLineEdit(), DateField(service.today())
        self.redacted = named(
            QCheckBox(tr("It also covers removed stretches that are still in the sealed file")), "keeping-hold-struck"
        )
        self.row(tr("Covers"), self.on, "keeping-hold-on")
        self.row(tr("Since"), self.since, "keeping-hold-since")
        self.row(tr("Why"), self.why, "keeping-hold-why", tr("A few words, without names."))
        self.row(tr("Requested by"), self.by, "keeping-hold-by", tr("Who asked for it, such as the research office."))
        self.form.add(self.redacted)
        self.require(self.on)
        self.about_to_open = self._fill

    def _fill(self) -> None:
        recordings = [
            one.retained for one in self._service.of_kind(RetainedKind.AUDIO) if one.retained.destroyed_on is None
        ]
        self.on.set_options(
            [
                (tr("The whole group: recordings, names, notes, papers"), ""),
                *((tr("The recording of session {n}").format(n=one.number), one.recording) for one in recordings),
            ]
        )
        self.since.set_day(self._service.today())
        self.why.clear()
        self.by.clear()
        self.redacted.setChecked(False)

    def _place(self) -> None:
        service, on = self._service, self.on.value()
        hold = Hold(
            HoldId(""),
            service.group,
            self.since.day(),
            self.why.text(),
            self.by.text(),
            RecordingId(on) if on else None,
            self.redacted.isChecked(),
        )
        service.log.holds.place(hold, service.today())
        service.messages.inform(tr("Hold placed. Nothing it covers can be destroyed until it is lifted."))
        service.changed()


class LiftHoldForm(InlineForm):
    """Form to lift a hold: which, reason, authority."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-lift", tr("Lift a hold…"), tr("Lift the hold"), self._lift, service)
        self._service = service
        self._standing: tuple[Hold, ...] = ()
        self.which = Choice(tr("Choose a hold"))
        self.why, self.by, self.day = QLineEdit(), QLineEdit(), DateField(service.today())
        self.require(self.which)
        self.row(tr("Which hold"), self.which, "keeping-lift-which")
        self.row(tr("Lifted on"), self.day, "keeping-lift-day")
        self.row(tr("Why it is lifted"), self.why, "keeping-lift-why", tr("A few words, without names."))
        self.row(tr("Lifted by"), self.by, "keeping-lift-by", tr("Who ended it, such as the research office."))
        self.about_to_open = self._fill

    def show_holds(self, holds: tuple[Hold, ...]) -> None:
        """Offer the active holds."""
        self._standing = tuple(one for one in holds if one.lifted is None)
        self.show_again(offered=bool(self._standing))

    def _fill(self) -> None:
        self.which.set_options(
            [(tr("Since {day}: {why}").format(day=day_words(one.since), why=one.why), one) for one in self._standing]
        )
        self.day.set_day(self._service.today())
        self.why.clear()
        self.by.clear()

    def _lift(self) -> None:
        service, hold = self._service, self.which.value()
        lifted = service.log.holds.lift(hold, Lifted(self.day.day(), self.why.text(), self.by.text()), service.today())
        log = service.log
        service.report_change(tr("Hold lifted."), lambda: log.holds.reinstate(lifted))


class HoldsCard(Card):
    """The legal holds of a group."""

    def __init__(self, service: RetentionService) -> None:
        super().__init__("keeping-holds", roomy=True)
        self._service = service
        self.lines = named(text("", selectable=True), "keeping-holds-lines")
        self.place, self.lift = PlaceHoldForm(service), LiftHoldForm(service)
        self.body.setSpacing(10)
        self.body.addWidget(named(subheading(tr("Legal hold")), "keeping-holds-heading"))
        self.body.addWidget(
            named(
                quiet(
                    tr(
                        "While a hold is active, nothing it covers can be destroyed. Stretches removed in the room "
                        "are still deleted, unless the hold covers them."
                    )
                ),
                "keeping-holds-about",
            )
        )
        for widget in (self.lines, flow(self.place.open_button, self.lift.open_button), self.place, self.lift):
            self.body.addWidget(widget)

    def show_group(self) -> None:
        """Show the holds of the service's group."""
        holds = self._service.log.holds.holds(self._service.group)
        numbers = {one.retained.recording: one.retained.number for one in self._service.of_kind(RetainedKind.AUDIO)}
        lines = [retention.hold_sentence(one, numbers.get(one.recording), day_words) for one in holds]
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        self.place.show_again()
        self.lift.show_holds(holds)

    def keep_drafts(self) -> None:
        """Store unsaved input."""
        for form in (self.place, self.lift):
            form.keep_draft()
