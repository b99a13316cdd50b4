"""Choose whether an online session's call is recorded as well: what this computer plays, its level and its echo."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.capture.devices_handle import ComputerSource
from balint_desktop.capture.try_protocol import TryOutState, TryOutStatus
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.text.call_sound import no_source_words
from balint_desktop.ui.ready.deps import ReadyDeps
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.level import LevelMeter
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named

_QUIET_DB = -55.0


class ComputerSoundBox(QWidget):
    """A tick, the output that the call plays on, its level, and one line of advice. Shown for online formats alone."""

    changed = Signal()

    def __init__(self, deps: ReadyDeps, work: Work) -> None:
        super().__init__()
        self._deps = deps
        self._work = work
        self._is_online = False
        self._is_listed = False
        self._loudest_db: float | None = None
        self.tick = named(QCheckBox(tr("Also record what this computer plays")), "computer-sound")
        self.tick.setChecked(deps.records_call)
        self.choice = ChoiceField()
        self.level = LevelMeter("computer-level", spoken=tr("Level of the call"))
        self.status = LiveLabel("computer-sound-status", "small", keeps_room=True)
        self._row = labelled(tr("The call plays on"), self.choice, "computer-sound-output")
        column = layouts.column(self, 8)
        for widget in (self.tick, self._row, self.level, self.status):
            column.addWidget(widget)
        self._show()
        self.tick.toggled.connect(lambda _on: self._on_changed())
        self.choice.currentIndexChanged.connect(lambda _: self._on_changed())

    @property
    def source(self) -> str | None:
        """Return the source to record beside the microphone, None to record the microphone alone."""
        return chosen(self.choice, str) if self._is_online and self.tick.isChecked() else None

    def show_for(self, *, online: bool) -> None:
        """Show or hide for a format; what there is to record is looked for the first time it is shown."""
        if self._deps.list_computer_sources is None or online == self._is_online:
            return
        self._is_online = online
        if online and not self._is_listed:
            self.status.follow(tr("Looking for the sound of this computer…"))
            self._work.run(self._deps.list_computer_sources, self._on_listed, self._on_not_listed, self)
        self._on_changed()

    def show_heard(self, heard: TryOutStatus) -> None:
        """Show the level of the call, and after a test whether the room hears it too."""
        if heard.state is TryOutState.LISTENING:
            self.level.set_level(heard.computer_db)
            if heard.computer_db is not None:
                self._loudest_db = max(heard.computer_db, self._loudest_db or heard.computer_db)
        elif self.source is not None:
            self.level.set_level(None)
            self.status.follow(self._tested(heard.echo_s))

    def begin_test(self) -> None:
        """Forget how loud the call was: a test begins."""
        self._loudest_db = None

    def _tested(self, echo_s: float | None) -> str:
        if self._loudest_db is None or self._loudest_db < _QUIET_DB:
            return tr("Nothing was heard on the call. Ask someone on it to speak, and test again.")
        if echo_s is None:
            return tr("The call was heard, and only once.")
        template = tr("The microphone hears the call too, {n} ms later, so it would be recorded twice. Use headphones.")
        return template.format(n=max(0, round(echo_s * 1000)))

    def _on_listed(self, found: tuple[ComputerSource, ...]) -> None:
        self._is_listed = True
        self.choice.blockSignals(True)
        for source in found:
            self.choice.addItem(source.output, source.name)
        wanted = self.choice.findData(self._deps.computer_source) if self._deps.computer_source else -1
        self.choice.setCurrentIndex(max(wanted, 0 if found else -1))
        self.choice.blockSignals(False)
        self._on_changed()

    def _on_not_listed(self, _trouble: Trouble) -> None:
        self._on_listed(())

    def _advise(self) -> None:
        """Say what will be recorded, and what to do for it."""
        if not self._is_listed:
            return
        if self.choice.count() == 0:
            self.status.follow(no_source_words())
        elif self.tick.isChecked():
            self.status.follow(tr("Use headphones, so that the call is not heard twice."))
        else:
            self.status.follow(tr("Only your microphone will be recorded, not the others on the call."))

    def _on_changed(self) -> None:
        self._advise()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        has_any = self.choice.count() > 0
        self.setVisible(self._is_online)
        self.tick.setVisible(has_any)
        self._row.setVisible(self.choice.count() > 1 and self.tick.isChecked())
        self.level.setVisible(has_any and self.tick.isChecked())
        if self.source is None:
            self.level.set_level(None)
