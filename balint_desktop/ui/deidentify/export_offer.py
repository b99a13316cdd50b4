"""Export an approved text: ask what for, then where and in which form, and write it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.reports.approved_text.export import export_approved, open_purposes, suggested_name
from balint_desktop.reports.approved_text.forms import TextForm, form_of
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets.menus import open_menu, under
from balint_desktop.ui.widgets.naming import named
from balint_desktop.vault.vault import OpenVault


class ApprovedExportOffer:
    """What the page of an approved text calls to export it.

    A menu of purposes opens under the button that has the focus; only those that everyone in the session agrees to.
    """

    def __init__(self, vault: Callable[[], OpenVault], messages: Messages, ask: Ask = ask_where_to_save) -> None:
        self._vault, self._messages, self._ask = vault, messages, ask

    def __call__(self, recording: RecordingId) -> None:
        """Ask what the text of a recording is exported for."""
        with self._messages.attempt():
            purposes = open_purposes(self._vault(), recording)
            button = QApplication.focusWidget()
            if button is not None:
                open_menu(self.menu(button, recording, purposes), under(button))
            elif (window := QApplication.activeWindow()) is not None:
                # A Mac's button takes no focus when it is clicked.
                open_menu(self.menu(window, recording, purposes), QCursor.pos())

    def menu(self, parent: QWidget, recording: RecordingId, purposes: tuple[Purpose, ...]) -> QMenu:
        """Return the menu of purposes."""
        menu = named(QMenu(parent), "approved-export-menu", spoken=tr("Export the approved text"))
        for purpose in purposes:
            menu.addAction(_words(purpose), partial(self.save, parent, recording, purpose))
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        return menu

    def save(self, parent: QWidget, recording: RecordingId, purpose: Purpose) -> None:
        """Ask where, and in which form; write the file."""
        vault = self._vault()
        path = self._ask(
            parent, tr("Export the approved text"), suggested_name(vault, recording), tuple(_kinds().values())
        )
        if path is None:
            return
        if form_of(path) is None:
            path = path.with_name(f"{path.name}{TextForm.DOCX}")
        with self._messages.attempt():
            export_approved(vault, recording, purpose, path)
            show_saved(self._messages, path)


def _words(purpose: Purpose) -> str:
    return {
        Purpose.ANALYSIS: tr("For the study’s analysis…"),
        Purpose.SHARING: tr("To share outside the study…"),
    }[purpose]


def _kinds() -> dict[TextForm, str]:
    return {
        TextForm.DOCX: tr("Word, with line numbers") + " (*.docx)",
        TextForm.ODT: tr("OpenDocument, with line numbers") + " (*.odt)",
        TextForm.TXT: tr("Plain text") + " (*.txt)",
        TextForm.VTT: tr("Subtitles") + " (*.vtt)",
    }
