"""The cost of coding a session: a key that codes, one that moves an edge, the caret, a page scrolled, beside bare text.

55,000 characters with 400 codings of 40 codes; beside it the same text in Qt's own widgets of text, which hold nothing
else. Elapsed time until what changed is painted, in one process without a screen. Run as a program it is the window.
"""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from processes import DidNotRun

KEY_MS, SCROLL_MS = 50.0, 16.0
CHARACTERS, CODINGS, CODES = 55_000, 400, 40
_TIMES = 25
_LONGEST_S = 180.0


@dataclass(frozen=True)
class Coded:
    """Milliseconds of each try: a passage coded, an edge moved; the caret and a page, ours, plain and rich text."""

    given_ms: list[float]
    edge_ms: list[float]
    typed_plain_ms: list[float]
    caret_ms: list[float]
    caret_plain_ms: list[float]
    scroll_ms: list[float]
    scroll_plain_ms: list[float]
    scroll_rich_ms: list[float]


def code_a_session() -> Coded:
    """Measure in a process of its own, without a screen. Raise DidNotRun."""
    done = subprocess.run(
        [sys.executable, __file__],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"nothing was coded: {done.stderr.strip()[-300:]}")
    return Coded(**json.loads(done.stdout.splitlines()[-1]))


def a_coded_session():
    """Return a text as long as a session, and the work of somebody who gave forty codes 400 times."""
    from analysis_bench import FIRST, long_text, work_of  # noqa: PLC0415  only the window needs them

    from balint_desktop.domain.analysis.coding import Coding  # noqa: PLC0415

    drawn, text = random.Random(1), long_text(CHARACTERS)
    names = [f"Code {n}" for n in range(CODES)]
    codings = []
    for number in range(CODINGS):
        begin = drawn.randrange(len(text.text) - 400)
        code = f"code-{drawn.choice(names)}"
        codings.append(Coding(f"g{number}", FIRST, begin, begin + drawn.randint(20, 300), code, float(number)))
    return text, work_of(*codings, names=names)


def _be_the_window() -> Coded:  # noqa: C901, PLR0915  one run, whose steps are closures over one page
    from analysis_bench import FIRST, ROUND, FakeAnalysis, deps  # noqa: PLC0415  only the window needs them
    from PySide6.QtCore import QEvent, QObject, Qt  # noqa: PLC0415
    from PySide6.QtGui import QTextCursor  # noqa: PLC0415
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit  # noqa: PLC0415

    from balint_desktop.ui.analysis.code_page import CodePage  # noqa: PLC0415
    from balint_desktop.ui.shell.messages import Messages  # noqa: PLC0415
    from balint_desktop.ui.shell.work import Work  # noqa: PLC0415
    from balint_desktop.ui.theme.theme import STYLE, Appearance, Theme  # noqa: PLC0415

    # As in the shipped window, whose own timer collects (ui/shell/garbage.py).
    gc.disable()
    app = QApplication(["bench", *STYLE])
    Theme(app, Appearance.LIGHT)
    text, begun = a_coded_session()
    service, work = FakeAnalysis(texts={FIRST: text}), Work()
    service.study = replace(service.study, texts=service.study.texts[:1])
    page = CodePage(deps(service), work, Messages())
    page.resize(1088, 664)
    page.show()
    page.show_study(service, service.open("study-1"), ROUND, begun)
    plain, rich = QPlainTextEdit(), QTextEdit()
    for bare in (plain, rich):
        bare.setPlainText(text.text)
        bare.resize(page.text.size())
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

    painted = {widget: Painted(widget.viewport()) for widget in (page.text, plain, rich)}

    def settle():
        for _ in range(4):
            app.processEvents()
            QTest.qWait(20)

    def took(widget, act: Callable[[], object]) -> float:
        settle()
        painted[widget].seen = False
        began = time.perf_counter()
        act()
        while not painted[widget].seen and time.perf_counter() - began < 1:
            app.processEvents()
        app.processEvents()
        return 1000 * (time.perf_counter() - began)

    drawn = random.Random(2)

    def selected() -> None:
        begin = drawn.randrange(len(text.text) - 400)
        cursor = QTextCursor(page.text.document())
        cursor.setPosition(page.text.places.to_qt(begin))
        cursor.setPosition(page.text.places.to_qt(begin + 120), QTextCursor.MoveMode.KeepAnchor)
        page.text.setTextCursor(cursor)
        page.text.ensureCursorVisible()
        page.text.setFocus()

    def give() -> float:
        selected()
        return took(page.text, lambda: QTest.keyClicks(page.text, ";"))

    def edge() -> float:
        selected()
        QTest.keyClicks(page.text, ";")
        return took(page.text, lambda: QTest.keyClicks(page.text, "}"))

    def type_bare() -> float:
        plain.setTextCursor(QTextCursor(plain.document().findBlockByNumber(drawn.randrange(plain.blockCount()))))
        return took(plain, lambda: QTest.keyClick(plain, Qt.Key.Key_X))

    def caret(widget) -> float:
        widget.setFocus()
        return took(widget, lambda: QTest.keyClick(widget, Qt.Key.Key_Right))

    def scroll(widget) -> float:
        bar = widget.verticalScrollBar()
        step = bar.pageStep()
        return took(widget, lambda: bar.setValue((bar.value() + step) % max(1, bar.maximum() - step)))

    selected()
    page._give("code-Code 1")
    again = range(_TIMES)
    found = Coded(
        *([give() for _ in again], [edge() for _ in again], [type_bare() for _ in again]),
        *(list(column) for column in zip(*((caret(page.text), caret(plain)) for _ in again), strict=True)),
        *(
            list(column)
            for column in zip(*((scroll(page.text), scroll(plain), scroll(rich)) for _ in again), strict=True)
        ),
    )
    page.leave()
    work.shutdown()
    return found


if __name__ == "__main__":
    print(json.dumps(asdict(_be_the_window())), flush=True)
    os._exit(0)
