"""Colleagues one leads with: a label, and whether accredited."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.accreditation.values import Colleague, ColleagueId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import accreditation
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.entries import EntryForm, EntrySection
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.narrow import FIELD, narrow
from balint_desktop.ui.widgets.table import ColumnSpec, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row


class ColleagueForm(EntryForm[Colleague]):
    """Form for a colleague: label, and whether accredited."""

    def __init__(self) -> None:
        super().__init__("colleague")
        self._id = ColleagueId("")
        self.label = QLineEdit()
        self.label.returnPressed.connect(self.save)
        self.accredited = ChoiceField()
        for label, known in ((tr("Not stated"), None), (tr("Accredited"), True), (tr("Not accredited"), False)):
            self.accredited.addItem(label, known)
        form = Form()
        form.row(
            tr("Label"), self.label, "colleague-label", tr("Initials are enough. Colleagues only, never students.")
        )
        form.row(tr("Accredited as a Balint leader"), self.accredited, "colleague-accredited")
        self.column.addWidget(narrow(form, FIELD))
        self.finish()

    def show_entry(self, entry: Colleague | None) -> None:
        self.title.setText(tr("Add a colleague") if entry is None else tr("Edit colleague"))
        if entry is not None:
            self._id = entry.id
            self.label.setText(entry.label)
            self.accredited.setCurrentIndex([None, True, False].index(entry.accredited))

    def entry(self) -> Colleague:
        return Colleague(self._id, self.label.text(), [None, True, False][self.accredited.currentIndex()])

    def first_field(self) -> QWidget:
        return self.label


class ColleaguesSection(EntrySection[Colleague]):
    """Colleagues with their numbers of sessions."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__(
            "colleagues",
            deps,
            (
                ColumnSpec("label", tr("Label")),
                ColumnSpec("accredited", tr("Accredited")),
                ColumnSpec("sessions", tr("Sessions"), is_number=True),
            ),
            (
                tr("Colleagues"),
                tr("No colleagues yet. Co-leaders and observers you add here can be chosen at Get ready."),
                tr("Add a colleague"),
            ),
        )

    def read(self) -> dict[str, tuple[Colleague, TableRow]]:
        return {one.id: (one, self._row(one)) for one in self.deps.service.colleagues()}

    def make_form(self) -> EntryForm[Colleague]:
        return ColleagueForm()

    def save_entry(self, entry: Colleague) -> None:
        service, label = self.deps.service, " ".join(entry.label.split())
        if entry.id:
            message = tr("{label} was updated.").format(label=label)
            self.deps.run_undoable(lambda: service.change_colleague(entry), message)
        else:
            message = tr("{label} was added.").format(label=label)
            self.deps.run_undoable(lambda: service.add_colleague(entry.label, accredited=entry.accredited)[1], message)

    def remove(self, entry: Colleague) -> None:
        service = self.deps.service
        times = service.count_sessions(entry.id)
        message = tr_n(
            "{label} was deleted, and removed from {n} session.",
            "{label} was deleted, and removed from {n} sessions.",
            times,
        )
        message = message if times else tr("{label} was deleted.")
        self.deps.run_undoable(lambda: service.remove_colleague(entry.id), message.format(label=entry.label, n=times))

    def _row(self, one: Colleague) -> TableRow:
        times = self.deps.service.count_sessions(one.id)
        return row(one.id, (one.label, accreditation.accredited(known=one.accredited), Cell(str(times), times)))
