"""How it is told that something the app does not hold was destroyed: what, when, by whom, how, in two steps."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from balint_desktop.domain.keeping import Kind
from balint_desktop.exchange import keeping_words
from balint_desktop.i18n import tr
from balint_desktop.ui.keeping.desk import KeepingDesk
from balint_desktop.ui.keeping.in_place import InPlace
from balint_desktop.ui.naming import named
from balint_desktop.ui.widgets.dates import DateField, day_words
from balint_desktop.vault.log_deletions import Told


class DestroyedElsewhere(InPlace):
    """The form. It keeps what somebody did outside the app, for good: no key takes it back."""

    def __init__(self, kind: Kind, desk: KeepingDesk) -> None:
        opens = tr("It was destroyed…") if kind is Kind.CODE_KEY else tr("They were destroyed…")
        super().__init__(f"keeping-{kind}-gone", opens, tr("Keep it for good"), self._keep_told)
        self._kind, self._desk = kind, desk
        self.what, self.by, self.how = QComboBox(), QLineEdit(), QLineEdit()
        self.day = DateField(desk.today())
        self.sure = named(
            QCheckBox(tr("It is destroyed. The log keeps this, and no key takes it back.")), f"keeping-{kind}-sure"
        )
        self.row(tr("What was destroyed"), self.what, f"keeping-{kind}-what")
        self.row(tr("On which day"), self.day, f"keeping-{kind}-gone-day")
        self.row(tr("By whom"), self.by, f"keeping-{kind}-gone-by", tr("A role, such as coordinator."))
        self.row(tr("How"), self.how, f"keeping-{kind}-gone-how", tr("Such as: shredded; or deleted on the server."))
        self.form.add(self.sure)
        self.sure.toggled.connect(self.save_button.setEnabled)
        self.about_to_open = self._fill

    def _fill(self) -> None:
        self.what.clear()
        for place, one in enumerate(self._desk.of_kind(self._kind)):
            if one.thing.gone is None:
                self.what.addItem(keeping_words.subject(one), place)
        self.day.set_day(self._desk.today())
        for field in (self.by, self.how):
            field.clear()
        self.sure.setChecked(False)
        self.save_button.setEnabled(False)

    def _keep_told(self) -> None:
        place = self.what.currentData()
        if place is None:
            return
        kept = self._desk.of_kind(self._kind)[place]
        self._desk.log.deletions.note_elsewhere(
            self._desk.group, kept, Told(self.day.day(), self.by.text(), self.how.text())
        )
        self._desk.messages.say(
            tr("Kept: {what} was destroyed on {day}.").format(
                what=keeping_words.thing(kept), day=day_words(self.day.day())
            )
        )
        self._desk.changed()
