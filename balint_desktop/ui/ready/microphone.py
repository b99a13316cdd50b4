"""Choose and try a microphone: level, and five seconds played back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.capture.devices_handle import Microphone
from balint_desktop.capture.try_protocol import TryOutState, TryOutStatus
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text import trouble as words
from balint_desktop.ui.ready.deps import Listening, ReadyDeps
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.level import LevelMeter
from balint_desktop.ui.widgets.live_label import LiveLabel

_TRY_S = 5.0


class MicrophoneBox(QWidget):
    """Microphone choice, level and test. One child process listens at a time, while the page is in view."""

    changed = Signal()
    heard = Signal(object)
    """What a test reports, for the level and the echo of a second source."""
    test_begun = Signal()

    def __init__(self, deps: ReadyDeps, work: Work) -> None:
        super().__init__()
        self._deps = deps
        self._work = work
        self._listening: Listening | None = None
        self._wanted = deps.device
        self._in_view = False
        self._is_wanted = True
        self.is_searching = False
        self._trying = False
        self._muted = False
        self._monitor: str | None = None
        self.choice = ChoiceField()
        self.level = LevelMeter("ready-level")
        self.try_button = button(tr("Record a 5-second test"), "try-out", self._on_try)
        self.problem = LiveLabel("microphone-problem", "small", keeps_room=True)
        self._build()
        self.choice.currentIndexChanged.connect(self._on_chosen)

    def _build(self) -> None:
        form = Form()
        form.row(tr("Microphone"), self.choice, "microphone")
        line = QWidget()
        row = layouts.row(line, 16)
        row.addWidget(self.level)
        row.addWidget(self.try_button)
        row.addStretch(1)
        column = layouts.column(self, 10)
        column.addWidget(form)
        column.addWidget(line)
        column.addWidget(self.problem)

    @property
    def device(self) -> str | None:
        """Return the chosen microphone's name, None if there is none."""
        return chosen(self.choice, str)

    def listen_with(self, monitor: str | None) -> None:
        """Listen to a second source as well from now on; None to the microphone alone."""
        if monitor != self._monitor:
            self._monitor = monitor
            self._listen()

    def set_wanted(self, *, wanted: bool) -> None:
        """Show the microphone and listen to it, or neither: where nothing can be recorded, nothing is heard."""
        if wanted == self._is_wanted:
            return
        self._is_wanted = wanted
        self.setVisible(wanted)
        if wanted and not self.is_searching:
            self._listen()
        elif not wanted:
            self._stop()

    def enter_view(self) -> None:
        """List the microphones and start listening."""
        self._in_view = True
        self._search_microphones()

    def leave_view(self) -> None:
        """Stop listening."""
        self._in_view = False
        self._stop()

    def _search_microphones(self) -> None:
        self._stop()
        self.is_searching = True
        self.changed.emit()
        self.try_button.setEnabled(False)
        self.problem.follow(tr("Looking for a microphone…"))
        self._work.run(self._deps.list_microphones, self._on_listed, self._on_not_listed, self)

    def _on_listed(self, found: tuple[Microphone, ...]) -> None:
        usable = [one for one in found if one.rate_ok]
        self._offer(usable)
        if usable:
            self._listen()
        else:
            self._on_trouble(Trouble(TroubleCode.MICROPHONE_RATE if found else TroubleCode.NO_MICROPHONE))

    def _on_not_listed(self, trouble: Trouble) -> None:
        self._offer([])
        self._on_trouble(trouble)

    def _offer(self, usable: list[Microphone]) -> None:
        """Set the microphones to choose from: preselect the wanted one if present, else the system's default."""
        self.is_searching = False
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in usable:
            self.choice.addItem(one.name, one.name)
        default = next((i for i, one in enumerate(usable) if one.is_default), 0)
        wanted = self.choice.findData(self._wanted) if self._wanted is not None else -1
        self.choice.setCurrentIndex(wanted if wanted >= 0 else default)
        self.choice.blockSignals(False)
        self.try_button.setText(tr("Record a 5-second test") if usable else tr("Search again"))
        self.try_button.setEnabled(True)
        self.changed.emit()

    def _on_chosen(self) -> None:
        self._wanted = self.device
        self.changed.emit()
        self._listen()

    def _listen(self, seconds: float | None = None) -> None:
        """Listen to the chosen microphone: for its level, or for a number of seconds that are then played back."""
        self._stop()
        if not self._in_view or not self._is_wanted or self.device is None:
            return
        self._trying = seconds is not None
        self._muted = False
        self.try_button.setEnabled(not self._trying)
        self.problem.follow(tr("Say something.") if self._trying else "")
        listening: list[Listening] = []

        def on_level(trying: TryOutStatus) -> None:
            self._work.post(lambda: self._on_level(listening[0], trying), self)

        def on_end(trouble: Trouble | None) -> None:
            self._work.post(lambda: self._on_end(listening[0], trouble), self)

        more = {} if self._monitor is None else {"monitor": self._monitor}
        listening.append(self._deps.try_out(self.device, on_level, on_end, seconds, **more))
        self._listening = listening[0]
        self._listening.start()

    def _stop(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.stop()
        self.level.set_level(None)

    def _on_try(self) -> None:
        if self.device is None:
            self._search_microphones()
        else:
            self.test_begun.emit()
            self._listen(_TRY_S)

    def _on_level(self, which: Listening, trying: TryOutStatus) -> None:
        if which is not self._listening:
            return
        self.heard.emit(trying)
        playing = trying.state is TryOutState.PLAYING
        self.level.set_level(None if playing else trying.level_db)
        if self._trying:
            self.problem.follow(tr("Playing it back…") if playing else tr("Say something."))
        elif trying.muted != self._muted:
            self._muted = trying.muted
            self.problem.follow(words.sentence(Trouble(TroubleCode.MICROPHONE_MUTED)) if trying.muted else "")

    def _on_end(self, which: Listening, trouble: Trouble | None) -> None:
        if which is not self._listening:
            return
        tried, self._listening = self._trying, None
        self.level.set_level(None)
        self.try_button.setEnabled(True)
        # The level continues after a test unless the microphone itself failed.
        if tried and (trouble is None or trouble.code is TroubleCode.NO_LOUDSPEAKER):
            self._listen()
        if trouble is not None:
            self._on_trouble(trouble)
        elif tried:
            self.problem.follow(tr("Sounds fine? Nothing was kept."))

    def _on_trouble(self, trouble: Trouble) -> None:
        self.problem.follow(words.sentence(trouble))
        self.changed.emit()
