"""Which session formats there are, and how one is copied and changed."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.file_library import FileLine
from balint_desktop.i18n import tr
from balint_desktop.ui.messages import Messages
from balint_desktop.ui.settings_sections.files import FileBook, FilesSection, FilesWords

__all__ = ["FormatBook", "FormatLine", "FormatsSection"]

FormatBook = FileBook
FormatLine = FileLine


class FormatsSection(FilesSection):
    """The session formats."""

    def __init__(self, book: FormatBook, open_folder: Callable[[], None], messages: Messages) -> None:
        words = FilesWords(
            of="format",
            heading=tr("Session formats"),
            about=tr("To change one, copy it first; the copy is a small text file of your own."),
            text_label=tr("The format's text"),
        )
        super().__init__(words, book, open_folder, messages)
