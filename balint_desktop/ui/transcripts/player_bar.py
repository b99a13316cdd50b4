"""Play, position and speed at the foot of the page, and the keys and pedals that play."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from balint_desktop.capture.time_stretch import SPEEDS
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import OpenRecording
from balint_desktop.text import durations
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.recordings.keys import PEDAL_S
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.player_card import point_after, point_before
from balint_desktop.ui.transcripts.keys import PEDAL, CorrectAction
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button, set_words
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.slots import hold_widest
from balint_desktop.ui.widgets.text import text


class PlayerBar(QWidget):
    """The play button, and where the sound is."""

    def __init__(self, playback: Playback) -> None:
        super().__init__()
        named(self, "transcript-player")
        self._playback = playback
        self._opened: OpenRecording | None = None
        self._room = 0
        self._held: object = None
        self.play_button = button(tr("Play"), "transcript-play", playback.toggle)
        self.play_button.setToolTip("F4")
        self.position = named(text(""), "transcript-position")
        self.position.setWordWrap(False)
        row = layouts.row(self, 12)
        row.addWidget(self.play_button)
        row.addWidget(self.position, 1)
        self._hold_sizes()
        playback.position_changed.connect(self._show_position)
        playback.speed_changed.connect(self._show_position)
        playback.playing_changed.connect(self._on_playing)

    def show_opened(self, opened: OpenRecording | None) -> None:
        """Play this recording; None where there is none to be heard."""
        self._opened = opened
        self._playback.load(opened)
        self.play_button.setEnabled(opened is not None)
        if opened is not None:
            self._hold_sizes()
        self._show_position()

    def key_actions(self) -> dict[CorrectAction, Callable[[], object]]:
        """Return what the keys that play do."""
        playback = self._playback
        return {
            CorrectAction.PLAY: playback.toggle,
            CorrectAction.PAUSE: playback.pause,
            CorrectAction.BACK: lambda: playback.jump(-PEDAL_S),
            CorrectAction.ON: lambda: playback.jump(PEDAL_S),
            CorrectAction.PREVIOUS_MARK: lambda: self._seek(point_before(self._marks(), playback.position_s)),
            CorrectAction.NEXT_MARK: lambda: self._seek(point_after(self._marks(), playback.position_s)),
            CorrectAction.PREVIOUS_PHASE: lambda: self._seek(point_before(self._phases(), playback.position_s)),
            CorrectAction.NEXT_PHASE: lambda: self._seek(point_after(self._phases(), playback.position_s)),
            CorrectAction.SLOWER: lambda: self._change_speed({fast: slow for slow, fast in pairwise(SPEEDS)}),
            CorrectAction.FASTER: lambda: self._change_speed(dict(pairwise(SPEEDS))),
        }

    def _marks(self) -> Sequence[float]:
        return [] if self._opened is None else sorted(moment.at_s for moment in self._opened.moments)

    def _phases(self) -> Sequence[float]:
        return [] if self._opened is None else [phase.at_s for phase in self._opened.phases]

    def _seek(self, at_s: float | None) -> None:
        if at_s is not None:
            self._playback.seek(at_s)

    def _change_speed(self, ways: dict[float, float]) -> None:
        self._playback.set_speed(ways.get(self._playback.speed, self._playback.speed))

    def _show_position(self, _value: float = 0.0) -> None:
        if self._opened is None:
            self._show(tr("No sound to play"))
            return
        at_s, end_s = self._playback.position_s, self._playback.joined.until_s
        # Where nothing can be heard, how fast it is does not count.
        state = wording.silence(self._playback.kind_now()) or _speed(self._playback.speed)
        self._show(_position(durations.clock(at_s), durations.clock(end_s), state))

    def _hold_sizes(self) -> None:
        """Keep the room of the widest words, so that no button moves with them."""
        metrics = self.position.fontMetrics()
        kinds = {stretch.kind for stretch in self._playback.joined.stretches}
        fonts = (self.position.font().key(), self.play_button.font().key())
        held = (fonts, self._playback.joined.until_s, kinds)
        if held == self._held:
            return
        self._held = held
        hold_widest(self.play_button, (tr("Play"), tr("Pause")))
        digit = max("0123456789", key=metrics.horizontalAdvance)
        clock = re.sub(r"\d", digit, durations.clock(self._playback.joined.until_s))
        states = (*(wording.silence(kind) for kind in kinds), *(_speed(times) for times in SPEEDS))
        shown = (tr("No sound to play"), *(_position(clock, clock, state) for state in states))
        self._room = max(metrics.horizontalAdvance(words) for words in shown) + 4
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._hold_sizes()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + max(0, self._room - self.position.sizeHint().width()), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "position"):
            self._hold_sizes()

    def _show(self, words: str) -> None:
        if self.position.text() != words:
            self.position.setText(words)

    def _on_playing(self, playing: bool) -> None:
        set_words(self.play_button, tr("Pause") if playing else tr("Play"))


def _speed(times: float) -> str:
    """Return the speed as short as it can be, empty at normal speed: beside it there are buttons."""
    return "" if times == 1.0 else f"{times:g}×"


def _position(now: str, end: str, state: str) -> str:
    """Return where the sound is, and what is to be said of it there."""
    where = tr("{now} of {end}").format(now=now, end=end)
    return " · ".join(part for part in (where, state) if part)


class Pedal(QObject):
    """A pedal that plays while it is pressed. Its keys are those of the play shortcut, which then gives way.

    Key events that no widget wanted reach the page, which passes them on: a shortcut does not tell a release.
    """

    def __init__(self, playback: Playback, shortcuts: Sequence[QShortcut], parent: QWidget) -> None:
        super().__init__(parent)
        self._playback, self._shortcuts = playback, shortcuts
        self._is_held = False
        self.holds = False

    def set_holds(self, holds: bool) -> None:
        """Play while the pedal is pressed, or toggle at each press."""
        self.holds = holds
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not holds)

    def press(self, event: QKeyEvent) -> bool:
        """Play at the press of a pedal; return whether it was one."""
        if not self._is_pedal(event):
            return False
        if not event.isAutoRepeat() and not self._is_held:
            self._is_held = True
            self._playback.play()
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Pause at its release; return whether it was one. A held key reports releases that are none."""
        if not self._is_pedal(event):
            return False
        if not event.isAutoRepeat():
            self.let_go()
        return True

    def let_go(self) -> None:
        """Pause where the pedal is held: its release will not be seen any more."""
        if self._is_held:
            self._is_held = False
            self._playback.pause()

    def _is_pedal(self, event: QKeyEvent) -> bool:
        return self.holds and event.key() in PEDAL and event.modifiers() == Qt.KeyboardModifier.NoModifier


def pedal_shortcuts(made: dict[str, QShortcut]) -> list[QShortcut]:
    """Return the shortcuts that a pedal presses."""
    return [made[QKeySequence(key).toString()] for key in PEDAL]
