"""A study that came in a parcel: made of it, brought a further round, and its closed round sealed for the way back."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.analysis.parcel import (
    CodedText,
    CodingParcel,
    CodingReturn,
    NewerParcelError,
    read_parcel,
    return_to_zip,
)
from balint_desktop.domain.analysis.study import AnalysisStudy, CodingRound, RoundClosing, RoundKind
from balint_desktop.domain.analysis.work_format import framework_sha256, work_sha256
from balint_desktop.domain.deidentify.approved import approved_to_json
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.sealed.age_header import VERSION_LINE, read_header
from balint_desktop.vault.analysis.store import StudyFile, StudyStore
from balint_desktop.vault.analysis.study_rows import FrameworkVersion, Ticket
from balint_desktop.vault.studies import find_round
from balint_desktop.vault.study_texts import move_to_version


def opened_parcel(data: bytes, identities: Sequence[str], name: str) -> CodingParcel:
    """Return a parcel that is sealed to one of these keys.

    Raise Trouble: CODING_FILE_NOT_FOR_YOU, CODING_FILE_UNREADABLE, CODING_FILE_NEWER.
    """
    header = read_header(data, identities)
    if header is None and data.startswith(VERSION_LINE):
        raise Trouble(TroubleCode.CODING_FILE_NOT_FOR_YOU)
    try:
        parcel = read_parcel(keys.unseal(data, identities))
        # To it is sealed what goes back.
        keys.parse_recipient(parcel.recipient)
    except NewerParcelError as error:
        raise Trouble(TroubleCode.CODING_FILE_NEWER) from error
    except (ValueError, Trouble) as error:
        raise Trouble(TroubleCode.CODING_FILE_UNREADABLE, name=name) from error
    return parcel


def create_guest(store: StudyStore, parcel: CodingParcel) -> StudyFile:
    """Create a study of one coder, with the texts of a parcel and without a round. Raise Trouble."""
    study = AnalysisStudy(
        *(parcel.study, parcel.name, parcel.question, parcel.approach, parcel.governance),
        texts=tuple(one.about for one in parcel.texts),
        authors=(parcel.author,),
    )
    texts = {one.about.recording: approved_to_json(one.text) for one in parcel.texts}
    return store.create(study, parcel.author.id, texts, parcel.recipient)


def follow_parcel(store: StudyStore, parcel: CodingParcel) -> StudyFile:
    """Take the texts of a further parcel: new ones, and later versions, from which words were withdrawn.

    Raise Trouble CODING_FILE_FOREIGN where the study came from elsewhere or for another coder.
    """
    file = store.open(parcel.study)
    if (file.tables.lead_recipient(), file.tables.me()) != (parcel.recipient, parcel.author.id):
        raise Trouble(TroubleCode.CODING_FILE_FOREIGN)
    known = {one.recording: one for one in file.tables.texts()}
    for one in parcel.texts:
        before, data = known.get(one.about.recording), approved_to_json(one.text)
        if before is None:
            with file.together():
                file.tables.set_text(one.about)
                file.tables.store_text(one.about.recording, data)
        elif one.about.version > before.version:
            move_to_version(store, file.id, one.about.recording, one.text, stored=data)
    return file


def add_rounds(file: StudyFile, parcel: CodingParcel, wall: float) -> None:
    """Enter the round that a parcel is for, and one's own earlier ones as they were sent along; once. Raise Trouble."""
    me, known = parcel.author.id, {one.number for one in file.tables.rounds()}
    sha256s = {one.recording: one.sha256 for one in file.tables.texts()}
    with file.together():
        if parcel.framework is not None and parcel.framework_version is not None:
            sha256 = framework_sha256(parcel.framework)
            file.tables.add_framework(
                FrameworkVersion(parcel.framework_version, parcel.opened_wall, sha256, parcel.framework)
            )
        for number, work in sorted(parcel.earlier.items()):
            if number not in known and number < parcel.round:
                file.tables.add_round(CodingRound(number, RoundKind.OPEN, parcel.opened_wall, (me,)))
                file.work.write((number, me), work)
                file.tables.close_round(number, RoundClosing(me, parcel.opened_wall, work_sha256(work, sha256s)))
        if parcel.round not in known:
            file.tables.add_round(
                CodingRound(
                    *(parcel.round, parcel.kind, parcel.opened_wall, (me,)),
                    framework=parcel.framework_version,
                    wanted_by=parcel.wanted_by,
                )
            )
        file.tables.add_ticket(Ticket(parcel.ticket, me, parcel.round, wall))


def sealed_return(file: StudyFile, round_number: int) -> bytes:
    """Return one's own closed round, sealed to the study it came from.

    Raise Trouble: ROUND_NOT_CLOSED, ROUND_UNKNOWN, CODING_FILE_OWN where the study is of this vault.
    """
    me, lead = file.tables.me(), file.tables.lead_recipient()
    if not lead:
        raise Trouble(TroubleCode.CODING_FILE_OWN)
    closing = next((one for one in find_round(file, round_number, me).closings if one.author == me), None)
    tickets = [one for one in file.tables.tickets() if one.round == round_number]
    if closing is None or not tickets:
        raise Trouble(TroubleCode.ROUND_NOT_CLOSED, number=round_number)
    texts = {one.recording: CodedText(one.version, one.sha256) for one in file.tables.texts()}
    # As it is stored: what is remembered may still have signs that nobody sees.
    file.work.forget()
    work = file.work.work((round_number, me))
    coded = CodingReturn(
        *(file.id, round_number, tickets[-1].ticket, closing.wall),
        sha256=work_sha256(work, {recording: one.sha256 for recording, one in texts.items()}),
        texts=texts,
        work=work,
        memos=file.tables.memos(me),
    )
    return keys.seal(return_to_zip(coded), [lead])
