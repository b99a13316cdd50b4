"""Form for a certificate of attendance."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit

from balint_desktop.domain.group.group import Group
from balint_desktop.i18n import tr
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.group.reports.certificate import Certified, certificate
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small

_LONGEST = 120
_SHOWN = 32


class CertificateForm(ExportOffer):
    """The form. Name and tick apply to one certificate: both are cleared after saving or leaving the page."""

    def __init__(self, deps: ReportDeps) -> None:
        self._deps = deps
        self._group: Group | None = None
        self.code = ChoiceField()
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.name.setMinimumWidth(self.name.fontMetrics().averageCharWidth() * _SHOWN)
        self.name.setPlaceholderText(tr("the code alone"))
        self.presented = named(
            QCheckBox(tr("This person asked that the number of cases they presented be told")), "certificate-presented"
        )
        self.roster_button = button(tr("Take the name from the roster"), "certificate-roster", self.fill_name)
        self.save_button = button(tr("Save the certificate as PDF…"), "certificate-save", self.save)
        super().__init__(
            "report-certificate",
            tr("Certificate of attendance"),
            tr("The sessions one participant attended. For that person, such as for a portfolio."),
            self.save_button,
            self.roster_button,
        )
        self.more.addWidget(
            side_by_side(
                (tr("Participant"), self.code, "certificate-code"), (tr("Name on it"), self.name, "certificate-name")
            )
        )
        self.more.addWidget(self.presented)
        self.more.addWidget(
            small(tr("With a name on it, the file’s name says with-name. The tick holds for one certificate."))
        )
        self.code.currentIndexChanged.connect(self.forget)

    def show_group(self, group: Group) -> None:
        """Offer the group's participants."""
        before = self.code.currentText() if self._group is not None and self._group.id == group.id else ""
        self._group = group
        self.code.blockSignals(True)
        self.code.clear()
        self.code.addItems([member.code for member in group.participants])
        self.code.setCurrentIndex(max(0, self.code.findText(before)))
        self.code.blockSignals(False)
        for widget in (self.save_button, self.roster_button):
            widget.setEnabled(self.code.count() > 0)

    def forget(self) -> None:
        """Clear the values that apply to one certificate."""
        self.name.clear()
        self.presented.setChecked(False)

    def fill_name(self) -> None:
        """Fill in the name from the roster, if there is one."""
        who = self._who()
        if who is None or self._group is None:
            return
        with self._deps.messages.attempt():
            name = self._deps.service.name_of(self._group.id, who.code)
            if name:
                self.name.setText(name)
            else:
                self._deps.messages.inform(tr("The roster has no name for {code}.").format(code=who.code))

    def save(self) -> None:
        """Ask for a destination and write the certificate."""
        who, group = self._who(), self._group
        if who is None or group is None:
            return

        def content() -> bytes:
            title = tr("Certificate of attendance")
            return paper.pdf(certificate(self._deps.service.account(group), who), title)

        form = FileForm(tr("PDF"), ".pdf", "certificate", content)
        stem = file_stem("attendance", group.name, who.code)
        if self._deps.export.save(self, stem, (form,), group.id, with_name=bool(who.name)) is not None:
            self.forget()

    def _who(self) -> Certified | None:
        index = self.code.currentIndex()
        if self._group is None or not 0 <= index < len(self._group.participants):
            return None
        name = " ".join(self.name.text().split())
        return Certified(self._group.participants[index].code, name, self.presented.isChecked())
