"""Form for certificates of attendance: for everyone at once, or for one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.ui.export.export_file import WITH_NAME, FileForm, NamedFile, file_stem
from balint_desktop.ui.group.reports.certificate import Certified, certificates
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.widgets.buttons import button, set_words
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import labelled, side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.text import small

_LONGEST = 120
_SHOWN = 32
_EVERYONE = 0


class CertificateForm(ExportOffer):
    """The form. Names and the tick apply to one export: they are cleared after saving or leaving the page."""

    def __init__(self, deps: ReportDeps) -> None:
        self._deps = deps
        self._group: Group | None = None
        # A certificate of no session at all would say so to anyone who reads it: there is none.
        self._attended: tuple[ParticipantCode, ...] = ()
        self.who = ChoiceField()
        self.institution = self._line(tr("not printed"))
        self.name = self._line(tr("the code only"))
        self.with_names = named(QCheckBox(tr("With the names in the roster")), "certificate-with-names")
        self.one_file_each = named(QCheckBox(tr("A separate PDF for each person")), "certificate-one-each")
        self.presented = named(
            QCheckBox(tr("This person asked for the number of cases they presented to be shown")),
            "certificate-presented",
        )
        self.roster_button = button(tr("Fill in from the roster"), "certificate-roster", self.fill_name)
        self.save_button = button("", "certificate-save", self.save)
        super().__init__(
            "report-certificate",
            tr("Certificates of attendance"),
            tr("The sessions each person attended, with lines to sign. For a portfolio."),
            self.save_button,
            self.roster_button,
        )
        self._name_row = narrow(labelled(tr("Name on it"), self.name, "certificate-name"))
        self.more.addWidget(
            side_by_side(
                (tr("For"), self.who, "certificate-code"),
                (tr("Institution"), self.institution, "certificate-institution"),
            )
        )
        for widget in (self._name_row, self.presented, self.with_names, self.one_file_each):
            self.more.addWidget(widget)
        self.more.addWidget(small(tr("With names, the file name includes “with-name”.")))
        self.who.currentIndexChanged.connect(lambda _index: self._on_who_changed())

    def show_account(self, account: GroupAccount) -> None:
        """Offer the group's participants. Raise Trouble."""
        group = account.group
        before = self.who.currentIndex() if self._group is not None and self._group.id == group.id else _EVERYONE
        self._group = group
        self._attended = tuple(code for code in account.members if account.attended(code))
        self.institution.setText(self._deps.service.institution())
        self.who.blockSignals(True)
        self.who.clear()
        self.who.addItem(tr("Everyone who attended"))
        self.who.addItems([member.code for member in group.participants])
        self.who.setCurrentIndex(before if 0 <= before < self.who.count() else _EVERYONE)
        self.who.blockSignals(False)
        self._show_fields()

    def forget(self) -> None:
        """Clear the values that apply to one export."""
        self.name.clear()
        for tick in (self.presented, self.with_names):
            tick.setChecked(False)

    def fill_name(self) -> None:
        """Fill in one person's name from the roster, if it has one."""
        group, code = self._group, self._chosen_code()
        if group is None or code is None:
            return
        with self._deps.messages.attempt():
            name = self._deps.service.name_of(group.id, code)
            if name:
                self.name.setText(name)
            else:
                self._deps.messages.inform(tr("The roster has no name for {code}.").format(code=code))

    def save(self) -> None:
        """Ask for a destination and write the certificates."""
        if self._group is None:
            return
        code = self._chosen_code()
        if code is not None:
            self._save_one(self._group, code)
        elif self._attended:
            self._save_everyone(self._group)

    def _save_one(self, group: Group, code: ParticipantCode) -> None:
        who = Certified(code, one_line(self.name.text()), self.presented.isChecked())
        self._save_pdf(group, (who,), file_stem("attendance", group.name, code), with_name=bool(who.name))

    def _save_everyone(self, group: Group) -> None:
        with self._deps.messages.attempt():
            names = self._deps.service.names(group.id) if self.with_names.isChecked() else {}
            people = [Certified(code, names.get(code, "")) for code in self._attended]
            if self.with_names.isChecked() and not any(who.name for who in people):
                self._deps.messages.inform(tr("The roster has no names for this group."))
            elif self.one_file_each.isChecked():
                self._save_separately(group, people)
            else:
                with_name = any(who.name for who in people)
                self._save_pdf(group, people, file_stem("attendance", group.name), with_name=with_name)

    def _save_pdf(self, group: Group, people: Sequence[Certified], stem: str, *, with_name: bool) -> None:
        form = FileForm(tr("PDF"), ".pdf", "certificate", lambda: self._content(group, people))
        if self._deps.export.save(self, stem, (form,), group.id, with_name=with_name) is not None:
            self.forget()

    def _save_separately(self, group: Group, people: Sequence[Certified]) -> None:
        def files() -> list[NamedFile]:
            return [NamedFile(_file_name(group, who), self._content(group, (who,))) for who in people]

        named_people = any(who.name for who in people)
        if self._deps.export.save_each(self, files, "certificate", group.id, with_name=named_people):
            self.forget()

    def _content(self, group: Group, people: Sequence[Certified]) -> bytes:
        institution = one_line(self.institution.text())
        self._deps.service.set_institution(institution)
        return certificates(self._deps.service.account(group), people, institution)

    # --- fields ---

    def _line(self, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(_LONGEST)
        line.setMinimumWidth(line.fontMetrics().averageCharWidth() * _SHOWN)
        line.setPlaceholderText(placeholder)
        return line

    def _on_who_changed(self) -> None:
        self.forget()
        self._show_fields()

    def _show_fields(self) -> None:
        one = self._chosen_code() is not None
        of_one: tuple[QWidget, ...] = (self._name_row, self.presented, self.roster_button)
        for widget in of_one:
            widget.setVisible(one)
        for widget in (self.with_names, self.one_file_each):
            widget.setVisible(not one)
        count = 1 if one else len(self._attended)
        words = tr_n("Export certificate as PDF…", "Export {n} certificates as PDF…", count)
        set_words(self.save_button, words.format(n=count))
        self.save_button.setEnabled(count > 0)

    def _chosen_code(self) -> ParticipantCode | None:
        """Return the person chosen, None for everyone."""
        index = self.who.currentIndex() - 1
        members = self._group.participants if self._group is not None else ()
        return members[index].code if 0 <= index < len(members) else None


def _file_name(group: Group, who: Certified) -> str:
    marked = (WITH_NAME,) if who.name else ()
    return file_stem("attendance", group.name, who.code, *marked) + ".pdf"
