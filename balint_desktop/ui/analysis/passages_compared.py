"""The passages that coders coded differently, with how many coded where in the text of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.compare import coders_at
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.coders_strip import CodersStrip
from balint_desktop.ui.analysis.comparison import Comparison
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.analysis.matters_view import LIST_LINES
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet


class PassagesCompared(QWidget):
    """Emits `decide_asked` with the Matter of a passage, and `all_asked` where not all passages are shown."""

    decide_asked = Signal(object)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._matters: tuple[Matter, ...] = ()
        self.strip = CodersStrip()
        self.strip_of = named(quiet(""), "compare-strip-text")
        self.count = named(quiet(""), "compare-passage-count")
        self.list = named(UncopiedList(), "compare-passages", spoken=tr("Passages"))
        self.list.setWordWrap(True)
        self.decide_button = button(tr("Decide…"), "compare-decide-passage", self._on_decide, ButtonKind.PRIMARY)
        self.all_button = button(tr("Show all passages"), "compare-show-all", self.all_asked.emit)
        column = layouts.column(self, 10)
        for widget in (self.strip_of, self.strip, self.count, self.list, flow(self.decide_button, self.all_button)):
            column.addWidget(widget)
        column.addStretch(1)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(lambda _: self._show_strip())

    def show_passages(self, comparison: Comparison, only: Matter | str | None) -> None:
        """Show the passages of a matter, of the text with that id, or all."""
        self._comparison = comparison
        found = comparison.passages(only)
        self._matters = found.matters
        self.list.show_lines([comparison.line(one) for one in self._matters], LIST_LINES)
        words = tr_n("{n} passage coded differently", "{n} passages coded differently", found.count)
        none = tr("Mark which codes are the same under “Codes and themes” first.")
        self.count.setText(words.format(n=found.count) if found.has_same else none)
        self.decide_button.setVisible(found.can_be_decided)
        self.all_button.setVisible(only is not None)
        self._show_strip()

    def forget(self) -> None:
        """Drop every word."""
        self._comparison, self._matters = None, ()
        self.list.clear()
        self.strip.show_text(0, (), 0)

    def _matter(self) -> Matter | None:
        row = self.list.currentRow()
        return self._matters[row] if 0 <= row < len(self._matters) else None

    def _show_strip(self) -> None:
        comparison, matter = self._comparison, self._matter()
        if comparison is None or matter is None or matter.dispute is None:
            self.strip.show_text(0, (), 0)
            self.strip_of.hide()
            return
        opened, dispute, coders = comparison.opened, matter.dispute, comparison.coders
        name = next((one.name for one in opened.study.texts if one.recording == dispute.text), "")
        self.strip_of.setText(tr("How many coded where in {text}").format(text=name))
        self.strip_of.show()
        length = len(opened.texts[RecordingId(dispute.text)].text)
        self.strip.show_text(length, coders_at(coders, comparison.material.spans, dispute.text), len(coders))
        self.strip.mark(dispute.begin, dispute.end)

    def _on_decide(self) -> None:
        matter = self._matter()
        if matter is not None:
            self.decide_asked.emit(matter)
