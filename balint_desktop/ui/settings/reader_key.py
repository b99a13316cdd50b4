"""This vault's own reader key: copy, print and save it, with the words to compare by telephone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.reports.reader_key import key_file, sheet_html
from balint_desktop.text import reader_key
from balint_desktop.ui.export.export_file import FileExport, FileForm
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import medium, quiet, small, subheading, text

PrintSheet = Callable[[QWidget, str, str], object]
"""Asks for a printer and prints HTML: parent, text, title."""


@dataclass(frozen=True, slots=True)
class ReaderKeyDeps:
    """The vault's own recipient, and what saves and prints it."""

    recipient: str
    export: FileExport
    print_sheet: PrintSheet


class ReaderKeySection(QWidget):
    """The key and its eight words, and the ways to pass it on."""

    def __init__(self, deps: ReaderKeyDeps, messages: Messages) -> None:
        super().__init__()
        self._deps, self._messages = deps, messages
        self.words = named(medium(reader_key.words_line(deps.recipient)), "reader-key-words")
        self.key = named(text("\n".join(reader_key.key_lines(deps.recipient)), selectable=True), "reader-key-own")
        self.copy_button = button(tr("Copy"), "reader-key-copy", self._on_copy)
        self.print_button = button(tr("Print…"), "reader-key-print", self._on_print)
        self.save_button = button(tr("Save…"), "reader-key-save", self._on_save)
        more = learn_more("readers", "reader-key-more")
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("My reader key")), "reader-key-heading"))
        for widget in (
            named(quiet(reader_key.about()), "reader-key-about"),
            self.key,
            flow(self.copy_button, self.print_button, self.save_button, more),
            named(text(reader_key.compare()), "reader-key-compare"),
            self.words,
            named(small(reader_key.renewal()), "reader-key-renewal"),
        ):
            column.addWidget(widget)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._deps.recipient)
        self._messages.inform(tr("Reader key copied."))

    def _on_print(self) -> None:
        self._deps.print_sheet(self, sheet_html(self._deps.recipient), tr("Reader key"))

    def _on_save(self) -> None:
        form = FileForm(tr("Text"), ".txt", "reader-key", lambda: key_file(self._deps.recipient))
        self._deps.export.save(
            self, "balint-reader-key", (form,), words=tr("Saved to {path}. It is public: safe to send.")
        )
