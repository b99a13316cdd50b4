"""What Settings changes: the window always, the vault where one is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from balint_desktop.app.reports import accounts_of
from balint_desktop.app.transfer import carriage_of
from balint_desktop.sealed.disk import make_private_folder
from balint_desktop.text import audit
from balint_desktop.ui.export.printing import print_floor_card
from balint_desktop.ui.settings.audit import TrailCare
from balint_desktop.ui.settings.facilitator import FacilitatorCare
from balint_desktop.ui.settings.locking import LockingCare
from balint_desktop.ui.settings.place import SettingsNeeds, SettingsPlace
from balint_desktop.ui.settings.vault import VaultCare
from balint_desktop.ui.vault_access.strength import strength_of

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_settings(owner: Owner) -> SettingsPlace:
    """Build the place where things are set."""
    vault = owner.vault
    needs = SettingsNeeds(
        theme=owner.theme,
        remember=owner.preferences.save,
        formats=owner.formats,
        open_formats_folder=lambda: _open_folder(owner.data.formats),
        vault=_vault_care(owner) if vault is not None else None,
        renewing=owner.keys.renewing() if vault is not None else None,
        questionnaires=owner.questionnaires,
        open_questionnaires_folder=lambda: _open_folder(owner.data.questionnaires),
        print_floor_card=print_floor_card,
        carriage=carriage_of(owner) if vault is not None else None,
        locking=_locking_care(owner) if vault is not None else None,
        trail=_trail_care(owner) if vault is not None else None,
        facilitator=_facilitator_care(owner) if vault is not None else None,
    )
    return SettingsPlace(needs, owner.work, owner.messages)


def _vault_care(owner: Owner) -> VaultCare:
    return VaultCare(
        folder=str(owner.open_vault().folder),
        lock=owner.locking.lock,
        open_folder=lambda: _open_folder(owner.data.vault),
        change=owner.keys.change_passphrase,
        estimate=strength_of,
    )


def _facilitator_care(owner: Owner) -> FacilitatorCare:
    accounts = accounts_of(owner)
    return FacilitatorCare(accounts.facilitator, accounts.set_facilitator)


def _locking_care(owner: Owner) -> LockingCare:
    warden = owner.locking.warden
    return LockingCare(warden.minutes, owner.locking.choose_minutes, lambda: warden.knows_screen)


def _trail_care(owner: Owner) -> TrailCare:
    log = owner.open_vault().log
    return TrailCare(
        lines=lambda: audit.lines(log),
        count=log.audit.count,
        broken_at=log.audit.broken_at,
        head=log.audit.head_words,
        place_of=log.audit.place_of,
        memory=owner.tables,
    )


def _open_folder(folder: Path) -> None:
    """Show a folder in the system's own file browser, made if it is not there yet. Raise Trouble."""
    make_private_folder(folder)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
