"""What a coder's parcel brought back: read, checked, and moved to the texts as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount, TextMove, moved_memos, moved_work
from balint_desktop.domain.analysis.parcel import CodingReturn, NewerParcelError, read_return
from balint_desktop.domain.analysis.study import Memo
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.analysis.store import StudyFile
from balint_desktop.vault.studies import AnalysisStudies


@dataclass(frozen=True, slots=True)
class MovedReturn:
    """Somebody's coding and memos on the texts as they are now, and what was withdrawn since they had them."""

    work: CoderWork
    memos: tuple[Memo, ...]
    moved: MoveCount


def opened_return(data: bytes) -> CodingReturn:
    """Return what an unsealed file that came back holds. Raise Trouble: CODING_FILE_NEWER, CODING_FILE_DAMAGED."""
    try:
        return read_return(data)
    except NewerParcelError as error:
        raise Trouble(TroubleCode.CODING_FILE_NEWER) from error
    except ValueError as error:
        raise Trouble(TroubleCode.CODING_FILE_DAMAGED) from error


def moved_return(studies: AnalysisStudies, file: StudyFile, coded: CodingReturn) -> MovedReturn:
    """Return what was coded on the texts as they are now.

    Raise Trouble: CODING_FILE_UNKNOWN_TEXT, CODING_FILE_DAMAGED, and as reading a text does.
    """
    ever = {(one.recording, one.version): one.sha256 for one in studies.log.studies.ever_used(file.id)}
    now = {one.recording: one for one in file.tables.texts()}
    for recording, text in coded.texts.items():
        if ever.get((recording, text.version)) != text.sha256:
            raise Trouble(TroubleCode.CODING_FILE_UNKNOWN_TEXT)
    _require_consistent(coded)
    work, memos, count = coded.work, coded.memos, MoveCount()
    lengths: dict[RecordingId, int] = {}
    for recording, text in coded.texts.items():
        about = now.get(recording)
        current = None if about is None else studies.text(file, about)
        if current is not None:
            lengths[recording] = len(current.text)
        if current is None or current.version != text.version:
            move = TextMove(recording, text.version, current)
            work, of_one = moved_work(work, move)
            memos, count = moved_memos(memos, move), count.plus(of_one)
    if any(one.end > lengths.get(RecordingId(one.text), 0) for one in work.codings.all):
        raise Trouble(TroubleCode.CODING_FILE_DAMAGED)
    if any(one.text is not None and (one.end or 0) > lengths.get(one.text, 0) for one in memos):
        raise Trouble(TroubleCode.CODING_FILE_DAMAGED)
    return MovedReturn(work, memos, count)


def _require_consistent(coded: CodingReturn) -> None:
    """Check that what was coded is on the texts that are named, and is what was fingerprinted. Raise Trouble."""
    sha256s: Mapping[RecordingId, str] = {recording: one.sha256 for recording, one in coded.texts.items()}
    on_texts = all(RecordingId(one.text) in sha256s for one in coded.work.codings.all)
    on_texts = on_texts and all(memo.text is None or memo.text in sha256s for memo in coded.memos)
    if not on_texts or work_sha256(coded.work, sha256s) != coded.sha256:
        raise Trouble(TroubleCode.CODING_FILE_DAMAGED)
