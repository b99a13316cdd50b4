"""The keys of the page that corrects a transcript, and the digits that stand for who was in the room."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from string import ascii_lowercase

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.transcript.transcript import LEADER, SEVERAL, UNKNOWN, Speaker
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.key_names import key_name
from balint_desktop.ui.widgets.shortcuts import shortcut

WHO = "Meta" if sys.platform == "darwin" else "Alt"
"""The key that makes a digit a speaker while typing. Option and a digit type a sign on a Mac; Meta is its Control."""
_MEMBERS = "1234567"
# Command with H hides a program on a Mac, and with M its window.
_REPLACE, _MARKS = ("Ctrl+Alt+F", "Ctrl+Shift+M") if sys.platform == "darwin" else ("Ctrl+H", "Ctrl+M")

Key = Qt.Key


class CorrectAction(Enum):
    """What a key of the page does beside typing."""

    PLAY = auto()
    PAUSE = auto()
    BACK = auto()
    ON = auto()
    PLAY_TURN = auto()
    PLAY_HERE = auto()
    PREVIOUS_MARK = auto()
    NEXT_MARK = auto()
    PREVIOUS_PHASE = auto()
    NEXT_PHASE = auto()
    SLOWER = auto()
    FASTER = auto()
    NEXT_PLACE = auto()
    PREVIOUS_PLACE = auto()
    CONFIRM = auto()
    OFFERS = auto()
    HEAR_AGAIN = auto()
    MARKS = auto()
    UNCLEAR = auto()
    OTHER_LANGUAGE = auto()
    FIND = auto()
    REPLACE = auto()


PEDAL = frozenset({Key.Key_F4, Key.Key_F9})
"""Keys that a pedal sends, and that may play only while they are held."""
# Moving between words by Ctrl+Left and Ctrl+Right belongs to the text, so marks are reached by other keys than in
# Recordings. F1, F11 and F12 are the window's own.
KEYS: dict[CorrectAction, tuple[str | Qt.Key, ...]] = {
    CorrectAction.PLAY: ("F4", "F9", "Ctrl+Space", Key.Key_MediaTogglePlayPause, Key.Key_MediaPlay),
    CorrectAction.PAUSE: (Key.Key_MediaStop, Key.Key_MediaPause),
    CorrectAction.BACK: ("F3", "F7", Key.Key_AudioRewind),
    CorrectAction.ON: ("F5", "F8", Key.Key_AudioForward),
    CorrectAction.PLAY_TURN: ("F2",),
    CorrectAction.PLAY_HERE: ("Ctrl+Return",),
    CorrectAction.PREVIOUS_MARK: ("Alt+Up", Key.Key_MediaPrevious),
    CorrectAction.NEXT_MARK: ("Alt+Down", Key.Key_MediaNext),
    CorrectAction.PREVIOUS_PHASE: ("Ctrl+PgUp",),
    CorrectAction.NEXT_PHASE: ("Ctrl+PgDown",),
    CorrectAction.SLOWER: ("Ctrl+Down",),
    CorrectAction.FASTER: ("Ctrl+Up",),
    CorrectAction.NEXT_PLACE: ("Ctrl+J",),
    CorrectAction.PREVIOUS_PLACE: ("Ctrl+Shift+J",),
    CorrectAction.CONFIRM: ("Ctrl+K",),
    CorrectAction.OFFERS: ("Ctrl+I",),
    CorrectAction.HEAR_AGAIN: ("Ctrl+R",),
    CorrectAction.MARKS: (_MARKS,),
    CorrectAction.UNCLEAR: ("Ctrl+U",),
    CorrectAction.OTHER_LANGUAGE: ("Ctrl+O",),
    CorrectAction.FIND: ("Ctrl+F",),
    CorrectAction.REPLACE: (_REPLACE,),
}
_REPEATED = frozenset({CorrectAction.BACK, CorrectAction.ON, CorrectAction.NEXT_PLACE, CorrectAction.PREVIOUS_PLACE})


def listen(on: QWidget, acts: Mapping[CorrectAction, Callable[[], object]]) -> dict[str, QShortcut]:
    """Bind keys to these actions while the widget is visible; return the shortcuts by their keys."""
    return {
        QKeySequence(key).toString(): shortcut(on, key, do, repeats=act in _REPEATED)
        for act, do in acts.items()
        for key in KEYS[act]
    }


def digits(speakers: Sequence[Speaker]) -> dict[str, Speaker]:
    """Return the key of each speaker: 0 leads, 1 to 7 were in the room, 8 are several, 9 is not known.

    More than seven have letters, from a on: they act where nothing can be typed, and while typing by their buttons.
    """
    others = [one for one in speakers if one not in {LEADER, SEVERAL, UNKNOWN}]
    members = dict(zip([*_MEMBERS, *ascii_lowercase], others, strict=False))
    return {"0": LEADER, **members, "8": SEVERAL, "9": UNKNOWN}


def keys_line(*, is_locked: bool = False, sets_speakers: bool = False, has_recording: bool = True) -> str:
    """Return the keys and what they do on one line: of a locked text, of *Who speaks?*, or of correcting.

    Without a recording none that plays.
    """
    if not has_recording:
        return "" if is_locked else _keys_line_without_sound()
    if is_locked or sets_speakers:
        play = tr("{play} play or pause · {back} back 5 s · {on} forward 5 s").format(play="F4", back="F3", on="F5")
        return play if is_locked else tr("{keys} · digits: who speaks, from the last pause on").format(keys=play)
    line = tr(
        "{play} play or pause · {back} back 5 s · {on} forward 5 s · {next} next place · {right} word is right · "
        "{offers} what it may have been · Enter splits a turn · {who} sets the speaker"
    )
    return line.format(
        play="F4",
        back="F3",
        on="F5",
        next=key_name("Ctrl+J"),
        right=key_name("Ctrl+K"),
        offers=key_name("Ctrl+I"),
        who=f"{key_name(f'{WHO}+0')}…9",
    )


def _keys_line_without_sound() -> str:
    line = tr("{next} next place · {right} word is right · Enter splits a turn · {who} sets the speaker")
    return line.format(next=key_name("Ctrl+J"), right=key_name("Ctrl+K"), who=f"{key_name(f'{WHO}+0')}…9")


def all_keys() -> tuple[tuple[str, str], ...]:
    """Return every key with what it does, for the list that the page shows when asked."""
    either = tr("{one} or {other}")
    both = tr("{one} and {other}")
    return (
        (either.format(one="F4", other="F9"), tr("play or pause")),
        (both.format(one="F3", other="F5"), tr("five seconds back and forward")),
        ("F2", tr("play this turn")),
        (key_name("Ctrl+Return"), tr("play from the word at the cursor")),
        (both.format(one=key_name("Ctrl+Down"), other=key_name("Ctrl+Up")), tr("slower and faster")),
        (both.format(one=key_name("Alt+Up"), other=key_name("Alt+Down")), tr("previous and next mark")),
        (both.format(one=key_name("Ctrl+PgUp"), other=key_name("Ctrl+PgDown")), tr("previous and next phase")),
        (both.format(one=key_name("Ctrl+J"), other=key_name("Ctrl+Shift+J")), tr("next and previous place to look at")),
        (key_name("Ctrl+K"), tr("the word is right; go to the next")),
        (key_name("Ctrl+I"), tr("what the word may have been")),
        (key_name("Ctrl+R"), tr("listen again to the word or place")),
        (key_name("Ctrl+U"), tr("mark as unclear")),
        (key_name("Ctrl+O"), tr("mark as another language")),
        (key_name(_MARKS), tr("all marks")),
        (key_name("Return"), tr("split the turn")),
        (tr("Backspace at the beginning of a turn"), tr("join it to the one before")),
        (f"{key_name(f'{WHO}+0')}…9", tr("set the speaker")),
        (both.format(one=key_name("Ctrl+F"), other=key_name(_REPLACE)), tr("find, and replace")),
        (both.format(one=key_name("Ctrl+Z"), other=key_name("Ctrl+Y")), tr("undo and redo")),
    )
