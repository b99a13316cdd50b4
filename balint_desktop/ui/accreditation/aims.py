"""Edit accreditation aims: from scratch, or from a society's pathway."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from balint_desktop.domain.accreditation.pathways import MAX_WANTED, Aim, Pathway
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.i18n import tr
from balint_desktop.reports.accreditation_service import shipped_pathways
from balint_desktop.text import accreditation
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small, subheading


class AimsForm(QWidget):
    """Form with a name and a line per aim. It emits `saved` with the changed pathway."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, pathway: Pathway) -> None:
        super().__init__()
        named(self, "aims")
        self._pathway = pathway
        self.name = QLineEdit()
        self.lines: list[AimLine] = []
        self._made = 0
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.about = named(quiet(""), "aims-about")
        self.starts = {one.key: self._start_button(one) for one in shipped_pathways()}
        self.add_button = button(tr("Add an aim"), "aims-add", self._on_add)
        self.save_button = button(tr("Save"), "aims-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), "aims-cancel", self.cancelled.emit, escape=EscapeRole.CANCEL)
        self._build()
        self.show_pathway(pathway)

    def _start_button(self, pathway: Pathway) -> QPushButton:
        return button(
            pathway.name,
            f"aims-start-{pathway.key}",
            lambda: self.show_pathway(pathway),
            description=tr("Replace the aims below with these"),
        )

    def _build(self) -> None:
        column = column_in(self)
        column.setSpacing(14)
        column.addWidget(named(subheading(tr("Set aims")), "aims-heading"))
        column.addWidget(
            named(
                small(
                    tr(
                        "Start from a society’s figures and adjust them. Check the society’s own page for the current "
                        "requirements."
                    )
                ),
                "aims-start",
            )
        )
        column.addWidget(flow(*self.starts.values()))
        form = Form()
        form.row(tr("Name"), self.name, "aims-name")
        column.addWidget(form)
        column.addWidget(self.about)
        column.addLayout(self._rows)
        column.addWidget(flow(self.add_button))
        column.addWidget(flow(self.save_button, self.cancel_button))
        column.addStretch(1)

    def show_pathway(self, pathway: Pathway) -> None:
        """Fill the form from a pathway."""
        self._pathway = pathway
        self.name.setText(pathway.name)
        parts = [pathway.about]
        if pathway.source:
            parts.append(tr("Based on {source}; {dated}.").format(source=pathway.source, dated=pathway.dated))
        self.about.setText(" ".join(part for part in parts if part))
        self.about.setVisible(bool(self.about.text()))
        for line in list(self.lines):
            self._drop(line)
        for aim in pathway.aims:
            self._add_line(aim)
        follow_layout(self)

    def pathway(self) -> Pathway:
        """Return the pathway from the form's values."""
        entered = self.entered()
        if not entered.aims:
            # Without an aim, a source refers to nothing.
            return Pathway()
        return replace(entered, name=entered.name or tr("My aims"))

    def entered(self) -> Pathway:
        """Return what is entered so far, a name without an aim included."""
        name = " ".join(self.name.text().split())
        return replace(self._pathway, name=name, aims=tuple(line.aim() for line in self.lines))

    def save(self) -> None:
        """Emit the aims."""
        self.saved.emit(self.pathway())

    def first_field(self) -> QWidget:
        """Return the field that gets the focus first."""
        return next(iter(self.starts.values()))

    def _on_add(self) -> None:
        taken = {line.aim().measure for line in self.lines}
        free = next((measure for measure in Measure if measure not in taken), Measure.SESSIONS)
        line = self._add_line(Aim(free, 1))
        follow_layout(self)
        line.measure.setFocus()

    def _add_line(self, aim: Aim) -> AimLine:
        self._made += 1
        line = AimLine(aim, self._made)
        line.removed.connect(lambda: self._on_removed(line))
        self.lines.append(line)
        self._rows.addWidget(line)
        return line

    def _on_removed(self, line: AimLine) -> None:
        self._drop(line)
        follow_layout(self)
        self.add_button.setFocus()

    def _drop(self, line: AimLine) -> None:
        self.lines.remove(line)
        layouts.discard(self._rows, line)


class AimLine(QWidget):
    """One aim: measure and number, with its note."""

    removed = Signal()

    def __init__(self, aim: Aim, number: int) -> None:
        super().__init__()
        self._aim = aim
        self.measure = named(ChoiceField(), f"aim-{number}-measure", spoken=tr("What counts"))
        for one in Measure:
            self.measure.addItem(accreditation.measure(one), one)
        self.measure.setCurrentIndex(self.measure.findData(aim.measure))
        self.wanted: QSpinBox = named(NumberField(1, MAX_WANTED, aim.target), f"aim-{number}-wanted", spoken=tr("Aim"))
        remove = button(
            tr("Delete"), f"aim-{number}-remove", self.removed.emit, ButtonKind.QUIET, description=tr("This aim")
        )
        column = layouts.column(self, 2)
        column.addWidget(flow(self.measure, self.wanted, remove))
        note = "; ".join(part for part in (tr("recommended") if aim.desirable else "", aim.note) if part)
        if note:
            column.addWidget(named(small(note), f"aim-{number}-note"))

    def aim(self) -> Aim:
        """Return the aim from the line's values."""
        measure = Measure(self.measure.currentData())
        if measure is not self._aim.measure:
            # A note on one measure does not apply to another.
            return Aim(measure, self.wanted.value())
        return replace(self._aim, target=self.wanted.value())
