"""Build Settings: those of the window always, those of the vault where one is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from balint_desktop.app.context import AppContext
from balint_desktop.app.keys import KeyChanges
from balint_desktop.app.locking import Locking
from balint_desktop.app.vault_services import (
    export_service,
    form_drafts,
    name_gate,
    report_accounts,
    transfer_service,
)
from balint_desktop.sealed.disk import make_private_folder
from balint_desktop.text import audit
from balint_desktop.transcription.engine_location import engine_command
from balint_desktop.transcription.model_store import ModelStore
from balint_desktop.ui.export.printing import print_floor_card, print_text
from balint_desktop.ui.room.prompts_setting import SETTING, PromptsSettingDeps, prompts_shown
from balint_desktop.ui.settings.audit import AuditDeps
from balint_desktop.ui.settings.facilitator import FacilitatorDeps
from balint_desktop.ui.settings.locking import LockingDeps
from balint_desktop.ui.settings.place import SettingsDeps, SettingsPlace
from balint_desktop.ui.settings.reader_key import ReaderKeyDeps
from balint_desktop.ui.settings.transcription import TranscriptionDeps
from balint_desktop.ui.settings.vault import VaultDeps
from balint_desktop.ui.vault_access.strength import strength_words
from balint_desktop.vault.opening import passphrase_work


def build_settings(
    context: AppContext, locking: Locking, keys: KeyChanges, speak: Callable[[str], None]
) -> SettingsPlace:
    """Build the Settings place."""
    has_vault = context.vault.current is not None
    deps = SettingsDeps(
        theme=context.theme,
        remember=context.preferences.save,
        formats=context.formats,
        open_formats_folder=lambda: _open_folder(context.data.formats),
        vault=_vault_care(context, locking, keys) if has_vault else None,
        renewing=keys.renewing() if has_vault else None,
        reader_key=_reader_key(context) if has_vault else None,
        questionnaires=context.questionnaires,
        open_questionnaires_folder=lambda: _open_folder(context.data.questionnaires),
        transcription=TranscriptionDeps(ModelStore(context.data.models), lambda: engine_command() is not None),
        print_floor_card=print_floor_card,
        pass_names=name_gate(context),
        transfer=transfer_service(context) if has_vault else None,
        locking=_locking_care(locking) if has_vault else None,
        trail=_trail_care(context) if has_vault else None,
        facilitator=_facilitator_care(context) if has_vault else None,
        drafts=form_drafts(context) if has_vault else None,
        language=context.preferences.load().language,
        speak=speak,
    )
    return SettingsPlace(deps, context.work, context.messages)


def _vault_care(context: AppContext, locking: Locking, keys: KeyChanges) -> VaultDeps:
    return VaultDeps(
        folder=str(context.vault.open_vault().folder),
        lock=locking.lock,
        open_folder=lambda: _open_folder(context.data.vault),
        change=keys.change_passphrase,
        estimate=strength_words,
        work_factor=lambda: passphrase_work(context.data.vault),
        reseal=keys.reseal,
    )


def _reader_key(context: AppContext) -> ReaderKeyDeps:
    return ReaderKeyDeps(context.vault.open_vault().recipient, export_service(context), print_text)


def _facilitator_care(context: AppContext) -> FacilitatorDeps:
    accounts = report_accounts(context)
    return FacilitatorDeps(accounts.facilitator, accounts.set_facilitator, _prompts_deps(context), form_drafts(context))


def _prompts_deps(context: AppContext) -> PromptsSettingDeps:
    log = context.vault.open_vault().log
    return PromptsSettingDeps(
        read=lambda: prompts_shown(log.setting(SETTING)), save=lambda shown: log.set_setting(SETTING, shown)
    )


def _locking_care(locking: Locking) -> LockingDeps:
    warden = locking.warden
    return LockingDeps(warden.minutes, locking.choose_minutes, lambda: warden.knows_screen)


def _trail_care(context: AppContext) -> AuditDeps:
    log = context.vault.open_vault().log
    return AuditDeps(
        lines=lambda: audit.lines(log),
        count=log.audit.count,
        broken_at=log.audit.broken_at,
        head=log.audit.head_words,
        find_row=log.audit.find_row,
        memory=context.tables,
    )


def _open_folder(folder: Path) -> None:
    """Show a folder in the system's file browser, created where it is missing. Raise Trouble."""
    make_private_folder(folder)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
