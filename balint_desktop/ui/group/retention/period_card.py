"""Card of one retention period: its rule, status per item, and form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit

from balint_desktop.domain.study.retention import (
    LIES_ELSEWHERE,
    MAX_COUNT,
    STARTS,
    Bound,
    RetainedItem,
    RetainedKind,
    RetentionPeriod,
    StartEvent,
    Unit,
)
from balint_desktop.domain.study.retention_periods import Hint, hints_for
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_in
from balint_desktop.text import retention
from balint_desktop.text.transcripts import approved_deletion_words, deletion_words, study_deletion_words
from balint_desktop.ui.group.retention.destroyed_elsewhere import ExternalDestructionForm, MistakeForm
from balint_desktop.ui.group.retention.inline_form import InlineForm
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text


class RetentionPeriodCard(Card):
    """Card of one item kind's retention period."""

    def __init__(
        self, kind: RetainedKind, service: RetentionService, open_recording: Callable[[RecordingId], None]
    ) -> None:
        super().__init__(f"keeping-{kind}", roomy=True)
        self._item: RetainedItem | None = None
        self._open_recording = open_recording
        self._kind, self._service = kind, service
        self.sentence = named(text("", selectable=True), f"keeping-{kind}-clock")
        self.place = named(quiet(""), f"keeping-{kind}-place")
        self.period = PeriodForm(kind, service)
        self.remove_button = button(tr("Remove period"), f"keeping-{kind}-take-away", self._on_remove, ButtonKind.QUIET)
        self.recording_button = button(tr("Go to the recording…"), f"keeping-{kind}-recording", self._on_recording)
        delete = {
            RetainedKind.APPROVED_TEXT: tr("Destroy approved text…"),
            RetainedKind.ANALYSIS: tr("Destroy analysis…"),
        }.get(kind, tr("Delete transcript…"))
        self.delete_button = button(delete, f"keeping-{kind}-delete", self._on_delete)
        self.confirm = Confirm(f"keeping-{kind}-delete")
        buttons = [self.recording_button, self.delete_button, self.period.open_button, self.remove_button]
        forms: list[InlineForm] = [self.period]
        self.where = WhereForm(kind, service) if kind in LIES_ELSEWHERE or kind is RetainedKind.CODE_KEY else None
        self.elsewhere = ExternalDestructionForm(kind, service) if self.where is not None else None
        self.mistake = MistakeForm(kind, service) if self.where is not None else None
        for form in (self.where, self.elsewhere, self.mistake):
            if form is not None:
                buttons.append(form.open_button)
                forms.append(form)
        self._forms = tuple(forms)
        self.body.setSpacing(10)
        self.body.addWidget(named(subheading(retention.title(kind)), f"keeping-{kind}-heading"))
        for widget in (self.sentence, self.place, flow(*buttons), self.confirm, *forms):
            self.body.addWidget(widget)

    def show_group(self) -> None:
        """Show the period and items of the service's group."""
        kind, clocks = self._kind, self._service.log.retention.clocks(self._service.group)
        clock, where = clocks.clocks.get(kind), clocks.places.get(kind, "")
        self.sentence.setText(retention.clock(clock) if clock is not None else tr("No period is entered."))
        lines = [tr("Location: {place}").format(place=where)] if where else []
        if kind is RetainedKind.CODE_KEY and self._service.has_roster(self._service.group):
            lines.append(tr("Names in this vault are destroyed under Members."))
        self.place.setText("\n".join(lines))
        self.place.setVisible(bool(lines))
        self.period.open_button.setText(tr("Edit the period…") if clock is not None else tr("Enter the period…"))
        self.remove_button.setVisible(clock is not None)
        self.period.show_again()
        if self.where is not None:
            self.where.show_again()
        if self.elsewhere is not None:
            self.elsewhere.show_again(offered=bool(self._service.to_destroy_elsewhere(kind)))
        if self.mistake is not None:
            self.mistake.show_group()

    @property
    def is_open(self) -> bool:
        """Whether one of its forms is open."""
        return any(not form.isHidden() for form in self._forms)

    def keep_drafts(self) -> None:
        """Store unsaved input."""
        for form in self._forms:
            form.keep_draft()

    def show_item(self, item: RetainedItem | None) -> None:
        """Offer what can be done about one thing: go to its recording, delete it, or record its destruction."""
        self._item = item
        is_there = item is not None and item.retained.destroyed_on is None
        in_vault = is_there and item is not None and item.retained.is_in_vault
        self.recording_button.setVisible(is_there and self._kind is RetainedKind.AUDIO)
        self.delete_button.setVisible(in_vault and item is not None and not item.retained.is_held)
        self.confirm.dismiss()
        offered = ButtonKind.PRIMARY if is_there and item is not None and item.is_offered else ButtonKind.PLAIN
        for act in (self.recording_button, self.delete_button):
            set_kind(act, offered)
        if self.elsewhere is not None:
            self.elsewhere.likely = item if is_there and not in_vault else None

    def focus_action(self) -> None:
        """Focus what acts on the current thing."""
        acts = [self.recording_button, self.delete_button]
        acts += [self.elsewhere.open_button] if self.elsewhere is not None else []
        shown = [act for act in (*acts, self.period.open_button) if not act.isHidden()]
        shown[0].setFocus()

    def _on_recording(self) -> None:
        if self._item is not None and self._item.retained.recording is not None:
            self._open_recording(self._item.retained.recording)

    def _on_delete(self) -> None:
        item = self._item
        if self._kind is RetainedKind.ANALYSIS:
            self.confirm.ask(study_deletion_words(), tr("Destroy analysis"), self._destroy_analysis, self.delete_button)
        elif item is not None and item.retained.recording is not None:
            recording, session = item.retained.recording, tr("session {number}").format(number=item.retained.number)
            if self._kind is RetainedKind.APPROVED_TEXT:
                words, act, delete = approved_deletion_words(session), tr("Destroy text"), self._destroy_approved
            else:
                words, act, delete = deletion_words(session), tr("Delete transcript"), self._delete
            self.confirm.ask(words, act, lambda: delete(recording), self.delete_button)

    def _destroy_approved(self, recording: RecordingId) -> None:
        if self._service.messages.attempted(lambda: self._service.destroy_approved(recording)):
            self._service.messages.inform(tr("The approved text was destroyed."))
            self._service.changed()

    def _destroy_analysis(self) -> None:
        if self._service.messages.attempted(lambda: self._service.destroy_analysis(self._service.group)):
            self._service.messages.inform(tr("The analysis was destroyed."))
            self._service.changed()

    def _delete(self, recording: RecordingId) -> None:
        if self._service.messages.attempted(lambda: self._service.delete_transcript(recording)):
            self._service.messages.inform(tr("The transcript was deleted."))
            self._service.changed()

    def _on_remove(self) -> None:
        set_clock(self._service, self._kind, None, tr("{kind}: period removed."))


