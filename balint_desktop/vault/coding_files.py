"""Coding files of a study: a sealed parcel to each coder, and what comes back, unopened before one's own round closes.

Outside of the study's own vault a parcel becomes a study of one coder, and `export_back` seals their closed round to
the study it came from. Whatever comes is kept as it came, whether it can be taken in or not.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount, TextMove, moved_memos, moved_work
from balint_desktop.domain.analysis.parcel import (
    TICKET_BYTES,
    CodedText,
    CodingParcel,
    CodingReturn,
    NewerParcelError,
    ParcelText,
    parcel_to_zip,
    read_parcel,
    read_return,
    return_to_zip,
)
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    AuthorRole,
    CodingRound,
    Memo,
    RoundClosing,
    RoundKind,
    StudyText,
)
from balint_desktop.domain.analysis.word_work import merged_work
from balint_desktop.domain.analysis.work_format import framework_sha256, without_hidden_signs, work_sha256
from balint_desktop.domain.deidentify.approved import ApprovedText, approved_to_json
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.sealed import disk, keys
from balint_desktop.sealed.age_header import VERSION_LINE, read_header
from balint_desktop.sealed.new_file import write_new
from balint_desktop.vault.analysis.store import StudyFile
from balint_desktop.vault.analysis.study_rows import FrameworkVersion, SaidOf, TakenFile, Ticket
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, ParcelDirection
from balint_desktop.vault.studies import AnalysisStudies, find_round
from balint_desktop.vault.study_texts import move_to_version

# A study that a file is not sealed to, or that does not open.
_ELSEWHERE = frozenset({TroubleCode.CODING_FILE_FOREIGN, TroubleCode.STUDY_DAMAGED, TroubleCode.WRONG_KEY})


class Arrival(StrEnum):
    """What became of a coding file that was opened."""

    TAKEN = "taken"
    LATE = "late"
    """It came when comparison had begun, and was not taken in: a person says whether it is, or waits."""
    TAKEN_LATE = "taken-late"
    """Taken in although comparison had begun: decisions stay, and what differs now is new."""
    KEPT = "kept"
    """Kept for the next round."""
    EARLIER = "earlier"
    """A later one of the same coder counts already: this one is kept, and does not."""


@dataclass(frozen=True, slots=True)
class WorkDifference:
    """How many codings a second file of a coder added, took away and changed."""

    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class FilesOverview:
    """The coding files of a study, out and in, the oldest first, and what was taken from those that came, by file.

    `is_guest` is whether the study came to this vault in a parcel.
    """

    rows: tuple[CodingFileRow, ...] = ()
    taken: Mapping[str, TakenFile] = field(default_factory=dict)
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """Where a coding file belongs: the study, and its row where it came back; None for a parcel that was imported.

    `is_known` is whether the very same parcel was imported before.
    """

    study: str
    row: CodingFileRow | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class TakenCoding:
    """What became of a coding file: whose it is, for which round, and what it changed.

    `difference` is to the file of the same coder that counted before, None without one. `moved` is what was withdrawn
    from their codings since they had the text.
    """

    arrival: Arrival
    author: str
    round: int
    work: CoderWork
    difference: WorkDifference | None = None
    moved: MoveCount = field(default_factory=MoveCount)


class CodingFiles:
    """The coding files of the studies of a vault. Any thread: each call has the log to itself."""

    def __init__(self, studies: AnalysisStudies) -> None:
        self._studies = studies
        self._vault = studies.vault
        self._log = studies.log
        self._store = studies.store

    # --- to a coder ---

    def write_parcel(self, study: str, round_number: int, author: str, path: Path) -> CodingFileRow:
        """Write a coder's parcel for a round into a new file, and record it in the audit trail.

        Raise Trouble: ROUND_UNKNOWN, CODER_WITHOUT_KEY, STUDY_TEXT_CLOSED, EXPORT_EXISTS.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._studies.followed(study)
            data = self._sealed_parcel(file, round_number, author)
            return self._write(file, path, data, author, round_number)

    def _sealed_parcel(self, file: StudyFile, round_number: int, author_id: str) -> bytes:
        coding_round = find_round(file, round_number, author_id)
        about = file.tables.study()
        author = about.author(author_id)
        try:
            keys.parse_recipient(author.reader_key)
        except Trouble as trouble:
            raise Trouble(TroubleCode.CODER_WITHOUT_KEY, name=author.label) from trouble
        texts = tuple(ParcelText(one, self._text_to_send(file, one)) for one in about.analysed)
        frameworks = {one.version: one.book for one in file.tables.frameworks()}
        ticket = Ticket(secrets.token_hex(TICKET_BYTES), author.id, round_number, self._log.now())
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

    def _text_to_send(self, file: StudyFile, about: StudyText) -> ApprovedText:
        text = self._studies.text(file, about)
        # Sealed to somebody else: a door of its own.
        self._studies.texts.pass_door(about.recording, Door.CODING_PARCEL)
        return text

    def _write(self, file: StudyFile, path: Path, data: bytes, author: str, round_number: int) -> CodingFileRow:
        """Write a sealed file outside the vault and record it, or take it back where it cannot be recorded."""
        row = CodingFileRow(
            *(new_id(), file.id, ParcelDirection.OUT, CodingFileKind.PARCEL, author, round_number),
            sha256=hashlib.sha256(data).hexdigest(),
            wall=self._log.now(),
        )
        write_new(path, (data,))
        try:
            self._log.studies.note_file(row)
        except Trouble:
            disk.unlink_with_retries(path)
            raise
        return row

    def note_copies(
        self, study: str, round_number: int, author: str, kind: CodingFileKind, contents: Sequence[bytes]
    ) -> None:
        """Record in the audit trail files that leave for a coder without being sealed: all of them, or none.

        Raise Trouble: ROUND_UNKNOWN, CODING_NOT_YOURS for one's own.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
            find_round(file, round_number, author)
            if author == file.tables.me():
                raise Trouble(TroubleCode.CODING_NOT_YOURS)
            with self._log.together():
                for data in contents:
                    self._log.studies.note_file(
                        CodingFileRow(
                            *(new_id(), study, ParcelDirection.OUT, kind, author, round_number),
                            sha256=hashlib.sha256(data).hexdigest(),
                            wall=self._log.now(),
                        )
                    )

    # --- in the coder's own vault ---

    def import_parcel(self, data: bytes, name: str) -> str:
        """Make a study of one coder of a parcel, or bring it a further round; return its id. Raise Trouble.

        CODING_FILE_NOT_FOR_YOU, CODING_FILE_UNREADABLE, CODING_FILE_NEWER, CODING_FILE_OWN where the study is of this
        vault, CODING_FILE_FOREIGN where one of that id came from elsewhere or for another coder.
        """
        with self._vault.log_stays, self._store.lock:
            parcel = _opened_parcel(data, self._vault.secrets(), name)
            record = self._log.studies.find(parcel.study)
            if record is None:
                file = self._create_guest(parcel)
            elif not record.is_guest:
                raise Trouble(TroubleCode.CODING_FILE_OWN)
            else:
                file = self._store.open(parcel.study)
                same = file.tables.lead_recipient() == parcel.recipient and file.tables.me() == parcel.author.id
                if not same:
                    raise Trouble(TroubleCode.CODING_FILE_FOREIGN)
                self._follow_parcel(file, parcel)
            self._add_rounds(file, parcel)
            self._store.bring_to_log(file)
            sha256 = hashlib.sha256(data).hexdigest()
            if all(row.sha256 != sha256 for row in self._log.studies.files(file.id)):
                self._log.studies.note_file(
                    CodingFileRow(
                        *(new_id(), file.id, ParcelDirection.IN, CodingFileKind.PARCEL, parcel.author.id, parcel.round),
                        sha256=sha256,
                        wall=self._log.now(),
                    )
                )
            return file.id

    def _create_guest(self, parcel: CodingParcel) -> StudyFile:
        study = AnalysisStudy(
            *(parcel.study, parcel.name, parcel.question, parcel.approach, parcel.governance),
            texts=tuple(one.about for one in parcel.texts),
            authors=(parcel.author,),
        )
        texts = {one.about.recording: approved_to_json(one.text) for one in parcel.texts}
        return self._store.create(study, parcel.author.id, texts, parcel.recipient)

    def _follow_parcel(self, file: StudyFile, parcel: CodingParcel) -> None:
        """Take the texts of a further parcel: new ones, and later versions, from which words were withdrawn."""
        known = {one.recording: one for one in file.tables.texts()}
        for one in parcel.texts:
            before, data = known.get(one.about.recording), approved_to_json(one.text)
            if before is None:
                with file.together():
                    file.tables.set_text(one.about)
                    file.tables.store_text(one.about.recording, data)
            elif one.about.version > before.version:
                move_to_version(self._store, file.id, one.about.recording, one.text, stored=data)

    def _add_rounds(self, file: StudyFile, parcel: CodingParcel) -> None:
        """Enter the round that a parcel is for, and one's own earlier ones as they were sent along."""
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
                    closing = RoundClosing(me, parcel.opened_wall, work_sha256(work, sha256s))
                    file.tables.close_round(number, closing)
            if parcel.round not in known:
                file.tables.add_round(
                    CodingRound(
                        *(parcel.round, parcel.kind, parcel.opened_wall, (me,)),
                        framework=parcel.framework_version,
                        wanted_by=parcel.wanted_by,
                    )
                )
            file.tables.add_ticket(Ticket(parcel.ticket, me, parcel.round, self._log.now()))

    def export_back(self, study: str, round_number: int, path: Path) -> CodingFileRow:
        """Seal one's closed round to the study it came from, into a new file; the audit trail says so.

        Raise Trouble: ROUND_NOT_CLOSED, ROUND_UNKNOWN, CODING_FILE_OWN where the study is of this vault, EXPORT_EXISTS.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
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
                *(study, round_number, tickets[-1].ticket, closing.wall),
                sha256=work_sha256(work, {recording: one.sha256 for recording, one in texts.items()}),
                texts=texts,
                work=work,
                memos=file.tables.memos(me),
            )
            return self._write(file, path, keys.seal(return_to_zip(coded), [lead]), me, round_number)

    # --- what comes back ---

    def arrive(self, data: bytes, name: str) -> ArrivedFile:
        """Keep a sealed coding file by the study it is sealed to; import it where it is a parcel for this vault.

        Raise Trouble: as `receive` and `import_parcel`.
        """
        with self._vault.log_stays, self._store.lock:
            for study in self._log.studies.all():
                try:
                    return ArrivedFile(study.id, self.receive(study.id, data, name))
                except Trouble as trouble:
                    if trouble.code not in _ELSEWHERE:
                        raise
            sha256 = hashlib.sha256(data).hexdigest()
            came = {row.sha256 for study in self._log.studies.all() for row in self._log.studies.files(study.id)}
            return ArrivedFile(self.import_parcel(data, name), is_known=sha256 in came)

    def receive(self, study: str, data: bytes, name: str) -> CodingFileRow:
        """Keep a coding file that came, sealed as it is. Only its header is read.

        The same file twice is one. Raise Trouble: CODING_FILE_FOREIGN where it is sealed to another study,
        CODING_FILE_UNREADABLE.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
            header = read_header(data, [file.key.identity.secret])
            if header is None and data.startswith(VERSION_LINE):
                raise Trouble(TroubleCode.CODING_FILE_FOREIGN)
            if header is None or not header.sound:
                raise Trouble(TroubleCode.CODING_FILE_UNREADABLE, name=name)
            return self._keep(file, data, CodingFileKind.PARCEL)

    def receive_file(
        self, study: str, data: bytes, kind: CodingFileKind, author: str, round_number: int | None
    ) -> CodingFileRow:
        """Seal a file that another program made, or lines typed from paper, to the study: read after one's own round.

        Without a round it holds comments alone; so does what a supervisor sends, who codes nothing. Raise Trouble:
        ROUND_UNKNOWN, CODING_NOT_YOURS for one's own; KeyError for nobody of the study.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
            if file.tables.study().author(author).role is AuthorRole.SUPERVISOR:
                round_number = None
            if round_number is not None:
                find_round(file, round_number, author)
            if author == file.tables.me():
                raise Trouble(TroubleCode.CODING_NOT_YOURS)
            sealed = keys.seal(data, [file.key.identity.recipient])
            return self._keep(file, sealed, kind, author, round_number)

    def _keep(
        self,
        file: StudyFile,
        sealed: bytes,
        kind: CodingFileKind,
        author: str | None = None,
        round_number: int | None = None,
    ) -> CodingFileRow:
        sha256 = hashlib.sha256(sealed).hexdigest()
        for known in self._log.studies.files(file.id):
            if known.sha256 == sha256 and known.direction is ParcelDirection.IN:
                return known
        row = CodingFileRow(
            *(new_id(), file.id, ParcelDirection.IN, kind, author, round_number), sha256=sha256, wall=self._log.now()
        )
        path = self._store.new_received_path(row)
        disk.make_private_folder(path.parent)
        disk.write_durably(path, sealed)
        self._log.studies.note_file(row)
        return self._row(file.id, row.id)

    def received_row(self, study: str, file_id: str) -> CodingFileRow:
        """Return a coding file that came, opened or not. Raise Trouble CODING_FILE_MISSING."""
        with self._vault.log_stays, self._store.lock:
            return self._row(study, file_id)

    def require_open_to(self, study: str, round_number: int, author: str) -> None:
        """Check that another's coding of a round may be read here. Raise Trouble.

        ROUND_STILL_OPEN before one's own round is closed, ROUND_UNKNOWN, CODING_NOT_YOURS for one's own.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
            find_round(file, round_number, author)
            if author == file.tables.me():
                raise Trouble(TroubleCode.CODING_NOT_YOURS)
            self._studies.require_closed(file, round_number)

    def received(self, study: str) -> tuple[CodingFileRow, ...]:
        """Return the coding files that came, opened or not, the oldest first. Raise Trouble."""
        with self._vault.log_stays, self._store.lock:
            self._store.open(study)
            return tuple(row for row in self._log.studies.files(study) if row.direction is ParcelDirection.IN)

    def overview(self, study: str) -> FilesOverview:
        """Return the coding files of a study, both ways. Raise Trouble."""
        with self._vault.log_stays, self._store.lock:
            tables = self._store.open(study).tables
            return FilesOverview(self._log.studies.files(study), tables.taken(), bool(tables.lead_recipient()))

    def open_received(self, study: str, file_id: str) -> bytes:
        """Open a file of another program, after one's own round is closed; the audit trail says so.

        Raise Trouble: ROUND_STILL_OPEN, CODING_FILE_MISSING, CODING_FILE_DAMAGED.
        """
        with self._vault.log_stays, self._store.lock:
            file, row = self._foreign(self._store.open(study), file_id)
            self._log.studies.note_file_opened(study, file_id)
            return self._unsealed(file, row)

    def _foreign(self, file: StudyFile, file_id: str) -> tuple[StudyFile, CodingFileRow]:
        """Return a file of another program that may be opened. Raise Trouble ROUND_STILL_OPEN, CODING_FILE_MISSING."""
        row = self._row(file.id, file_id)
        if row.kind is CodingFileKind.PARCEL:
            raise ValueError("a parcel is taken in as it is")
        if row.round is None:
            self._studies.require_comments_open(file)
        else:
            self._studies.require_closed(file, row.round)
        return file, row

    def require_others_open(self, study: str, round_number: int) -> None:
        """Check that somebody else's coding of a round may be typed in. Raise Trouble ROUND_STILL_OPEN."""
        with self._vault.log_stays, self._store.lock:
            self._studies.require_closed(self._store.open(study), round_number)

    def admit_work(
        self,
        study: str,
        file_id: str,
        author: str,
        work: CoderWork,
        memos: Sequence[Memo] = (),
        *,
        late: Arrival = Arrival.LATE,
    ) -> TakenCoding:
        """Take in what was read from a file of another program, as its author's round. Raise Trouble ROUND_STILL_OPEN.

        `work` stands on the texts as they are now. Of Word and paper it adds to what the coder has in the round, since
        they send a file for each text; a project is all of it. `memos` are by whom they say: a person has told who is
        who. `late` is as in `admit_return`.
        """
        with self._vault.log_stays, self._store.lock:
            file, row = self._foreign(self._studies.followed(study), file_id)
            if row.round is None:
                raise ValueError("a file of comments codes nothing")
            coding_round = find_round(file, row.round, author)
            if author == file.tables.me():
                raise Trouble(TroubleCode.CODING_NOT_YOURS)
            _require_authors(file, memos)
            adds = row.kind is not CodingFileKind.PROJECT
            if adds:
                before = CoderWork(self._studies.first_codes(file, coding_round, author))
                if file.work.has((row.round, author)):
                    before = file.work.work((row.round, author))
                work = merged_work(before, work, new_id)
            texts = {one.recording: one.sha256 for one in file.tables.texts()}
            work = without_hidden_signs(work)
            sha256 = work_sha256(work, texts)
            self._log.studies.note_file_opened(study, file_id)
            taken = TakenFile(file_id, author, row.round, row.wall, sha256)
            if row.kind is CodingFileKind.PROJECT and self._has_later(file, taken):
                return self._set_aside(file, taken, work, Arrival.EARLIER)
            return self._arrive(file, taken, work, memos, late, adds=adds)

    def admit_memos(self, study: str, file_id: str, author: str, memos: Sequence[Memo]) -> None:
        """Take in the comments of a file as memos, each by whom it says; `author` is who sent the file.

        They are nobody's coding. The audit trail has it. Raise Trouble ROUND_STILL_OPEN, CODING_FILE_MISSING.
        """
        with self._vault.log_stays, self._store.lock:
            file, row = self._foreign(self._studies.followed(study), file_id)
            _require_authors(file, memos)
            self._log.studies.note_file_opened(study, file_id)
            words = json.dumps([[one.author, one.words] for one in memos], ensure_ascii=False)
            sha256 = hashlib.sha256(words.encode()).hexdigest()
            with file.together():
                for memo in memos:
                    file.tables.add_memo(memo)
                if row.id not in file.tables.taken():
                    file.tables.note_taken(TakenFile(row.id, author, 0, row.wall, sha256, counts=False))
            self._store.bring_to_log(file)

    def meanings(self, study: str, kind: SaidOf, author: str = "") -> dict[str, str]:
        """Return what a person said of names or of a coder's colours in Word copies. Raise Trouble."""
        with self._vault.log_stays, self._store.lock:
            return self._store.open(study).tables.meanings(kind, author)

    def save_meanings(self, study: str, kind: SaidOf, meanings: Mapping[str, str], author: str = "") -> None:
        """Remember what names or a coder's colours in Word copies mean. Raise Trouble."""
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
            with file.together():
                file.tables.set_meanings(kind, meanings, author)

    def admit_return(self, study: str, file_id: str, *, late: Arrival = Arrival.LATE) -> TakenCoding:
        """Open a parcel that came back, and take in what it holds, as its coder's round.

        `late` is what becomes of one that came when comparison had begun: TAKEN_LATE or KEPT, LATE to leave that open.
        Raise Trouble: ROUND_STILL_OPEN, before anything of it is read; CODING_FILE_DAMAGED, CODING_FILE_NEWER,
        CODING_FILE_FOREIGN, CODING_FILE_WRONG_TICKET, CODING_FILE_UNKNOWN_TEXT: the file stays as it came.
        """
        with self._vault.log_stays, self._store.lock:
            file, row = self._studies.followed(study), self._row(study, file_id)
            tickets = {one.ticket: one for one in file.tables.tickets()}
            self._require_any_closed(file, {one.round for one in tickets.values()})
            try:
                coded = _opened_return(self._unsealed(file, row))
            except Trouble as trouble:
                if trouble.code is TroubleCode.CODING_FILE_DAMAGED:
                    # It will never open, so that nothing should go on asking to open it.
                    self._log.studies.note_file_opened(study, file_id)
                raise
            if coded.study != study:
                raise Trouble(TroubleCode.CODING_FILE_FOREIGN)
            ticket = tickets.get(coded.ticket)
            if ticket is None or ticket.round != coded.round:
                raise Trouble(TroubleCode.CODING_FILE_WRONG_TICKET)
            # Nothing of it is kept or shown where its own round is open: the ticket has said which that is.
            self._studies.require_closed(file, coded.round)
            self._log.studies.note_file_opened(study, file_id)
            work, memos, moved = self._moved(file, coded)
            # A parcel is one coder's: whoever a memo in it names, it is theirs.
            memos = tuple(replace(memo, author=ticket.author) for memo in memos)
            taken = TakenFile(file_id, ticket.author, coded.round, coded.closed_wall, coded.sha256)
            if self._has_later(file, taken):
                return self._set_aside(file, taken, work, Arrival.EARLIER)
            return replace(self._arrive(file, taken, work, memos, late), moved=moved)

    def _require_any_closed(self, file: StudyFile, rounds: set[int]) -> None:
        """Check that one's own round is closed for at least one round that something is awaited for."""
        trouble: Trouble | None = None
        for number in sorted(rounds or {1}):
            try:
                self._studies.require_closed(file, number)
            except Trouble as found:
                trouble = trouble or found
            else:
                return
        if trouble is not None:
            raise trouble

    @staticmethod
    def _has_later(file: StudyFile, taken: TakenFile) -> bool:
        """Return whether another file of the same coder, closed later, counts for the round."""
        return any(
            one.closed_wall > taken.closed_wall
            for one in file.tables.taken().values()
            if one.counts and (one.round, one.author) == (taken.round, taken.author) and one.file != taken.file
        )

    def _arrive(
        self,
        file: StudyFile,
        taken: TakenFile,
        work: CoderWork,
        memos: Sequence[Memo],
        late: Arrival,
        *,
        adds: bool = False,
    ) -> TakenCoding:
        has_begun = any(one.round == taken.round for one in file.themes.decisions())
        has_begun = has_begun or any(one.number > taken.round for one in file.tables.rounds())
        if not has_begun:
            return self._admit(file, taken, work, memos, adds=adds)
        if late is Arrival.TAKEN_LATE:
            return replace(self._admit(file, taken, work, memos, adds=adds), arrival=Arrival.TAKEN_LATE)
        if late is Arrival.KEPT:
            return self._set_aside(file, taken, work, Arrival.KEPT)
        return TakenCoding(Arrival.LATE, taken.author, taken.round, work)

    def _set_aside(self, file: StudyFile, taken: TakenFile, work: CoderWork, arrival: Arrival) -> TakenCoding:
        with file.together():
            file.tables.note_taken(replace(taken, counts=False))
        return TakenCoding(arrival, taken.author, taken.round, work)

    def _admit(
        self, file: StudyFile, taken: TakenFile, work: CoderWork, memos: Sequence[Memo], *, adds: bool = False
    ) -> TakenCoding:
        key = (taken.round, taken.author)
        had, before = file.work.has(key), file.work.work(key)
        with file.together():
            file.work.write(key, work)
            known = {(memo.author, memo.id) for memo in (*memos, *file.tables.memos())}
            for memo in memos:
                # Nobody's memo is superseded by somebody else.
                supersedes = memo.supersedes if (memo.author, memo.supersedes) in known else None
                file.tables.add_memo(replace(memo, supersedes=supersedes))
            closing = RoundClosing(taken.author, taken.closed_wall, taken.sha256)
            file.tables.close_round(taken.round, closing, taken_from=taken.file)
            file.tables.note_taken(taken, adds=adds)
        self._store.bring_to_log(file)
        difference = _difference(before, work) if had else None
        return TakenCoding(Arrival.TAKEN, taken.author, taken.round, work, difference)

    def _moved(self, file: StudyFile, coded: CodingReturn) -> tuple[CoderWork, tuple[Memo, ...], MoveCount]:
        """Return what was coded on the texts as they are now. Raise Trouble: CODING_FILE_UNKNOWN_TEXT, _DAMAGED."""
        ever = {(one.recording, one.version): one.sha256 for one in self._log.studies.ever_used(file.id)}
        now = {one.recording: one for one in file.tables.texts()}
        for recording, text in coded.texts.items():
            if ever.get((recording, text.version)) != text.sha256:
                raise Trouble(TroubleCode.CODING_FILE_UNKNOWN_TEXT)
        _require_consistent(coded)
        work, memos, count = coded.work, coded.memos, MoveCount()
        lengths: dict[RecordingId, int] = {}
        for recording, text in coded.texts.items():
            about = now.get(recording)
            current = None if about is None else self._studies.text(file, about)
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
        return work, memos, count

    def _unsealed(self, file: StudyFile, row: CodingFileRow) -> bytes:
        path = self._store.received_path(file.id, row.id)
        if path is None:
            raise Trouble(TroubleCode.CODING_FILE_MISSING)
        with disk.report_disk_errors(path):
            try:
                data = disk.read_small_file(path)
            except FileNotFoundError:
                raise Trouble(TroubleCode.CODING_FILE_MISSING) from None
        if hashlib.sha256(data).hexdigest() != row.sha256:
            raise Trouble(TroubleCode.CODING_FILE_DAMAGED)
        try:
            return keys.unseal(data, [file.key.identity.secret])
        except Trouble as trouble:
            raise Trouble(TroubleCode.CODING_FILE_DAMAGED) from trouble

    def _row(self, study: str, file_id: str) -> CodingFileRow:
        for row in self._log.studies.files(study):
            if row.id == file_id and row.direction is ParcelDirection.IN:
                return row
        raise Trouble(TroubleCode.CODING_FILE_MISSING)


