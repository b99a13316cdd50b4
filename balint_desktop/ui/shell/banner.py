"""A message strip in the page, with up to two actions and Dismiss."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Message, MessageKind, Messages
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class Banner(QFrame):
    """Shows the last message until dismissed or replaced. It takes no focus and covers nothing."""

    def __init__(self, messages: Messages, identifier: str = "banner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, identifier, spoken=tr("Message"))
        self._message: Message | None = None
        self._words = named(text("", selectable=True), f"{identifier}-words")
        self._action = button("", f"{identifier}-action", self._on_action)
        self._second_action = button("", f"{identifier}-second-action", self._on_second_action)
        self._away = button(
            tr("Dismiss"), f"{identifier}-away", messages.clear, ButtonKind.QUIET, shortcut="Ctrl+Backspace"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(flow(self._action, self._second_action, self._away))
        self.hide()
        messages.shown.connect(self._on_said)
        messages.cleared.connect(self.hide)

    @property
    def words(self) -> str:
        """The banner's text, empty while hidden."""
        return self._words.text() if not self.isHidden() else ""

    def _on_said(self, message: Message) -> None:
        self._message = message
        self._words.setText(message.text)
        # The banner outlives a change of language.
        set_words(self._away, tr("Dismiss"))
        self._action.setText(message.action)
        self._action.setVisible(bool(message.action))
        self._second_action.setText(message.second_action)
        self._second_action.setVisible(bool(message.second_action))
        self.setProperty("kind", "trouble" if message.kind is MessageKind.TROUBLE else "banner")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        announce(self, message.text)

    def _on_action(self) -> None:
        if self._message is not None and self._message.on_action is not None:
            self._message.on_action()

    def _on_second_action(self) -> None:
        if self._message is not None and self._message.on_second_action is not None:
            self._message.on_second_action()