class PeriodForm(InlineForm):
    """Form for the period as approved. Hints only fill in fields; the source must always be typed."""

    def __init__(self, kind: RetainedKind, service: RetentionService) -> None:
        super().__init__(f"keeping-{kind}-period", tr("Enter the period…"), tr("Save"), self._save_period, service)
        self._kind, self._service = kind, service
        self.bound, self.unit, self.starts = ChoiceField(), ChoiceField(), ChoiceField()
        self.bound.addItem(tr("Destroy within"), Bound.DESTROY_WITHIN)
        self.bound.addItem(tr("Keep at least"), Bound.KEEP_AT_LEAST)
        for unit, words in ((Unit.DAYS, tr("days")), (Unit.MONTHS, tr("months")), (Unit.YEARS, tr("years"))):
            self.unit.addItem(words, unit)
        for event in STARTS[kind]:
            self.starts.addItem(retention.event(event), event)
        self.count = NumberField(0, max(MAX_COUNT.values()) + 1, 0)
        self.source = QLineEdit()
        self.hint = named(quiet(""), f"keeping-{kind}-hint")
        self.hint.hide()
        self.form.add(
            side_by_side(
                (tr("The approval says"), self.bound, f"keeping-{kind}-bound"),
                (tr("How many"), self.count, f"keeping-{kind}-count"),
                (tr("Unit"), self.unit, f"keeping-{kind}-unit"),
            )
        )
        self._first = self.bound
        self.row(tr_in("a day from which on", "From"), self.starts, f"keeping-{kind}-starts")
        self._add_hints()
        self.row(
            tr("Where the approval says so"),
            self.source,
            f"keeping-{kind}-source",
            tr("For example: approval 023473, section 4."),
        )
        self.about_to_open = self._fill

    def _add_hints(self) -> None:
        hints = hints_for(self._kind)
        if not hints:
            return
        self.form.add(
            named(
                quiet(tr("Published periods. Only your approval says whether one applies here:")),
                f"keeping-{self._kind}-hints",
            )
        )
        for hint in hints:
            made = button(_hint_words(hint), f"keeping-{self._kind}-hint-{hint.key}", partial(self._apply_hint, hint))
            self.form.add(flow(made))
        self.form.add(self.hint)

    def _fill(self) -> None:
        """Show the current period, or only the study's approval reference."""
        clock = self._service.log.retention.clocks(self._service.group).clocks.get(self._kind)
        study = self._service.log.consents.study(self._service.group)
        self.hint.hide()
        if clock is None:
            self.count.setValue(0)
            for field in (self.bound, self.unit, self.starts):
                field.setCurrentIndex(0)
            reference = study.approval_reference if study is not None else ""
            self.source.setText(tr("approval {reference}, section ").format(reference=reference) if reference else "")
            return
        self._set(clock.bound, clock.count, clock.unit)
        self.starts.setCurrentIndex(self.starts.findData(clock.starts))
        self.source.setText(clock.source)

    def _apply_hint(self, hint: Hint) -> None:
        self._set(hint.bound, hint.count, hint.unit)
        self.starts.setCurrentIndex(self.starts.findData(hint.starts))
        self.hint.setText(
            tr("From {source}. Check it against your approval, and name the section below.").format(source=hint.source)
        )
        self.hint.show()
        self.source.setFocus()

    def _set(self, bound: Bound, count: int, unit: Unit) -> None:
        self.bound.setCurrentIndex(self.bound.findData(bound))
        self.count.setValue(count)
        self.unit.setCurrentIndex(self.unit.findData(unit))

    def _save_period(self) -> None:
        # Qt returns the combo box data as plain str.
        clock = RetentionPeriod(
            StartEvent(self.starts.currentData()),
            self.count.value(),
            Unit(self.unit.currentData()),
            Bound(self.bound.currentData()),
            self.source.text(),
        )
        set_clock(self._service, self._kind, clock, tr("{kind}: period saved."))


