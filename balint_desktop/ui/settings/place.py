"""The place Settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.ui.settings.appearance import AppearanceSection
from balint_desktop.ui.settings.audit import AuditDeps, AuditSection
from balint_desktop.ui.settings.backups import BackupsSection
from balint_desktop.ui.settings.facilitator import FacilitatorDeps, FacilitatorSection
from balint_desktop.ui.settings.files import FileStore
from balint_desktop.ui.settings.floor_card import FloorCardSection
from balint_desktop.ui.settings.locking import LockingDeps, LockingSection
from balint_desktop.ui.settings.own_files import FormatsSection, QuestionnairesSection
from balint_desktop.ui.settings.renewal import RenewalSection, Renewing
from balint_desktop.ui.settings.storage import StorageSection
from balint_desktop.ui.settings.vault import VaultDeps, VaultSection
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.preferences import Preferences
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.theme.theme import Theme
from balint_desktop.ui.widgets.narrow import READABLE, narrow
from balint_desktop.ui.widgets.text import rule


@dataclass(frozen=True, slots=True)
class SettingsDeps:
    """Dependencies of Settings. `vault` and `locking` are None if no vault is open."""

    theme: Theme
    remember: Callable[[Preferences], None]
    formats: FileStore
    open_formats_folder: Callable[[], None]
    vault: VaultDeps | None
    print_floor_card: Callable[[QWidget], None]
    renewing: Renewing | None = None
    transfer: TransferService | None = None
    locking: LockingDeps | None = None
    trail: AuditDeps | None = None
    facilitator: FacilitatorDeps | None = None
    questionnaires: FileStore | None = None
    open_questionnaires_folder: Callable[[], None] = lambda: None
    language: str = ""
    speak: Callable[[str], None] = lambda _: None


class SettingsPlace(Place):
    """The sections of Settings in one column."""

    def __init__(self, deps: SettingsDeps, work: Work, messages: Messages) -> None:
        super().__init__("settings", tr("Settings"))
        self.appearance = AppearanceSection(deps.theme, deps.remember, deps.language, deps.speak)
        self.vault = VaultSection(deps.vault, work, messages) if deps.vault is not None else None
        self.locking = LockingSection(deps.locking) if deps.locking is not None else None
        self.renewal = RenewalSection(deps.renewing, work, messages) if deps.renewing is not None else None
        self.backups = BackupsSection(deps.transfer, work, messages) if deps.transfer is not None else None
        self.trail = AuditSection(deps.trail, messages) if deps.trail is not None else None
        self.facilitator = FacilitatorSection(deps.facilitator, messages) if deps.facilitator is not None else None
        self.storage = StorageSection()
        self.formats = FormatsSection(deps.formats, deps.open_formats_folder, messages)
        self.questionnaires = (
            QuestionnairesSection(deps.questionnaires, deps.open_questionnaires_folder, messages)
            if deps.questionnaires is not None
            else None
        )
        self.floor_card = FloorCardSection(deps.print_floor_card)
        kept = (self.vault, self.locking, self.renewal, self.backups, self.trail, self.storage)
        for section in (self.appearance, *kept, self.facilitator, self.floor_card, self.formats, self.questionnaires):
            if section is None:
                continue
            if section is not self.appearance:
                self.body.addWidget(rule())
            self.body.addWidget(narrow(section, READABLE))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.appearance.chosen()

    def enter_view(self) -> None:
        self.formats.refresh()
        if self.questionnaires is not None:
            self.questionnaires.refresh()
        if self.backups is not None:
            self.backups.refresh()
        if self.facilitator is not None:
            self.facilitator.refresh()
        if self.locking is not None:
            self.locking.refresh()

    def leave_view(self) -> None:
        for section in (self.vault, self.renewal, self.trail):
            if section is not None:
                section.forget()
