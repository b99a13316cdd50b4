"""What the Log lists, what a session's page has besides its facts, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app import navigation
from balint_desktop.app.accreditation import path_needs
from balint_desktop.app.recordings_service import shelf_of
from balint_desktop.app.reports import way_out
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.trouble import Trouble
from balint_desktop.reports.audit_trail import audit_rows
from balint_desktop.reports.log_service import LogService
from balint_desktop.ui.accreditation.session_sections import session_entries
from balint_desktop.ui.log.correct import Changing
from balint_desktop.ui.log.enter_afterwards import FormatOffer
from balint_desktop.ui.log.export import LogOut
from balint_desktop.ui.log.place import LogNeeds, LogPlace

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.ui.widgets.sections import SectionEntry


def build_log(owner: Owner) -> LogPlace:
    """Build the place that lists the sessions, and the page of each."""
    vault = owner.open_vault()
    changing = Changing(LogService(vault, shelf_of(vault)), owner.messages, owner.undoing)
    out = LogOut(way_out(owner), vault.log.people.groups, lambda: (vault.log.audit.rows(), audit_rows(vault.log.audit)))
    place = LogPlace(
        LogNeeds(changing, lambda: _formats(owner), owner.clock, owner.tables, out, sections=session_sections(owner))
    )
    place.recording_wanted.connect(lambda recording: navigation.show_recording(owner.shell, recording))
    return place


def session_sections(owner: Owner) -> tuple[SectionEntry[SessionRecord], ...]:
    """Return what the page of a session has after its facts, in the order of its row: a section is a line here.

    Each is built when it is first seen, and is shown the record, read anew, each time it comes into view.
    """
    return session_entries(path_needs(owner))


def _formats(owner: Owner) -> list[FormatOffer]:
    """Return the formats that a session may have been led by. One that cannot be read is left out."""
    offers = []
    for line in owner.formats.lines():
        if not line.problem:
            try:
                read = owner.formats.load(line.key)
                offers.append(FormatOffer(line.key, line.name, owner.formats.text(line.key), read.online))
            except Trouble:
                continue
    return offers
