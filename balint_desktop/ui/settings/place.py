"""The place Settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.doors import Door
from balint_desktop.i18n import tr, tr_in
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.ui.export.name_gate import PassNames
from balint_desktop.ui.settings.appearance import AppearanceSection
from balint_desktop.ui.settings.audit import AuditDeps, AuditSection
from balint_desktop.ui.settings.backups import BackupsSection
from balint_desktop.ui.settings.facilitator import FacilitatorDeps, FacilitatorSection
from balint_desktop.ui.settings.files import FileStore
from balint_desktop.ui.settings.floor_card import FloorCardSection
from balint_desktop.ui.settings.licences import LicencesSection
from balint_desktop.ui.settings.locking import LockingDeps, LockingSection
from balint_desktop.ui.settings.own_files import FormatsSection, QuestionnairesSection
from balint_desktop.ui.settings.reader_key import ReaderKeyDeps, ReaderKeySection
from balint_desktop.ui.settings.renewal import RenewalSection, Renewing
from balint_desktop.ui.settings.transcription import TranscriptionDeps, TranscriptionSection
from balint_desktop.ui.settings.vault import VaultDeps, VaultSection
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.preferences import Preferences
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.theme.theme import Theme
from balint_desktop.ui.widgets import in_view, layouts
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.narrow import READABLE
from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections
from balint_desktop.ui.widgets.text import rule

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class SettingsDeps:
    """Dependencies of Settings. `vault` and `locking` are None if no vault is open."""

    theme: Theme
    remember: Callable[[Preferences], None]
    formats: FileStore
    open_formats_folder: Callable[[], None]
    vault: VaultDeps | None
    print_floor_card: Callable[[QWidget], None]
    pass_names: PassNames
    renewing: Renewing | None = None
    reader_key: ReaderKeyDeps | None = None
    transfer: TransferService | None = None
    locking: LockingDeps | None = None
    trail: AuditDeps | None = None
    facilitator: FacilitatorDeps | None = None
    questionnaires: FileStore | None = None
    transcription: TranscriptionDeps | None = None
    drafts: Drafts | None = None
    open_questionnaires_folder: Callable[[], None] = lambda: None
    language: str = ""
    speak: Callable[[str], None] = lambda _: None


class SettingsPlace(Place):
    """Settings in short parts, one at a time. A part's sections are built when they are first needed."""

    def __init__(self, deps: SettingsDeps, work: Work, messages: Messages) -> None:
        super().__init__("settings", tr("Settings"))
        self._deps, self._work, self._messages = deps, work, messages
        has_vault = deps.vault is not None
        entries = [
            self._part("appearance", tr("Appearance"), lambda: (self.appearance,)),
            self._part("lock", tr("Lock"), lambda: (self.locking,), offered=deps.locking is not None),
            self._part("you", tr("You"), lambda: (self.facilitator,), offered=deps.facilitator is not None),
            self._part("vault", tr("Vault"), lambda: (self.vault, self.renewal), offered=has_vault),
            self._part("reader-key", tr("Reader key"), lambda: (self.reader_key,), offered=deps.reader_key is not None),
            self._part("backups", tr("Backups"), lambda: (self.backups,), offered=deps.transfer is not None),
            self._part("audit", tr("Audit trail"), lambda: (self.trail,), offered=deps.trail is not None),
            self._part("formats", tr("Formats"), lambda: (self.formats,)),
            self._part(
                "questions", tr("Questionnaires"), lambda: (self.questionnaires,), offered=bool(deps.questionnaires)
            ),
            self._part(
                "transcription",
                tr("Transcription"),
                lambda: (self.transcription,),
                offered=deps.transcription is not None,
            ),
            self._part("room", tr("For the room"), lambda: (self.floor_card,)),
            self._part("about", tr_in("settings", "About"), lambda: (self.licences,)),
        ]
        offered = [entry for entry in entries if entry is not None]
        self.parts: Sections[None] = Sections("settings-parts", offered, READABLE)
        self.body.addWidget(self.parts)
        self.body.addStretch(1)

    @staticmethod
    def _part(
        key: str, label: str, sections: Callable[[], Sequence[QWidget | None]], *, offered: bool = True
    ) -> SectionEntry[None] | None:
        return SectionEntry(key, label, lambda: SettingsPart(sections())) if offered else None

    def first_focus(self) -> QWidget:
        return self.parts.chips[self.parts.current]

    def enter_view(self) -> None:
        self.parts.show_subject(None)

    def show_part(self, key: str, focus: str) -> None:
        """Show a part, and focus the control in it that has this name."""
        self.parts.show_section(key)
        section = self.parts.section(key)
        wanted = section.findChild(QWidget, focus) if section is not None else None
        at = wanted if wanted is not None and wanted.isEnabled() else self.first_focus()
        at.setFocus()
        # Once the page has its layout.
        QTimer.singleShot(0, at, lambda: in_view.scroll_to(at))

    def leave_view(self) -> None:
        self.parts.leave()

    # --- the sections; None where there is nothing to set, as without a vault ---

    def _own(self, section: W) -> W:
        """Own a section from the moment that it is built, which may be before its part is shown."""
        section.setParent(self)
        return section

    @cached_property
    def appearance(self) -> AppearanceSection:
        """Theme, text size and language."""
        return self._own(
            AppearanceSection(self._deps.theme, self._deps.remember, self._deps.language, self._deps.speak)
        )

    @cached_property
    def locking(self) -> LockingSection | None:
        """When the window locks itself."""
        return self._own(LockingSection(self._deps.locking)) if self._deps.locking is not None else None

    @cached_property
    def facilitator(self) -> FacilitatorSection | None:
        """The facilitator's own lines for reports."""
        deps = self._deps.facilitator
        return self._own(FacilitatorSection(deps, self._messages)) if deps is not None else None

    @cached_property
    def vault(self) -> VaultSection | None:
        """The vault's folder and passphrase."""
        deps = self._deps.vault
        return self._own(VaultSection(deps, self._work, self._messages)) if deps is not None else None

    @cached_property
    def renewal(self) -> RenewalSection | None:
        """New keys for the vault."""
        deps = self._deps.renewing
        return self._own(RenewalSection(deps, self._work, self._messages)) if deps is not None else None

    @cached_property
    def reader_key(self) -> ReaderKeySection | None:
        """The vault's own reader key."""
        deps = self._deps.reader_key
        return self._own(ReaderKeySection(deps, self._messages)) if deps is not None else None

    @cached_property
    def backups(self) -> BackupsSection | None:
        """Backups of the vault."""
        deps = self._deps.transfer
        return self._own(BackupsSection(deps, self._work, self._messages)) if deps is not None else None

    @cached_property
    def trail(self) -> AuditSection | None:
        """The audit trail."""
        return self._own(AuditSection(self._deps.trail, self._messages)) if self._deps.trail is not None else None

    @cached_property
    def formats(self) -> FormatsSection:
        """Session formats."""
        return self._own(
            FormatsSection(
                self._deps.formats,
                self._deps.open_formats_folder,
                self._messages,
                lambda file: self._deps.pass_names(Door.CARD, (file,)),
                self._deps.drafts,
            )
        )

    @cached_property
    def questionnaires(self) -> QuestionnairesSection | None:
        """Questionnaires of the written part."""
        deps = self._deps
        if deps.questionnaires is None:
            return None
        return self._own(
            QuestionnairesSection(deps.questionnaires, deps.open_questionnaires_folder, self._messages, deps.drafts)
        )

    @cached_property
    def transcription(self) -> TranscriptionSection | None:
        """The models for transcription."""
        deps = self._deps.transcription
        return self._own(TranscriptionSection(deps, self._work, self._messages)) if deps is not None else None

    @cached_property
    def floor_card(self) -> FloorCardSection:
        """The card for the floor."""
        return self._own(FloorCardSection(self._deps.print_floor_card))

    @cached_property
    def licences(self) -> LicencesSection:
        """The version, and the licences of what the app is made with."""
        return self._own(LicencesSection())


