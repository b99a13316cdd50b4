"""The player: strip, seek bar, buttons, speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from balint_desktop.capture.time_stretch import SPEEDS
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import OpenRecording
from balint_desktop.text import durations
from balint_desktop.ui.recordings import keys, wording
from balint_desktop.ui.recordings.keys import PEDAL_S, PlaybackAction
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.seek_bar import SeekBar
from balint_desktop.ui.recordings.strip import Strip
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import medium, small

_BACK_S = 15.0
_REWIND_S = 2.0


class PlayerCard(Card):
    """Player of an open recording."""

    def __init__(self, playback: Playback) -> None:
        super().__init__("recording-player")
        self.body.setSpacing(8)
        self._playback = playback
        self._opened: OpenRecording | None = None
        self.strip = Strip()
        self.strip.seek_asked.connect(playback.seek)
        self.seek_bar = SeekBar()
        self.seek_bar.seek_asked.connect(playback.seek)
        self._position_label = named(medium(""), "recording-where")
        self.strip.pointed.connect(self._position_label.setText)
        self.play_button = button(
            tr("Play"), "recording-play", playback.toggle, ButtonKind.PRIMARY, shortcut="Ctrl+Space"
        )
        buttons = flow(self.play_button, *self._other_buttons())
        self.rewind = named(QCheckBox(tr("Rewind two seconds when resuming")), "recording-rewind")
        self.rewind.setChecked(playback.rewind_s > 0)
        self.rewind.toggled.connect(self._on_rewind)
        self.keys_button = button("", "recording-keys-show", self._on_show_keys, ButtonKind.QUIET)
        self._keys = named(small(keys.keys_line()), "recording-keys")
        self._show_keys(shown=False)
        more = flow(self.keys_button)
        for widget in (self.strip, self.seek_bar, self._position_label, buttons, self.rewind, more, self._keys):
            self.body.addWidget(widget)
        keys.listen(self, self._actions())
        playback.position_changed.connect(self._on_position_changed)
        playback.playing_changed.connect(self._on_playing_changed)
        playback.speed_changed.connect(self._on_speed_changed)

    @property
    def last_stop(self) -> QWidget:
        """Return the last widget in the tab order."""
        return self.keys_button

    def show_opened(self, opened: OpenRecording | None) -> None:
        """Show a recording at its beginning, or None."""
        self._opened = opened
        self.setVisible(opened is not None)
        self.strip.show_recording(opened)
        self._playback.load(opened)
        self.seek_bar.show_recording(self._playback.joined)
        self._on_position_changed(self._playback.position_s)

    def _other_buttons(self) -> tuple[QPushButton, ...]:
        jump = self._playback.jump
        return (
            button(tr("15 s back"), "recording-earlier", lambda: jump(-_BACK_S), shortcut="Alt+Left", repeats=True),
            button(tr("15 s forward"), "recording-later", lambda: jump(_BACK_S), shortcut="Alt+Right", repeats=True),
            button(tr("Slower"), "recording-slower", self._slower, description=tr("At the same pitch"), repeats=True),
            button(tr("Faster"), "recording-faster", self._faster, description=tr("At the same pitch"), repeats=True),
        )

    def _actions(self) -> dict[PlaybackAction, Callable[[], None]]:
        playback = self._playback
        return {
            PlaybackAction.PLAY: playback.toggle,
            PlaybackAction.PAUSE: playback.pause,
            PlaybackAction.BACK: lambda: playback.jump(-PEDAL_S),
            PlaybackAction.ON: lambda: playback.jump(PEDAL_S),
            PlaybackAction.PREVIOUS_MARK: lambda: self._go(point_before, self._marks()),
            PlaybackAction.NEXT_MARK: lambda: self._go(point_after, self._marks()),
            PlaybackAction.PREVIOUS_PHASE: lambda: self._go(point_before, self._phases()),
            PlaybackAction.NEXT_PHASE: lambda: self._go(point_after, self._phases()),
            PlaybackAction.SLOWER: self._slower,
            PlaybackAction.FASTER: self._faster,
        }

    def _on_show_keys(self) -> None:
        self._show_keys(shown=self._keys.isHidden())

    def _show_keys(self, *, shown: bool) -> None:
        self._keys.setVisible(shown)
        self.keys_button.setText(tr("Hide shortcut keys") if shown else tr("Show shortcut keys"))

    def _marks(self) -> list[float]:
        """Return the positions of marks and core questions."""
        if self._opened is None:
            return []
        marked = [moment.at_s for moment in self._opened.moments]
        return sorted([*marked, *(question.at_s for question in self._opened.questions)])

    def _phases(self) -> list[float]:
        return [] if self._opened is None else [phase.at_s for phase in self._opened.phases]

    def _go(self, way: Callable[[Iterable[float], float], float | None], to: Iterable[float]) -> None:
        at_s = way(to, self._playback.position_s)
        if at_s is not None:
            self._playback.seek(at_s)

    def _slower(self) -> None:
        self._change_speed({faster: slower for slower, faster in pairwise(SPEEDS)})

    def _faster(self) -> None:
        self._change_speed(dict(pairwise(SPEEDS)))

    def _change_speed(self, ways: dict[float, float]) -> None:
        self._playback.set_speed(ways.get(self._playback.speed, self._playback.speed))

    def _on_rewind(self, wanted: bool) -> None:
        self._playback.rewind_s = _REWIND_S if wanted else 0.0

    def _on_position_changed(self, at_s: float) -> None:
        self.strip.follow(at_s)
        self.seek_bar.follow(at_s)
        parts = [
            tr("{now} of {end}").format(now=durations.clock(at_s), end=durations.clock(self._playback.joined.until_s)),
            wording.silence(self._playback.kind_now()),
            wording.speed(self._playback.speed),
        ]
        words = " · ".join(word for word in parts if word)
        if self._position_label.text() != words and not self.strip.is_dragged:
            self._position_label.setText(words)

    def _on_speed_changed(self, _speed: float) -> None:
        self._on_position_changed(self._playback.position_s)

    def _on_playing_changed(self, playing: bool) -> None:
        self.play_button.setText(tr("Pause") if playing else tr("Play"))
        set_kind(self.play_button, ButtonKind.PLAIN if playing else ButtonKind.PRIMARY)


# A second press within this time goes to the previous point rather than to the same one again.
_JUST_PASSED_S = 2.0
_HERE_S = 0.05


def point_before(points: Iterable[float], at_s: float) -> float | None:
    """Return the last point before a moment, None if there is none."""
    return max((point for point in points if point < at_s - _JUST_PASSED_S), default=None)


def point_after(points: Iterable[float], at_s: float) -> float | None:
    """Return the first point after a moment, None if there is none."""
    return min((point for point in points if point > at_s + _HERE_S), default=None)
