"""What goes to a coder in a sealed parcel: the texts, their own earlier work, and nothing of anybody else's."""

from __future__ import annotations

import secrets

from balint_desktop.domain.analysis.parcel import TICKET_BYTES, CodingParcel, ParcelText, parcel_to_zip
from balint_desktop.domain.analysis.study import RoundKind, StudyText
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.vault.analysis.store import StudyFile
from balint_desktop.vault.analysis.study_rows import Ticket
from balint_desktop.vault.studies import AnalysisStudies, find_round, require_other


def sealed_parcel(studies: AnalysisStudies, file: StudyFile, round_number: int, author_id: str) -> bytes:
    """Return a coder's parcel for a round, sealed to them; the study has its ticket.

    Raise Trouble: ROUND_UNKNOWN, CODING_NOT_YOURS for one's own, CODER_WITHOUT_KEY, STUDY_TEXT_CLOSED.
    """
    coding_round = find_round(file, round_number, author_id)
    require_other(file, author_id)
    about = file.tables.study()
    author = about.author(author_id)
    try:
        keys.parse_recipient(author.reader_key)
    except Trouble as trouble:
        raise Trouble(TroubleCode.CODER_WITHOUT_KEY, name=author.label) from trouble
    texts = tuple(ParcelText(one, _text_to_send(studies, file, one)) for one in about.analysed)
    frameworks = {one.version: one.book for one in file.tables.frameworks()}
    ticket = Ticket(secrets.token_hex(TICKET_BYTES), author.id, round_number, studies.log.now())
    earlier = {
        number: file.work.work((number, author.id))
        for number in range(1, round_number)
        if file.work.has((number, author.id))
    }
    with file.together():
        file.tables.add_ticket(ticket)
    parcel = CodingParcel(
        *(about.id, about.name, about.question, about.approach, about.governance, author),
        recipient=file.key.identity.recipient,
        ticket=ticket.ticket,
        round=round_number,
        kind=RoundKind.OPEN if author.id in coding_round.without_framework else coding_round.kind,
        opened_wall=coding_round.opened_wall,
        wanted_by=coding_round.wanted_by,
        texts=texts,
        earlier=earlier,
        framework=frameworks.get(coding_round.framework_of(author.id) or 0),
        framework_version=coding_round.framework_of(author.id),
    )
    return keys.seal(parcel_to_zip(parcel), [author.reader_key])


def _text_to_send(studies: AnalysisStudies, file: StudyFile, about: StudyText) -> ApprovedText:
    text = studies.text(file, about)
    # Sealed to somebody else: a door of its own.
    studies.texts.pass_door(about.recording, Door.CODING_PARCEL)
    return text