class SettingsPart(Section[None]):
    """The sections of one part, below each other: refreshed as it is shown, and told to forget as it goes."""

    def __init__(self, sections: Sequence[QWidget | None]) -> None:
        super().__init__()
        self._sections = [section for section in sections if section is not None]
        column = layouts.column(self, 14)
        for section in self._sections:
            if section is not self._sections[0]:
                column.addWidget(rule())
            column.addWidget(section)

    def show_subject(self, thing: None) -> None:  # noqa: ARG002  settings are about nothing else
        for section in self._sections:
            if isinstance(section, Refreshed):
                section.refresh()

    def leave_view(self) -> None:
        for section in self._sections:
            if isinstance(section, Drafting):
                section.keep_draft()
            if isinstance(section, Forgetful):
                section.forget()


@runtime_checkable
class Refreshed(Protocol):
    """A section that shows what may change elsewhere."""

    def refresh(self) -> None:
        """Show what is stored now."""
        ...


@runtime_checkable
class Drafting(Protocol):
    """A section whose unsaved input is there again."""

    def keep_draft(self) -> None:
        """Store unsaved input."""
        ...


@runtime_checkable
class Forgetful(Protocol):
    """A section that shows, or is given, what must not stay on the screen."""

    def forget(self) -> None:
        """Discard it."""
        ...
