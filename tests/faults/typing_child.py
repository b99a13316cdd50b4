"""The process to be killed: it corrects a transcript in the shipped window, a sign every few hundredths of a second.

typing_child.py DATA RECORDING      each sign typed is a line on standard output, with the boot clock's seconds
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from real_window import Window

from balint_desktop.rehearsal.hand import now_s
from balint_desktop.ui.theme.theme import STYLE
from balint_desktop.ui.transcripts.text_edit import TranscriptEdit

EVERY_S = 0.04


def main(data, pictures):
    app = QApplication(["typing", *STYLE])
    window = Window(app, Path(data), Path(pictures))
    window.unlock()
    window.press("place-transcripts")
    window.press("transcripts-step")
    edit = window.find(TranscriptEdit, "transcript-text")
    window.desktop.shell.activateWindow()
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, " x")
    print("typing", flush=True)
    for sign in itertools.cycle("abcdefghijklmnopqrst"):
        QTest.keyClicks(edit, sign)
        print(f"{sign} {now_s()}", flush=True)
        window.live(EVERY_S)


if __name__ == "__main__":
    main(*sys.argv[1:])
