"""The sections of Settings for session formats and questionnaires: list, copy, edit."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import translated_format
from balint_desktop.text.trouble import format_reason
from balint_desktop.ui.export.hour_card import hour_card
from balint_desktop.ui.export.name_gate import PassFile
from balint_desktop.ui.export.printing import print_hour_card
from balint_desktop.ui.group.reports.card_offer import CardOffer
from balint_desktop.ui.settings.files import FilesSection, FileStore, FilesWords
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.tab_order import follow_layout


class FormatsSection(FilesSection):
    """The session formats. `pass_file` asks the gate of names about a card."""

    def __init__(
        self,
        store: FileStore,
        open_folder: Callable[[], None],
        messages: Messages,
        pass_file: PassFile,
        drafts: Drafts | None = None,
    ) -> None:
        self._pass_file = pass_file
        super().__init__(store, open_folder, messages, drafts)

    def describe(self) -> FilesWords:
        return FilesWords(
            kind="format",
            heading=tr("Session formats"),
            about=tr("To change a format, copy it first. The copy is a small text file of your own."),
            text_label=tr("Text of the format"),
        )

    def change(self, key: str) -> None:
        super().change(key)
        if self.editor is not None:
            self.editor.body.addWidget(
                CardOffer(lambda: self._card_html(key), print_hour_card, self._pass_file, self._messages)
            )
            follow_layout(self)

    def _card_html(self, key: str) -> str:
        """Return the HTML card of the format being edited. Raise Trouble if it is invalid."""
        typed = self.editor.field.toPlainText() if self.editor is not None else self._store.text(key)
        try:
            return hour_card(translated_format(parse_format(typed)))
        except FormatError as error:
            raise Trouble(TroubleCode.FORMAT_INVALID, name=key, line=error.line, reason=format_reason(error)) from error


class QuestionnairesSection(FilesSection):
    """The questionnaires. The seven core questions belong to the session's format."""

    def describe(self) -> FilesWords:
        return FilesWords(
            kind="questionnaire",
            heading=tr("Questionnaires"),
            about=tr(
                "For the written part of an evaluation. To write your own, copy one and change it; most published "
                "questionnaires need a licence, so do not add copyrighted ones. The questions asked aloud are in the "
                "session format “Evaluation session”."
            ),
            text_label=tr("Text of the questionnaire"),
        )
