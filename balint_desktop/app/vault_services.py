"""Build the services over an open vault that several places share. Each raises Trouble VAULT_LOCKED without one.

What a service is made of is imported when it is first wanted.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from balint_desktop.app.context import AppContext
from balint_desktop.domain.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable

    from balint_desktop.domain.session.session_record import StoredSession
    from balint_desktop.domain.values import GroupId
    from balint_desktop.recordings.service import RecordingService
    from balint_desktop.recordings.transfer import TransferService
    from balint_desktop.reports.service import ReportService
    from balint_desktop.ui.accreditation.deps import AccreditationDeps
    from balint_desktop.ui.export.export_file import FileExport
    from balint_desktop.ui.export.name_gate import PassNames
    from balint_desktop.ui.group.retention.service import RetentionService
    from balint_desktop.ui.widgets.drafts import Drafts
    from balint_desktop.vault.vault import OpenVault


def recordings_service(vault: OpenVault) -> RecordingService:
    """Return the recordings of a vault; children decode and encode their sound."""
    from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
    from balint_desktop.recordings.service import RecordingService

    return RecordingService(vault, open_pcm, encode_pcm)


def transfer_service(context: AppContext) -> TransferService:
    """Return the service that imports, shares and backs up recordings."""
    from balint_desktop.capture.convert_handle import ConvertedSound
    from balint_desktop.recordings.transfer import TransferService

    vault = context.vault.open_vault()
    return TransferService(vault, recordings_service(vault), ConvertedSound, context.clock)


def retention_service(context: AppContext) -> RetentionService:
    """Return the service that reads, sets and applies retention periods."""
    from balint_desktop.ui.group.retention.service import RetentionService
    from balint_desktop.vault.studies import destroy_studies_of
    from balint_desktop.vault.transcripts import TranscriptVault

    vault = context.vault.open_vault()
    return RetentionService(
        *(vault.log, vault.rosters.has_code_key, context.undo, context.messages),
        delete_transcript=TranscriptVault(vault).delete,
        destroy_approved=TranscriptVault(vault).destroy_approved,
        destroy_analysis=partial(destroy_studies_of, vault),
        drafts=form_drafts(context),
    )


def report_accounts(context: AppContext) -> ReportService:
    """Return the figures that reports are built from."""
    from balint_desktop.reports.service import ReportService

    vault = context.vault.open_vault()
    recordings = recordings_service(vault)

    def sessions(group: GroupId) -> tuple[StoredSession, ...]:
        return recordings.sessions([row.id for row in vault.log.sessions.sessions(group)])

    def format_name(key: str) -> str:
        try:
            return context.formats.load(key).name
        except Trouble:
            # A custom format deleted since then: the log holds only its key.
            return key

    return ReportService(vault, sessions, format_name, context.clock)


def export_service(context: AppContext) -> FileExport:
    """Return the exporter of the log, which records each export in the audit trail."""
    from balint_desktop.ui.export.export_file import FileExport

    accounts = report_accounts(context)
    return FileExport(accounts.pass_door, accounts.note_export, context.messages, pass_names=name_gate(context))


def name_gate(context: AppContext) -> PassNames:
    """Return the gate of names over the vault that is open when it is asked.

    Without an open vault nothing of one can leave, but for what a person wrote into a format: that waits for the names.
    """
    from balint_desktop.domain.study.doors import GATED, Door
    from balint_desktop.domain.trouble import TroubleCode
    from balint_desktop.vault.name_gate import OutgoingFile, pass_names

    def ask(door: Door, files: Iterable[OutgoingFile], group: GroupId | None = None, /) -> None:
        if context.vault.current is not None:
            pass_names(context.vault.current, door, files, group)
        elif door in GATED and context.data.vault.exists():
            raise Trouble(TroubleCode.NAMES_LOCKED)

    return ask


def accreditation_deps(context: AppContext) -> AccreditationDeps:
    """Return the dependencies of the accreditation pages."""
    from balint_desktop.reports.accreditation_service import AccreditationService
    from balint_desktop.ui.accreditation.deps import AccreditationDeps

    service = AccreditationService(context.vault.open_vault().log, context.clock)
    return AccreditationDeps(service, context.undo, context.messages, context.tables, form_drafts(context))


def form_drafts(context: AppContext) -> Drafts:
    """Return where unsaved input is stored."""
    from balint_desktop.ui.widgets.drafts import Drafts

    return Drafts(context.vault.open_vault().log.drafts, context.vault.closing)