def _require_authors(file: StudyFile, memos: Sequence[Memo]) -> None:
    if {memo.author for memo in memos} - {one.id for one in file.tables.authors()}:
        raise ValueError("a memo is by an author of the study")


def _require_consistent(coded: CodingReturn) -> None:
    """Check that what was coded is on the texts that are named, and is what was fingerprinted. Raise Trouble."""
    sha256s: Mapping[RecordingId, str] = {recording: one.sha256 for recording, one in coded.texts.items()}
    on_texts = all(RecordingId(one.text) in sha256s for one in coded.work.codings.all)
    on_texts = on_texts and all(memo.text is None or memo.text in sha256s for memo in coded.memos)
    if not on_texts or work_sha256(coded.work, sha256s) != coded.sha256:
        raise Trouble(TroubleCode.CODING_FILE_DAMAGED)


def _opened_parcel(data: bytes, identities: Sequence[str], name: str) -> CodingParcel:
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


def _opened_return(data: bytes) -> CodingReturn:
    try:
        return read_return(data)
    except NewerParcelError as error:
        raise Trouble(TroubleCode.CODING_FILE_NEWER) from error
    except ValueError as error:
        raise Trouble(TroubleCode.CODING_FILE_DAMAGED) from error


def _difference(before: CoderWork, after: CoderWork) -> WorkDifference:
    old = {one.guid: one for one in before.codings.all}
    new = {one.guid: one for one in after.codings.all}
    return WorkDifference(
        len(new.keys() - old.keys()),
        len(old.keys() - new.keys()),
        sum(new[guid] != old[guid] for guid in new.keys() & old.keys()),
    )
