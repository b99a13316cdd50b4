"""Coding files of a study: a sealed parcel to each coder, and what comes back, unopened before one's own round closes.

Outside of the study's own vault a parcel becomes a study of one coder, and `export_back` seals their closed round to
the study it came from. Whatever comes is kept as it came, whether it can be taken in or not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import AuthorRole, Memo
from balint_desktop.domain.analysis.word_work import merged_work
from balint_desktop.domain.analysis.work_format import without_hidden_signs, work_sha256
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import new_id
from balint_desktop.sealed import disk, keys
from balint_desktop.sealed.age_header import VERSION_LINE, read_header
from balint_desktop.sealed.new_file import write_new
from balint_desktop.vault.analysis.store import StudyFile
from balint_desktop.vault.analysis.study_rows import SaidOf, TakenFile
from balint_desktop.vault.coding_admission import Arrival, CodingAdmission, TakenCoding
from balint_desktop.vault.coding_parcel import sealed_parcel
from balint_desktop.vault.coding_return import moved_return, opened_return
from balint_desktop.vault.guest_study import add_rounds, create_guest, follow_parcel, opened_parcel, sealed_return
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, ParcelDirection
from balint_desktop.vault.studies import AnalysisStudies, find_round, require_other

# What a study says that does not open.
_UNOPENED = frozenset(
    {TroubleCode.STUDY_DAMAGED, TroubleCode.WRONG_KEY, TroubleCode.VAULT_NEWER, TroubleCode.LINK_IN_VAULT}
)


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

        Raise Trouble: ROUND_UNKNOWN, CODING_NOT_YOURS for one's own, CODER_WITHOUT_KEY, STUDY_TEXT_CLOSED,
        EXPORT_EXISTS.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._studies.followed(study)
            data = sealed_parcel(self._studies, file, round_number, author)
            return self._write(file, path, data, author, round_number)

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
            require_other(file, author)
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
            parcel = opened_parcel(data, self._vault.secrets(), name)
            record = self._log.studies.find(parcel.study)
            if record is None:
                file = create_guest(self._store, parcel)
            elif not record.is_guest:
                raise Trouble(TroubleCode.CODING_FILE_OWN)
            else:
                file = follow_parcel(self._store, parcel)
            add_rounds(file, parcel, self._log.now())
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

    def export_back(self, study: str, round_number: int, path: Path) -> CodingFileRow:
        """Seal one's closed round to the study it came from, into a new file; the audit trail says so.

        Raise Trouble: ROUND_NOT_CLOSED, ROUND_UNKNOWN, CODING_FILE_OWN where the study is of this vault, EXPORT_EXISTS.
        """
        with self._vault.log_stays, self._store.lock:
            file = self._store.open(study)
            data = sealed_return(file, round_number)
            return self._write(file, path, data, file.tables.me(), round_number)

    # --- what comes back ---

    def arrive(self, data: bytes, name: str) -> ArrivedFile:
        """Keep a sealed coding file by the study it is sealed to; import it where it is a parcel for this vault.

        Raise Trouble: as `receive` and `import_parcel`; of a study that does not open, where it may be sealed to that.
        """
        with self._vault.log_stays, self._store.lock:
            unopened: Trouble | None = None
            for study in self._log.studies.all():
                try:
                    return ArrivedFile(study.id, self.receive(study.id, data, name))
                except Trouble as trouble:
                    if trouble.code in _UNOPENED:
                        unopened = unopened or trouble
                    elif trouble.code is not TroubleCode.CODING_FILE_FOREIGN:
                        raise
            sha256 = hashlib.sha256(data).hexdigest()
            came = {row.sha256 for study in self._log.studies.all() for row in self._log.studies.files(study.id)}
            try:
                return ArrivedFile(self.import_parcel(data, name), is_known=sha256 in came)
            except Trouble as trouble:
                if unopened is not None and trouble.code is TroubleCode.CODING_FILE_NOT_FOR_YOU:
                    # It may be sealed to the study that does not open: asking for another file would not help.
                    raise unopened from trouble
                raise

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
            require_other(file, author)
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
            require_other(file, author)
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
            require_other(file, author)
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
            admission = CodingAdmission(self._store, file, taken, work, tuple(memos), adds=adds)
            return admission.admit(late)

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
        CODING_FILE_FOREIGN, CODING_FILE_WRONG_TICKET, CODING_FILE_UNKNOWN_TEXT, CODING_NOT_YOURS: the file stays as it
        came.
        """
        with self._vault.log_stays, self._store.lock:
            file, row = self._studies.followed(study), self._row(study, file_id)
            tickets = {one.ticket: one for one in file.tables.tickets()}
            # Rounds are closed in their order: where the first is open, so is every other that something came for.
            self._studies.require_closed(file, min((one.round for one in tickets.values()), default=1))
            try:
                coded = opened_return(self._unsealed(file, row))
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
            require_other(file, ticket.author)
            # Nothing of it is kept or shown where its own round is open: the ticket has said which that is.
            self._studies.require_closed(file, coded.round)
            self._log.studies.note_file_opened(study, file_id)
            found = moved_return(self._studies, file, coded)
            # A parcel is one coder's: whoever a memo in it names, it is theirs.
            memos = tuple(replace(memo, author=ticket.author) for memo in found.memos)
            taken = TakenFile(file_id, ticket.author, coded.round, coded.closed_wall, coded.sha256)
            return CodingAdmission(self._store, file, taken, found.work, memos, moved=found.moved).admit(late)

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
