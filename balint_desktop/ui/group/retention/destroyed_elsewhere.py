"""Record in two steps that something outside the app was destroyed, or undo that."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit

from balint_desktop.domain.study.retention import RetainedItem, RetainedKind
from balint_desktop.i18n import tr
from balint_desktop.text import retention
from balint_desktop.ui.group.retention.inline_form import InlineForm
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField, day_words
from balint_desktop.ui.widgets.form_state import CONFIRMS
from balint_desktop.ui.widgets.naming import named
from balint_desktop.vault.log.deletions import DestructionNote, ExternalDestructionRow


class ExternalDestructionForm(InlineForm):
    """Form to record a destruction outside the app. The entry is permanent and cannot be undone."""

    def __init__(self, kind: RetainedKind, service: RetentionService) -> None:
        super().__init__(
            f"keeping-{kind}-gone", tr("Record destruction…"), tr("Record destruction"), self._save_destruction, service
        )
        self.likely: RetainedItem | None = None
        self._kind, self._service = kind, service
        self.what, self.by, self.how = Choice(tr("Choose what was destroyed")), QLineEdit(), QLineEdit()
        self.day = DateField(service.today())
        self.sure = named(QCheckBox(tr("It has been destroyed. This entry is permanent.")), f"keeping-{kind}-sure")
        # A confirmation is given each time: no draft gives it.
        self.sure.setProperty(CONFIRMS, True)
        self.row(tr("What was destroyed"), self.what, f"keeping-{kind}-what")
        self.row(tr("Date"), self.day, f"keeping-{kind}-gone-day")
        self.row(tr("Destroyed by"), self.by, f"keeping-{kind}-gone-by", tr("A role, such as coordinator."))
        self.row(
            tr("How"), self.how, f"keeping-{kind}-gone-how", tr("For example: shredded; or deleted on the server.")
        )
        self.form.add(self.sure)
        self.require(self.what)
        self.may_save = self.sure.isChecked
        self.sure.toggled.connect(lambda _: self.update_save())
        self.about_to_open = self._fill

    def _fill(self) -> None:
        there = self._service.to_destroy_elsewhere(self._kind)
        self.what.set_options([(retention.subject(one), one) for one in there], chosen=self.likely)
        self.day.set_day(self._service.today())
        for field in (self.by, self.how):
            field.clear()
        self.sure.setChecked(False)

    def _save_destruction(self) -> None:
        kept = self.what.value()
        self._service.log.deletions.note_elsewhere(
            self._service.group, kept, DestructionNote(self.day.day(), self.by.text(), self.how.text())
        )
        self._service.messages.inform(
            tr("Recorded: {what} was destroyed on {day}.").format(
                what=retention.item_words(kept), day=day_words(self.day.day())
            )
        )
        self._service.changed()


class MistakeForm(InlineForm):
    """Form to revert a mistaken entry, with a reason: the item's period runs again; the log retains both entries."""

    def __init__(self, kind: RetainedKind, service: RetentionService) -> None:
        super().__init__(
            f"keeping-{kind}-mistaken", tr("Not destroyed after all…"), tr("Correct"), self._save_mistake, service
        )
        self._kind, self._service = kind, service
        self._entered: tuple[ExternalDestructionRow, ...] = ()
        self.which, self.why = Choice(tr("Choose an entry")), QLineEdit()
        self.require(self.which)
        self.row(tr("What was not destroyed"), self.which, f"keeping-{kind}-mistaken-which")
        self.row(tr("Why it was entered"), self.why, f"keeping-{kind}-mistaken-why", tr("Without names."))
        self.about_to_open = self._fill

    def show_group(self) -> None:
        """Offer the items recorded as destroyed."""
        rows = self._service.log.deletions.elsewhere(self._service.group)
        self._entered = tuple(row for row in rows if row.kind is self._kind and not row.mistaken)
        self.show_again(offered=bool(self._entered))

    def _fill(self) -> None:
        words = tr("Destroyed on {day} by {by}: {how}")
        self.which.set_options(
            [(words.format(day=day_words(row.day), by=row.by, how=row.how), row) for row in self._entered]
        )
        self.why.clear()

    def _save_mistake(self) -> None:
        row = self.which.value()
        self._service.log.deletions.note_mistaken(self._service.group, row.place, self.why.text())
        self._service.messages.inform(tr("Corrected: it was not destroyed, and its period continues."))
        self._service.changed()
