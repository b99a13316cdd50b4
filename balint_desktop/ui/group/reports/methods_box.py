"""Show, copy or save the methods paragraph and COREQ items."""

from __future__ import annotations

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.doors import Door
from balint_desktop.i18n import tr
from balint_desktop.reports.coreq import as_text
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.export.name_gate import copied
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.clipboard import GatedText, copy_text
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.naming import named

_LINES = 12


class MethodsBox(ExportOffer):
    """The offer, and the text below it on request. Unknown values are left in square brackets."""

    def __init__(self, deps: ReportDeps) -> None:
        self._deps = deps
        self._group: Group | None = None
        self.show_button = button(tr("Show the text"), "methods-show", self.show_text)
        self.copy_button = button(tr("Copy"), "methods-copy", self.copy)
        self.save_button = button(tr("Export as text…"), "methods-save", self.save)
        super().__init__(
            "report-methods",
            tr("Methods paragraph and COREQ items"),
            tr("Every number is counted from the log; what it cannot know is marked. For a paper."),
            *(self.show_button, self.copy_button, self.save_button),
        )
        self.text = named(GatedText(Door.METHODS), "methods-text", spoken=tr("Methods paragraph and COREQ items"))
        self.text.setTabChangesFocus(True)
        self.more.addWidget(self.text)

    def show_group(self, group: Group) -> None:
        """Switch to another group; its text is shown on request."""
        self._group = group
        self.text.clear()
        self.text.hide()

    def show_text(self) -> None:
        """Show the text built from the current log."""
        self.text.setPlainText(self._methods_text())
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES)
        self.text.setVisible(bool(self.text.toPlainText()))

    def copy(self) -> None:
        """Copy the text to the clipboard."""
        content = self._methods_text()
        if content and self._group is not None:
            with self._deps.messages.attempt():
                self._deps.export.pass_names(Door.METHODS, (copied(content),), self._group.id)
                self._deps.export.note("methods-copied", self._group.id)
                if copy_text(Door.METHODS, content):
                    self._deps.messages.inform(tr("Copied. Please complete the parts in square brackets."))

    def save(self) -> None:
        """Ask for a destination and write the text."""
        group = self._group
        if group is None:
            return
        form = FileForm(
            tr("Text"), ".txt", "methods", lambda: as_text(self._deps.service.account(group), day_words).encode()
        )
        self._deps.export.save(self, file_stem("methods", group.name), (form,), group.id)

    def _methods_text(self) -> str:
        if self._group is None:
            return ""
        with self._deps.messages.attempt():
            # What is on the page can be copied from it.
            self._deps.export.pass_door("methods", self._group.id)
            return as_text(self._deps.service.account(self._group), day_words)
        return ""
