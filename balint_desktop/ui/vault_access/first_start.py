"""First start: the pages from the choice to the new vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.vault_access.choice import ChoicePage
from balint_desktop.ui.widgets.lifetime import subscribe, while_alive
from balint_desktop.ui.widgets.pages import Pages

if TYPE_CHECKING:
    from balint_desktop.ui.vault_access.passphrase_fields import Estimate
    from balint_desktop.ui.vault_access.passphrase_page import PassphrasePage
    from balint_desktop.ui.vault_access.recovery_page import RecoveryPage
    from balint_desktop.ui.vault_access.restore_page import RestorePage
    from balint_desktop.ui.vault_access.type_back_page import TypeBackPage

Create = Callable[[str, Callable[[str], None], Callable[[Trouble], None]], None]
"""Creates a vault with a passphrase; calls back with the recovery key's text, or a Trouble."""


@dataclass(frozen=True, slots=True)
class SettingUp:
    """Dependencies of first start.

    `create` makes the vault in a staging folder; `confirm` moves it into place once the key was typed back, and
    may raise Trouble. `restore_page` builds the restore page, whose imports the first paint does not need.
    """

    create: Create
    confirm: Callable[[], None]
    estimate: Estimate
    print_key: Callable[[QWidget, str], None]
    restore_page: Callable[[], RestorePage] | None = None


class FirstStart(Place):
    """The gate of the first start. The passphrase and the key live only as long as these pages."""

    try_asked = Signal()
    made = Signal(str)
    restored = Signal(object)

    def __init__(self, work: Work, messages: Messages, setting_up: SettingUp) -> None:
        super().__init__("first-start", tr("Welcome"), centred=True)
        self._work = work
        self._messages = messages
        self._setting_up = setting_up
        self._key = ""
        self._passphrase = ""
        if self.heading_label is not None:
            self.heading_label.hide()
        self.pages = Pages()
        self.choice = ChoicePage()
        self.recovery_page: RecoveryPage | None = None
        self.type_back_page: TypeBackPage | None = None
        self.pages.add(self.choice)
        self.restore_page: RestorePage | None = None
        self.choice.restore_button.setVisible(setting_up.restore_page is not None)
        self.choice.restore_asked.connect(self._on_restore_asked)
        self.body.addWidget(self.pages)
        self.choice.try_asked.connect(self.try_asked)
        self.choice.set_up_asked.connect(lambda: self._show(self.passphrase_page, self.passphrase_page.fields.first))

    @cached_property
    def passphrase_page(self) -> PassphrasePage:
        """The page where the passphrase is chosen, built on first use: not needed for the first paint."""
        from balint_desktop.ui.vault_access.passphrase_page import PassphrasePage  # noqa: PLC0415  built on first use

        page = PassphrasePage(self._work, self._setting_up.estimate)
        self.pages.add(page)
        page.back_asked.connect(lambda: self._show(self.choice, self.choice.set_up_button))
        page.chosen.connect(self._on_passphrase)
        return page

    def _on_restore_asked(self) -> None:
        if self.restore_page is None and self._setting_up.restore_page is not None:
            self.restore_page = page = self._setting_up.restore_page()
            self.pages.add(page)
            subscribe(self, page.back_asked, lambda: self._show(self.choice, self.choice.restore_button))
            page.restored.connect(self.restored)
        if self.restore_page is not None:
            self._show(self.restore_page, self.restore_page.choose_button)

    def first_focus(self) -> QWidget:
        return self.choice.try_button

    def _show(self, page: QWidget, focus: QWidget) -> None:
        self._messages.clear()
        self.pages.show_page(page)
        focus.setFocus()

    def _on_passphrase(self, passphrase: str) -> None:
        self._messages.clear()
        self._passphrase = passphrase
        self.passphrase_page.set_making(True)
        made, failed = while_alive(self, self._on_created), while_alive(self, self._on_not_created)
        self._setting_up.create(passphrase, made, failed)

    def _on_not_created(self, trouble: Trouble) -> None:
        self.passphrase_page.set_making(False)
        self._messages.trouble(trouble)

    def _on_created(self, key: str) -> None:
        from balint_desktop.ui.vault_access.recovery_page import RecoveryPage  # noqa: PLC0415  built on first use
        from balint_desktop.ui.vault_access.type_back_page import TypeBackPage  # noqa: PLC0415  built on first use

        self._key = key
        self.passphrase_page.set_making(False)
        self.passphrase_page.fields.clear()
        self.recovery_page = RecoveryPage(key)
        self.type_back_page = TypeBackPage(key)
        for page in (self.recovery_page, self.type_back_page):
            self.pages.add(page)
        self.recovery_page.next_asked.connect(self._show_type_back)
        self.recovery_page.print_asked.connect(lambda: self._setting_up.print_key(self, self._key))
        self.type_back_page.back_asked.connect(self._show_recovery)
        self.type_back_page.confirmed.connect(self._on_confirmed)
        self._show_recovery()

    def _show_recovery(self) -> None:
        if self.recovery_page is not None:
            self._show(self.recovery_page, self.recovery_page.next_button)

    def _show_type_back(self) -> None:
        if self.type_back_page is not None:
            self._show(self.type_back_page, self.type_back_page.fields[0])

    def _on_confirmed(self) -> None:
        with self._messages.attempt():
            self._setting_up.confirm()
            if self.type_back_page is not None:
                self.type_back_page.set_opening(True)
            self._key = ""
            passphrase, self._passphrase = self._passphrase, ""
            self.made.emit(passphrase)