class WhereForm(InlineForm):
    """Form for the location of items stored outside the app."""

    def __init__(self, kind: RetainedKind, service: RetentionService) -> None:
        opens = tr("Where a copy is kept…") if kind is RetainedKind.CODE_KEY else tr("Where they are kept…")
        super().__init__(f"keeping-{kind}-where", opens, tr("Save"), self._save_place, service)
        self._kind, self._service = kind, service
        self.where = QLineEdit()
        self.row(
            tr("Where"),
            self.where,
            f"keeping-{kind}-where",
            tr("For example: locked cabinet, room 3; or the university’s research share."),
        )
        self.about_to_open = lambda: self.where.setText(
            service.log.retention.clocks(service.group).places.get(kind, "")
        )

    def _save_place(self) -> None:
        log, group, kind = self._service.log, self._service.group, self._kind
        before = log.retention.set_place(group, kind, self.where.text())
        self._service.report_change(
            tr("{kind}: location saved.").format(kind=retention.title(kind)),
            lambda: log.retention.set_place(group, kind, before.places.get(kind, "")),
        )


def set_clock(service: RetentionService, kind: RetainedKind, clock: RetentionPeriod | None, words: str) -> None:
    """Set or remove a period, with undo. Raise Trouble."""
    log, group = service.log, service.group
    before = log.retention.set_clock(group, kind, clock)
    service.report_change(
        words.format(kind=retention.title(kind)),
        lambda: log.retention.set_clock(group, kind, before.clocks.get(kind)),
    )


def _hint_words(hint: Hint) -> str:
    words = {
        "aut-six-years": tr("At least {period} (AUT, New Zealand)"),
        "nz-health-ten-years": tr("At least {period} (health data, New Zealand)"),
    }[hint.key]
    return words.format(period=retention.period(hint.count, hint.unit))
