"""The studies of a vault as a list: open one, begin another, or open a coding file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.deps import StudyRow
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import heading, text


class StudiesList(QWidget):
    """Emits `asked` with the study to open, `new_asked` and `import_asked`; `leave_out_asked` with a study too."""

    asked = Signal(str)
    leave_out_asked = Signal(str)
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
        self.leave_out = Confirm("analysis-leave-out")
        column.addWidget(self.leave_out)
        column.addStretch(1)

    def ask_to_leave_out(self, study: str) -> None:
        """Ask whether a study goes on without the sessions for whose sake it does not open."""
        self.leave_out.ask(
            tr(
                "Once consents are in order, the study opens as it was. Or go on without the sessions that may not be "
                "analysed: what was coded, written and quoted there is removed for good."
            ),
            tr("Remove these sessions"),
            lambda: self.leave_out_asked.emit(study),
            self.open_button,
        )

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
