"""Offer the session card as PDF or print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export.export_file import file_stem, named_path
from balint_desktop.ui.export.hour_card import A4, A5, card_pdf
from balint_desktop.ui.export.name_gate import PassFile, outgoing, printed
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets.buttons import button

Html = Callable[[], str]
"""Returns the card as it is now. Raises Trouble."""


class CardOffer(ExportOffer):
    """The offer. The card holds the format and its words and no session data, so it adds no audit row."""

    def __init__(
        self,
        html: Html,
        print_card: Callable[[QWidget, str], None],
        pass_file: PassFile,
        messages: Messages,
        ask: Ask = ask_where_to_save,
    ) -> None:
        self._html, self._print, self._messages, self._ask = html, print_card, messages, ask
        self._pass_file = pass_file
        self.print_button = button(tr("Print…"), "hour-card-print", self.print_it)
        self.a4_button = button(tr("Export for A4…"), "hour-card-a4", lambda: self.save(A4, "a4"))
        self.a5_button = button(tr("Export for A5…"), "hour-card-a5", lambda: self.save(A5, "a5"))
        super().__init__(
            "hour-card",
            tr("Session card"),
            tr("Phases with their times, words to say and the fixed marks, on one page. For use on paper."),
            *(self.print_button, self.a4_button, self.a5_button),
        )

    def print_it(self) -> None:
        """Ask for a printer and print the card."""
        html = self._card_html()
        if html and self._messages.attempted(lambda: self._pass_file(printed(html))):
            self._print(self, html)

    def save(self, size: QPageSize.PageSizeId, name: str) -> None:
        """Ask for a destination and write the card."""
        html = self._card_html()
        if not html:
            return
        asked = self._ask(self, tr("Session card"), file_stem("session-card", name) + ".pdf", (tr("PDF") + " (*.pdf)",))
        if asked is None:
            return
        path = named_path(asked, ".pdf", with_name=False)
        with self._messages.attempt():
            content = card_pdf(html, tr("Session card"), size)
            self._pass_file(outgoing(path, content))
            write_new(path, (content,))
            show_saved(self._messages, path, tr("Exported to {path}."))

    def _card_html(self) -> str:
        with self._messages.attempt():
            return self._html()
        return ""
