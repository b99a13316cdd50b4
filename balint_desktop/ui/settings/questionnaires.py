"""Questionnaires: list, copy, edit."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.i18n import tr
from balint_desktop.ui.settings.files import FilesSection, FileStore, FilesWords
from balint_desktop.ui.shell.messages import Messages


class QuestionnairesSection(FilesSection):
    """The questionnaires. The seven core questions belong to the session's format."""

    def __init__(self, book: FileStore, open_folder: Callable[[], None], messages: Messages) -> None:
        words = FilesWords(
            kind="questionnaire",
            heading=tr("Questionnaires"),
            about=tr(
                "Statements and free lines for the written part of an evaluation. To write your own, copy one and "
                "change it. The core questions of the talk stand in the session format “Evaluation session”, above: "
                "copy and change that for others. Put in nothing that is somebody’s to license."
            ),
            text_label=tr("The questionnaire's text"),
        )
        super().__init__(words, book, open_folder, messages)
