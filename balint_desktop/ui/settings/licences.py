"""The version, and the licences of what the app is made with."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from balint_desktop import __version__
from balint_desktop.i18n import tr, tr_in
from balint_desktop.library.notices import LicenceNotice, read_notices
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading

_LINES = 16


class LicencesSection(QWidget):
    """The version, and a button that opens the licences: a list to choose from, and the whole text."""

    def __init__(self) -> None:
        super().__init__()
        self._notices: tuple[LicenceNotice, ...] = ()
        self.show_button = button(tr("Show licences"), "licences-show", self._on_show, ButtonKind.QUIET)
        self.choice = named(ChoiceField(), "licences-choice", spoken=tr("Component"))
        self.text = named(QPlainTextEdit(), "licences-text", spoken=tr("Licence"))
        self.text.setReadOnly(True)
        # The tab key leaves it, as everywhere.
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * _LINES)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr_in("settings", "About")), "about-heading"))
        version = tr("Balint Desktop {version}, free software under the MIT licence. It never uses a network.")
        column.addWidget(named(quiet(version.format(version=__version__)), "about-version"))
        others = tr("It is built with Qt and other people’s work, each under its own licence.")
        column.addWidget(named(quiet(others), "about-others"))
        column.addWidget(flow(self.show_button))
        column.addWidget(self.choice)
        column.addWidget(self.text)
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self._show_licences(shown=False)

    def _on_show(self) -> None:
        if not self._notices:
            self._notices = read_notices()
            self.choice.addItems([f"{one.name} ({one.licence})" for one in self._notices])
        self._show_licences(shown=self.choice.isHidden())

    def _show_licences(self, *, shown: bool) -> None:
        self.choice.setVisible(shown)
        self.text.setVisible(shown)
        self.show_button.setText(tr("Hide licences") if shown else tr("Show licences"))

    def _on_chosen(self, place: int) -> None:
        if 0 <= place < len(self._notices):
            self.text.setPlainText(self._notices[place].text)
