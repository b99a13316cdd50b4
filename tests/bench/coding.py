"""The cost of coding an hour's text with 400 codings: to give a code, and to scroll, each beside a bare text field.

From the key until what it changed is painted, by the clock and of the processor, in one process without a screen, in
turn. Run as a program it is the window. Saving is not in it: it goes to memory here.
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

GIVE_MS, SCROLL_RATIO = 16.0, 2.0
CHARACTERS, CODINGS, CODES = 55_000, 400, 30
_TIMES = 100
_LONGEST_S = 180.0


@dataclass(frozen=True)
class Coded:
    """Milliseconds for each try: giving a code by its digit beside a key, and a page of scrolling, ours and bare.

    `_cpu_ms` are those of the processor, the others by the clock.
    """

    give_ms: list[float]
    give_cpu_ms: list[float]
    bare_key_ms: list[float]
    bare_key_cpu_ms: list[float]
    scroll_cpu_ms: list[float]
    bare_scroll_cpu_ms: list[float]


def code_an_hour() -> Coded:
    """Measure in a process of its own, without a screen."""
    return Coded(**measured_apart(__file__, "the text was never shown", _LONGEST_S))


def _be_the_window() -> Coded:
    from analysis_bench import (  # noqa: PLC0415  only the window needs them
        FIRST,
        ROUND,
        TEXTS,
        FakeAnalysis,
        deps,
        long_text,
        work_of,
    )
    from PySide6.QtCore import Qt  # noqa: PLC0415
    from PySide6.QtGui import QTextCursor  # noqa: PLC0415
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QPlainTextEdit  # noqa: PLC0415

    from balint_desktop.domain.analysis.coding import Coding  # noqa: PLC0415
    from balint_desktop.ui.analysis.code_page import CodePage  # noqa: PLC0415
    from balint_desktop.ui.shell.messages import Messages  # noqa: PLC0415
    from balint_desktop.ui.shell.work import Work  # noqa: PLC0415
    from balint_desktop.ui.theme.theme import STYLE, Appearance, Theme  # noqa: PLC0415

    # As in the shipped window, whose own timer collects (ui/shell/garbage.py).
    gc.disable()
    app = QApplication(["bench", *STYLE])
    Theme(app, Appearance.LIGHT)
    lots, text = random.Random(1), long_text(CHARACTERS)
    names = [f"Code {number} of what is said" for number in range(CODES)]
    begins = [lots.randrange(len(text.text) - 300) for _ in range(CODINGS)]
    codings = [
        Coding(f"coding-{at}", FIRST, begin, begin + lots.randrange(20, 300), f"code-{names[at % CODES]}", float(at))
        for at, begin in enumerate(begins)
    ]
    service = FakeAnalysis(texts=dict.fromkeys((one.recording for one in TEXTS), text))
    work = Work()
    page = CodePage(deps(service), work, Messages())
    page.resize(1088, 664)
    page.show()
    page.show_study(service, service.open("study-1"), ROUND, work_of(*codings, names=names))
    bare = QPlainTextEdit(text.text)
    bare.resize(600, 520)
    bare.show()

    def took(act: Callable[[], object]) -> tuple[float, float]:
        for _ in range(4):
            app.processEvents()
            QTest.qWait(20)
        began, began_cpu = time.perf_counter(), time.process_time()
        act()
        # What is painted is posted, and what that lays out anew is, too.
        for _ in range(2):
            app.processEvents()
        return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - began_cpu)

    def give(number: int) -> tuple[float, float]:
        begin = lots.randrange(100, len(text.text) - 300)
        page.text.go_to((begin, begin + 40))
        page.text.select((begin, begin + 40))
        page.text.setFocus()
        return took(lambda: QTest.keyClick(page.text, Qt.Key(Qt.Key.Key_1 + number % 9)))

    def press_bare() -> tuple[float, float]:
        bare.setTextCursor(QTextCursor(bare.document().findBlockByNumber(lots.randrange(bare.blockCount()))))
        return took(lambda: QTest.keyClick(bare, Qt.Key.Key_X))

    def scroll(edit: QPlainTextEdit) -> float:
        bar = edit.verticalScrollBar()
        return took(lambda: bar.setValue((bar.value() + bar.pageStep()) % max(1, bar.maximum())))[1]

    for name in names[:9]:
        page._give(f"code-{name}")
    gives = [(*give(number), *press_bare()) for number in range(_TIMES)]
    scrolls = [(scroll(page.text), scroll(bare)) for _ in range(_TIMES)]
    page.leave()
    work.shutdown()
    return Coded(*map(list, zip(*gives, strict=True)), *map(list, zip(*scrolls, strict=True)))


if __name__ == "__main__":
    print(json.dumps(asdict(_be_the_window())), flush=True)
    os._exit(0)
