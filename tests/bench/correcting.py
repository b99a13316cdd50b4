"""The cost of an hour's transcript on its page: to open it, a key, a seek, each beside a bare text field.

Elapsed time until what changed is painted, in one process without a screen, in turn. Run as a program it is the window.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from processes import measured_apart

OPEN_RATIO, KEY_MS, SEEK_MS = 1.5, 16.0, 150.0
WORDS = 8_000
_TIMES = 15
_LONGEST_S = 180.0


@dataclass(frozen=True)
class Corrected:
    """Milliseconds of each try: opening ours and bare, a key, the pause after it, a seek, ours and bare."""

    open_ms: list[float]
    bare_open_ms: list[float]
    key_ms: list[float]
    bare_key_ms: list[float]
    commit_ms: list[float]
    seek_ms: list[float]
    bare_seek_ms: list[float]


def correct_an_hour() -> Corrected:
    """Measure in a process of its own, without a screen."""
    return Corrected(**measured_apart(__file__, "the transcript was never shown", _LONGEST_S))


def an_hour(words: int = WORDS):
    """Return a transcript of an hour, and its length in milliseconds: short turns, pauses, doubtful words, places."""
    from balint_desktop.domain.transcript.transcript import (  # noqa: PLC0415  only the window needs them
        Speaker,
        Turn,
        Word,
        WordKind,
        transcript_of,
    )

    lots = random.Random(1)
    vocabulary = "tired being asked the registrar about her kept thinking anger imagine whānau night I was so".split()
    turns, ms, left = [], 0, words
    while left > 0:
        many, begin, spoken = lots.randint(3, 25), ms, []
        for _ in range(many):
            length = lots.randint(150, 500)
            spoken.append(Word(lots.choice(vocabulary), ms, ms + length, lots.choice((0.3, *[0.95] * 9))))
            ms += length
        if len(turns) % 20 == 0:
            spoken.append(Word("", ms, ms + 4_000, kind=WordKind.NOT_UNDERSTOOD))
            ms += 4_000
        turns.append(Turn(len(turns) + 1, Speaker(f"P{lots.randint(1, 7)}"), begin, ms, tuple(spoken)))
        left -= many
        ms += lots.choice((100, 500, 4_000))
    return transcript_of(turns), ms


def _be_the_window() -> Corrected:  # noqa: C901, PLR0915  one run, whose steps are closures over one page
    from dataclasses import replace  # noqa: PLC0415  only the window needs them

    from correcting_bench import OPENED, FakeDeck, FakeTranscripts  # noqa: PLC0415
    from PySide6.QtCore import QEvent, QObject, Qt  # noqa: PLC0415
    from PySide6.QtGui import QTextCursor  # noqa: PLC0415
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QPlainTextEdit  # noqa: PLC0415

    from balint_desktop.domain.transcript.transcript import Transcript  # noqa: PLC0415
    from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch  # noqa: PLC0415
    from balint_desktop.ui.recordings.playback import Playback  # noqa: PLC0415
    from balint_desktop.ui.shell.messages import Messages  # noqa: PLC0415
    from balint_desktop.ui.shell.work import Work  # noqa: PLC0415
    from balint_desktop.ui.theme.theme import STYLE, Appearance, Theme  # noqa: PLC0415
    from balint_desktop.ui.transcripts.correct_page import CorrectPage  # noqa: PLC0415
    from balint_desktop.ui.transcripts.deps import TranscriptsDeps  # noqa: PLC0415

    # As in the shipped window, whose own timer collects (ui/shell/garbage.py).
    gc.disable()
    app = QApplication(["bench", *STYLE])
    Theme(app, Appearance.LIGHT)
    transcript, long_ms = an_hour()
    whole = JoinedRecording((TimelineStretch(StretchKind.SOUND, 0, long_ms / 1000, 1),))
    sound = replace(OPENED.sound, joined=whole)
    opened = replace(OPENED, transcript=transcript, audible=((0, long_ms),), sound=sound)
    empty = replace(opened, transcript=Transcript())
    work, service = Work(), FakeTranscripts()
    playback = Playback(FakeDeck(), lambda call, _owner: call())
    page = CorrectPage(TranscriptsDeps(lambda: service), playback, work, Messages())
    page.resize(1088, 664)
    page.show()
    bare = QPlainTextEdit()
    bare.resize(800, 520)
    bare.show()

    class Painted(QObject):
        """Notes that a widget was painted."""

        def __init__(self, widget):
            super().__init__(widget)
            self.seen = False
            widget.installEventFilter(self)

        def eventFilter(self, _watched, event):  # noqa: N802  Qt's spelling
            self.seen = self.seen or event.type() == QEvent.Type.Paint
            return False

    by_page, by_bare = Painted(page.edit.viewport()), Painted(bare.viewport())

    def settle():
        for _ in range(4):
            app.processEvents()
            QTest.qWait(40)

    def took(act: Callable[[], None], painted: Painted) -> float:
        settle()
        painted.seen = False
        began = time.perf_counter()
        act()
        while not painted.seen and time.perf_counter() - began < 1:
            app.processEvents()
        return 1000 * (time.perf_counter() - began)

    def open_ours() -> float:
        page.show_opened(service, empty)
        return took(lambda: page.show_opened(service, opened), by_page)

    def open_bare() -> float:
        bare.setPlainText("")
        return took(lambda: bare.setPlainText(text), by_bare)

    page.show_opened(service, opened)
    text = page.edit.toPlainText()
    opening = [(open_ours(), open_bare()) if one % 2 else (open_bare(), open_ours())[::-1] for one in range(_TIMES)]
    turns = transcript.turns
    lots = random.Random(2)

    def press_ours() -> float:
        page.edit.go_to(lots.choice(turns).id, 1)
        page.edit.setFocus()
        return took(lambda: QTest.keyClick(page.edit, Qt.Key.Key_X), by_page)

    def press_bare() -> float:
        cursor = QTextCursor(bare.document().findBlockByNumber(lots.randrange(bare.document().blockCount())))
        bare.setTextCursor(cursor)
        return took(lambda: QTest.keyClick(bare, Qt.Key.Key_X), by_bare)

    def commit() -> float:
        page.edit.go_to(lots.choice(turns).id, 1)
        QTest.keyClick(page.edit, Qt.Key.Key_Y)
        app.processEvents()
        began = time.perf_counter()
        page.edit.commit()
        app.processEvents()
        return 1000 * (time.perf_counter() - began)

    def seek_ours() -> float:
        # The text follows the sound, as it does when nobody has typed for a while.
        page._typing.stop()
        return took(lambda: page._play_from(sought.pop().from_ms / 1000), by_page)

    def seek_bare() -> float:
        bar = bare.verticalScrollBar()
        return took(lambda: bar.setValue((bar.value() + bar.maximum() // 2) % bar.maximum()), by_bare)

    sought = lots.sample(turns, _TIMES)
    keys = [(press_ours(), press_bare()) for _ in range(_TIMES)]
    commits = [commit() for _ in range(_TIMES)]
    seeks = [(seek_ours(), seek_bare()) for _ in range(_TIMES)]
    work.shutdown()
    return Corrected(
        *(list(column) for column in zip(*opening, strict=True)),
        *(list(column) for column in zip(*keys, strict=True)),
        commits,
        *(list(column) for column in zip(*seeks, strict=True)),
    )


if __name__ == "__main__":
    print(json.dumps(asdict(_be_the_window())), flush=True)
    os._exit(0)
