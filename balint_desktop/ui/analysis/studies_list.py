"""The studies of a vault as a list: open one, begin another, or open a coding file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.deps import StudyRow
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import heading, text


class StudiesList(QWidget):
    """Emits `asked` with the study to open, `new_asked` and `import_asked`."""

    asked = Signal(str)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, *, has_files: bool) -> None:
        super().__init__()
        self.table = Table(
            "analysis-studies",
            tr("Studies"),
            (
                ColumnSpec("name", tr("Study"), room=Room.SHRINKS),
                ColumnSpec("texts", tr("Texts"), is_number=True, room=Room.LEAVES),
                ColumnSpec("authors", tr("Authors"), is_number=True, room=Room.LEAVES),
                ColumnSpec("next", tr("Next step"), room=Room.SHRINKS),
            ),
        )
        self.table.opened.connect(self.asked)
        self.none = named(text(tr("No studies yet."), "quiet"), "analysis-none")
        self.open_button = button(tr("Open study"), "analysis-open", self._on_open, ButtonKind.PRIMARY)
        self.new_button = button(tr("New study…"), "analysis-new", self.new_asked.emit)
        self.import_button = button(tr("Open a coding file…"), "analysis-import", self.import_asked.emit)
        if not has_files:
            # Never shown here: without a parent yet, it would be a window of its own.
            self.import_button.hide()
        column = layouts.column(self, 14)
        column.addWidget(named(heading(tr("Analysis")), "analysis-heading"))
        for widget in (self.none, self.table, flow(self.open_button, self.new_button, self.import_button)):
            column.addWidget(widget)
        for widget in (self.none, self.table, self.open_button):
            widget.hide()
        column.addStretch(1)

    def show_rows(self, rows: Sequence[StudyRow]) -> None:
        """Show the studies, or that there are none."""
        self.table.show_rows(
            [
                row(
                    one.id,
                    (one.name, Cell(str(one.texts), one.texts), Cell(str(one.authors), one.authors), one.next_step),
                )
                for one in rows
            ]
        )
        self.table.setVisible(bool(rows))
        self.open_button.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def first_focus(self) -> QWidget:
        """Return what is first: the studies, or the way to begin one."""
        return self.new_button if self.table.isHidden() else self.table

    def _on_open(self) -> None:
        if self.table.chosen_key():
            self.asked.emit(self.table.chosen_key())
