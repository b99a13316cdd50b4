"""How many coded where, text by text, with the way to the passages over which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.coders_strip import CodersStrip
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, text


@dataclass(frozen=True, slots=True)
class TextStrip:
    """A text: its length in code points, who coded where by how many, and where coders differ."""

    recording: str
    name: str
    length: int
    stretches: tuple[tuple[int, int, int], ...]
    differing: int


class TextStrips(QWidget):
    """Emits `asked` with the recording of a text whose passages are wanted."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "compare-texts")
        self.strips: dict[str, CodersStrip] = {}
        self._rows = layouts.column(self, 14)
        self._rows.addStretch(1)

    def show_texts(self, texts: Sequence[TextStrip], coders: int) -> None:
        """Show a strip for each text."""
        layouts.clear(self._rows)
        self.strips = {}
        words = tr_n("Higher where more coded, of {n} coder.", "Higher where more coded, of {n} coders.", coders)
        self._rows.addWidget(named(quiet(words.format(n=coders)), "compare-texts-about"))
        for one in texts:
            strip = CodersStrip(f"compare-strip-{one.recording}")
            strip.show_text(one.length, one.stretches, coders)
            self.strips[one.recording] = strip
            self._rows.addWidget(named(text(one.name, "medium"), f"compare-text-{one.recording}"))
            self._rows.addWidget(strip)
            if one.differing:
                count = tr_n("{n} passage coded differently", "{n} passages coded differently", one.differing)
                shown = button(
                    count.format(n=one.differing),
                    f"compare-text-passages-{one.recording}",
                    partial(self.asked.emit, one.recording),
                    description=one.name,
                )
                self._rows.addWidget(flow(shown))
        if not texts:
            self._rows.addWidget(named(quiet(tr("No texts.")), "compare-texts-none"))
        self._rows.addStretch(1)

    def forget(self) -> None:
        """Drop every word."""
        layouts.clear(self._rows)
        self.strips = {}
