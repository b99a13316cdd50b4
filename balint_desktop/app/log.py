"""Build the Log: the list of sessions, the page of each, and their exports."""

from __future__ import annotations

from balint_desktop.app import navigation
from balint_desktop.app.context import AppContext
from balint_desktop.app.vault_services import accreditation_deps, export_service, form_drafts, recordings_service
from balint_desktop.domain.trouble import Trouble
from balint_desktop.reports.audit_trail import audit_rows
from balint_desktop.reports.log_service import LogService
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.ui.accreditation.session_sections import session_entries
from balint_desktop.ui.log.correct import ChangeDeps
from balint_desktop.ui.log.enter_afterwards import FormatOffer
from balint_desktop.ui.log.export import LogExport
from balint_desktop.ui.log.place import LogDeps, LogPlace
from balint_desktop.ui.shell.shell import Shell


def build_log(context: AppContext, shell: Shell) -> LogPlace:
    """Build the place that lists the sessions, and the page of each.

    Each section after a session's facts receives the record, read again, each time it comes into view.
    """
    vault = context.vault.open_vault()
    log = LogService(vault, recordings_service(vault), context.clock)
    changing = ChangeDeps(log, context.messages, context.undo, form_drafts(context), vault.rosters.names_in)
    out = LogExport(
        export_service(context),
        vault.log.groups.groups,
        lambda: (vault.log.audit.rows(), audit_rows(vault.log.audit)),
        outside_labels(vault),
    )
    sections = session_entries(accreditation_deps(context))
    place = LogPlace(
        LogDeps(changing, lambda: _formats(context), context.clock, context.tables, out, sections=sections)
    )
    place.recording_asked.connect(lambda recording: navigation.show_recording(shell, recording))
    return place


def _formats(context: AppContext) -> list[FormatOffer]:
    """Return the formats a session may have used. Unreadable ones are left out."""
    offers = []
    for line in context.formats.lines():
        if not line.problem:
            try:
                read = context.formats.load(line.key)
                offers.append(FormatOffer(line.key, line.name, context.formats.text(line.key), read.online))
            except Trouble:
                continue
    return offers
