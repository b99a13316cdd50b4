"""Playback keys: keyboard, media keys, foot pedals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.key_names import key_name

PEDAL_S = 5.0
"""Seconds that a foot pedal jumps back or forward."""

Key = Qt.Key


class PlaybackAction(Enum):
    """A playback key's action. No key is a letter: the user may be typing a transcript."""

    PLAY = auto()
    PAUSE = auto()
    BACK = auto()
    ON = auto()
    PREVIOUS_MARK = auto()
    NEXT_MARK = auto()
    PREVIOUS_PHASE = auto()
    NEXT_PHASE = auto()
    SLOWER = auto()
    FASTER = auto()


# Two rows of function keys, since transcription programs differ: a foot pedal set up for either works here.
KEYS: dict[PlaybackAction, tuple[str | Qt.Key, ...]] = {
    PlaybackAction.PLAY: ("F4", "F9", Key.Key_MediaTogglePlayPause, Key.Key_MediaPlay),
    PlaybackAction.PAUSE: (Key.Key_MediaStop, Key.Key_MediaPause),
    PlaybackAction.BACK: ("F3", "F7", Key.Key_AudioRewind),
    PlaybackAction.ON: ("F5", "F8", Key.Key_AudioForward),
    PlaybackAction.PREVIOUS_MARK: ("Ctrl+Left", Key.Key_MediaPrevious),
    PlaybackAction.NEXT_MARK: ("Ctrl+Right", Key.Key_MediaNext),
    PlaybackAction.PREVIOUS_PHASE: ("Ctrl+PgUp",),
    PlaybackAction.NEXT_PHASE: ("Ctrl+PgDown",),
    PlaybackAction.SLOWER: ("Ctrl+Down",),
    PlaybackAction.FASTER: ("Ctrl+Up",),
}


def listen(on: QWidget, acts: Mapping[PlaybackAction, Callable[[], None]]) -> None:
    """Bind keys to these actions while the widget is visible."""
    for act, do in acts.items():
        for key in KEYS[act]:
            shortcut = QShortcut(QKeySequence(key), on)
            shortcut.activated.connect(do)
            # A held pedal auto-repeats; play and pause would flicker.
            shortcut.setAutoRepeat(act in {PlaybackAction.BACK, PlaybackAction.ON})


def keys_line() -> str:
    """Return the keys and their actions on one line with possible line breaks."""
    either, both = f" {tr('or')} ", f" {tr('and')} "
    lines = (
        (_keys(either, "F4", "F9", "Ctrl+Space"), tr("play and pause")),
        (_keys(either, "F3", "F7"), tr("five seconds back")),
        (_keys(either, "F5", "F8"), tr("five seconds forward")),
        (_keys(both, "Ctrl+Left", "Ctrl+Right"), tr("previous and next mark")),
        (_keys(both, "Ctrl+PgUp", "Ctrl+PgDown"), tr("previous and next phase")),
        (_keys(both, "Ctrl+Down", "Ctrl+Up"), tr("slower and faster")),
    )
    keys = " · ".join(f"{key}: {action}" for key, action in lines)
    return tr("Keys and foot pedals: {keys}. Media keys work too.").format(keys=keys)


def _keys(joined: str, *keys: str) -> str:
    """Return keys as their user reads them, without line breaks inside a name."""
    return joined.join(map(key_name, keys))
