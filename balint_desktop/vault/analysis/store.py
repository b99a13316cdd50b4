"""The studies of a vault on the disk: create, open, back up, reseal, destroy.

    analysis/<study>/
      key.age         the study's own key, sealed to this vault
      analysis.db     its database, SQLite in the SQLCipher 4 scheme
      received/       coding files as they came, sealed to the study

What the log has to know of a study is in the study's database first, and brought into the log after: opening a study
does that again, so no kill can part the two.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from balint_desktop.domain.analysis.study import AnalysisStudy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import SealedKey, destroy_keyed_folder
from balint_desktop.vault.analysis.study_database import FILE, create_study_database, open_study_database, study_errors
from balint_desktop.vault.analysis.study_key import (
    StudyKey,
    new_study_key,
    read_study_key,
    resealed_study_key,
    write_study_key,
)
from balint_desktop.vault.analysis.study_rows import StudyTables
from balint_desktop.vault.analysis.theme_rows import ThemeTables
from balint_desktop.vault.analysis.work_rows import WorkRows
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.studies import (
    CodingFileKind,
    CodingFileRow,
    ParcelDirection,
    UsedText,
    author_mark,
)

RECEIVED = "received"
_AHEAD = f"{FILE}-wal"
# Its id, its kind, and for a file of another program its round and author: a kill may leave no other trace of them.
_RECEIVED_NAME = re.compile(r"([0-9a-f-]{36})\.([a-z]{1,20})(?:\.([0-9]{1,7})\.([0-9a-f-]{36}))?\.age")
_UNFINISHED = "*.age.new"


class StudyFile:
    """A study that is open: its key in memory, and its tables."""

    def __init__(self, study: str, folder: Path, key: StudyKey, database: Database) -> None:
        self.id = study
        self.folder = folder
        self.key = key
        self.database = database
        self.tables = StudyTables(database)
        self.themes = ThemeTables(database)
        self.work = WorkRows(database)

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Run the block in one transaction; what was remembered of a block that failed is read again."""
        try:
            with study_errors(), self.database.together():
                yield
        except BaseException:
            self.work.forget()
            raise

    def erase_traces(self) -> None:
        """Write the file anew, so that no page of it holds what was taken out. Raise Trouble."""
        with study_errors():
            self.database.run("VACUUM")
            self.database.run("PRAGMA wal_checkpoint(TRUNCATE)")


class StudyStore:
    """The studies of one vault. Any thread; who does several things in a row holds `lock`.

    `identities` returns the vault's own, the current one first, and raises Trouble VAULT_LOCKED.
    """

    def __init__(
        self, folder: Path, staging: Path, log: Log, recipient: str, identities: Callable[[], Sequence[Identity]]
    ) -> None:
        self._folder = folder
        self._staging = staging
        self._log = log
        self._recipient = recipient
        self._identities = identities
        self._open: dict[str, StudyFile] = {}
        self.lock = threading.RLock()

    def folder_of(self, study: str) -> Path:
        """Return a study's folder."""
        return self._folder / study

    # --- open and create ---

    def open(self, study: str) -> StudyFile:
        """Return a study, opened once. Raise Trouble: STUDY_MISSING, STUDY_DAMAGED, WRONG_KEY, VAULT_LOCKED."""
        with self.lock:
            # Asked even where it is open already: a locked vault opens nothing.
            secrets = [one.secret for one in self._identities()]
            if study not in self._open:
                record = self._log.studies.find(study)
                if record is None:
                    raise Trouble(TroubleCode.STUDY_MISSING)
                folder = self.folder_of(study)
                disk.require_no_links(folder)
                key = read_study_key(folder, secrets)
                if key.identity.recipient != record.recipient:
                    raise Trouble(TroubleCode.STUDY_DAMAGED)
                file = StudyFile(study, folder, key, open_study_database(folder, key.database))
                try:
                    self._note_unnoted(file)
                except BaseException:
                    # Nor is it open the second time, before the log has what it has to know.
                    file.database.close()
                    raise
                self._open[study] = file
            return self._open[study]

    def create(
        self, study: AnalysisStudy, me: str, texts: Mapping[RecordingId, bytes] | None = None, lead_recipient: str = ""
    ) -> StudyFile:
        """Create a study: its files aside and complete, then its row, then one rename. Raise Trouble.

        `texts` are those that came with it in a parcel, and `lead_recipient` the public key of the study it came from.
        """
        with self.lock:
            self.recover()
            aside = self._staging / study.id
            key = new_study_key()
            try:
                disk.make_private_folder(aside / RECEIVED)
                write_study_key(aside, key, self._recipient)
                self._fill(create_study_database(aside, key.database), study, me, texts or {}, lead_recipient)
            except Trouble:
                with contextlib.suppress(Trouble):
                    destroy_keyed_folder(aside)
                raise
            with self._log.together():
                self._log.studies.add(study.id, key.identity.recipient, is_guest=bool(lead_recipient))
                self._log.studies.set_texts(study.id, _used(study))
            self._place(aside, study.id)
            return self.open(study.id)

    @staticmethod
    def _fill(
        database: Database, study: AnalysisStudy, me: str, texts: Mapping[RecordingId, bytes], lead_recipient: str
    ) -> None:
        try:
            with study_errors(), database.together():
                tables = StudyTables(database)
                tables.insert(study, me, lead_recipient)
                for recording, data in texts.items():
                    tables.store_text(recording, data)
        finally:
            database.close()

    def _place(self, aside: Path, study: str) -> None:
        disk.make_private_folder(self._folder)
        place = self.folder_of(study)
        with disk.report_disk_errors(place):
            disk.replace(aside, place)
            disk.flush_folder(self._folder)
        disk.remove_folder(self._staging)

    def close(self) -> None:
        """Close every study that is open: its key and its words leave the memory."""
        with self.lock:
            while self._open:
                _, one = self._open.popitem()
                one.database.close()

    # --- the log ---

    def _note_unnoted(self, file: StudyFile) -> None:
        """Bring into the log what a kill kept from it. Raise Trouble."""
        if self._log.read_only is None:
            self._adopt_received(file)
            self.bring_to_log(file)

    def bring_to_log(self, file: StudyFile) -> None:
        """Bring into the log what the study's database has and the log has not yet. Raise Trouble."""
        log, study, tables = self._log.studies, file.id, file.tables
        about, me = tables.study(), tables.me()
        with self._log.together():
            known = {one.recording: one.version for one in log.texts(study)}
            for text in about.texts:
                latest = tables.versions(text.recording)[-1]
                if known.get(text.recording, latest.version) < latest.version:
                    used = UsedText(text.recording, latest.version, latest.sha256)
                    log.note_moved(study, used, withdrawn=latest.withdrawn, cut=latest.cut)
            log.set_texts(study, _used(about))
            for one in tables.frameworks():
                log.note_framework(study, one.version, one.sha256)
            taken = tables.taken()
            for coding_round in tables.rounds():
                log.note_round(study, coding_round.number, coding_round.opened_wall, _used(about))
                for closing in coding_round.closings:
                    if closing.author == me:
                        log.note_closing(study, coding_round.number, me, closing.wall, closing.sha256)
            for one_file in taken.values():
                if one_file.round:
                    # One that was set aside is in no round; one that counted once was noted then.
                    if one_file.counts:
                        log.note_file_taken(study, one_file.file, one_file.round, one_file.author, one_file.sha256)
                else:
                    log.note_comments_taken(study, one_file.file, one_file.author, one_file.sha256)

    # --- coding files that came ---

    def new_received_path(self, row: CodingFileRow) -> Path:
        """Return where a coding file that comes is kept, sealed to the study."""
        is_said = row.author is not None and author_mark(row.study, row.author) == row.author
        # Comments are of no round.
        whose = f".{row.round or 0}.{row.author}" if is_said else ""
        return self.folder_of(row.study) / RECEIVED / f"{row.id}.{row.kind}{whose}.age"

    def received_path(self, study: str, file: str) -> Path | None:
        """Return where a coding file that came is kept, None where it is not there."""
        return next(iter(sorted((self.folder_of(study) / RECEIVED).glob(f"{file}.*.age"))), None)

    def _adopt_received(self, file: StudyFile) -> None:
        """Enter into the log the coding files that came and were not noted before a kill; remove unfinished ones."""
        folder = file.folder / RECEIVED
        if not folder.is_dir():
            return
        known = {row.id for row in self._log.studies.files(file.id)}
        with disk.report_disk_errors(folder):
            for unfinished in folder.glob(_UNFINISHED):
                unfinished.unlink()
            paths = sorted(folder.iterdir())
        for path in paths:
            found = _RECEIVED_NAME.fullmatch(path.name)
            if found is None or found[1] in known or found[2] not in set(CodingFileKind):
                continue
            if disk.is_link(path) or not path.is_file():
                continue
            with disk.report_disk_errors(path):
                sha256 = hashlib.sha256(disk.read_small_file(path)).hexdigest()
            author, number = found[4], int(found[3] or 0) or None
            self._log.studies.note_file(
                CodingFileRow(
                    *(found[1], file.id, ParcelDirection.IN, CodingFileKind(found[2]), author, number),
                    sha256=sha256,
                    wall=self._log.now(),
                )
            )

    # --- destroyed, recovered, backed up, resealed ---

    def destroy(self, study: str) -> None:
        """Destroy a study for good: its key first. Raise Trouble STUDY_MISSING."""
        with self.lock:
            if self._log.studies.find(study) is None:
                raise Trouble(TroubleCode.STUDY_MISSING)
            disk.require_no_links(self.folder_of(study))
            self._log.studies.intend_deleting(study)
            self.recover()

    def drop_drafts(self, study: str, recording: RecordingId | None = None, *, is_destroyed: bool = True) -> None:
        """Delete half-typed input of a study, or of one text of it: it may hold words that are taken out now.

        A text that `is_destroyed` takes the half-written memo on all of it along.
        """
        begins = study if recording is None else f"{study}-{recording}"
        for form in self._log.drafts.forms("analysis-"):
            _, _, of = form.removeprefix("analysis-").partition("-")
            if of.startswith(f"{begins}-") or (of == begins and is_destroyed):
                self._log.drafts.delete(form)

    def recover(self) -> None:
        """Finish what a kill interrupted: creating and destroying studies. Raise Trouble."""
        with self.lock:
            if self._staging.is_dir():
                disk.require_no_links(self._staging)
                with disk.report_disk_errors(self._staging):
                    staged = sorted(self._staging.iterdir())
                for aside in staged:
                    if self._log.studies.find(aside.name) is not None and not self.folder_of(aside.name).exists():
                        self._place(aside, aside.name)
                    else:
                        destroy_keyed_folder(aside)
                disk.remove_folder(self._staging)
            for study in self._log.studies.deleting():
                opened = self._open.pop(study, None)
                if opened is not None:
                    opened.database.close()
                for folder in (self.folder_of(study), self._staging / study):
                    destroy_keyed_folder(folder)
                self.drop_drafts(study)
                self._log.studies.note_deleted(study)

    def backup_files(self) -> dict[str, bytes]:
        """Return the sealed files of every study at one moment, by their names in the vault. Raise Trouble.

        No key is needed: a write-ahead log that a kill left, and that only the key could merge, is one of them.
        """
        found: dict[str, bytes] = {}
        with self.lock:
            for record in self._log.studies.all():
                folder = self.folder_of(record.id)
                opened = self._open.get(record.id)
                if opened is not None and opened.database.read_only is None:
                    opened.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
                paths = [folder / name for name in (names.KEY, FILE, _AHEAD)]
                if (folder / RECEIVED).is_dir():
                    paths += sorted((folder / RECEIVED).glob("*.age"))
                for path in paths:
                    if path.is_file() and not disk.is_link(path) and path.stat().st_size:
                        with disk.report_disk_errors(path):
                            found[path.relative_to(self._folder.parent).as_posix()] = path.read_bytes()
        return found


def resealed_keys(
    studies: Iterable[str], places: Sequence[Path], identities: Sequence[Identity]
) -> tuple[list[SealedKey], list[str]]:
    """Return the keys of these studies sealed to the first identity, and the studies that still need another.

    Each is in one of the places: a kill may have left one in the second. Those sealed to it already are in neither.
    """
    sealed: list[SealedKey] = []
    left: list[str] = []
    for study in studies:
        folders = [place / study for place in places]
        folder = next((one for one in folders if one.exists()), folders[0])
        try:
            key = resealed_study_key(folder, identities)
        except Trouble:
            left.append(study)
        else:
            sealed += [key] if key is not None else []
    return sealed, left


def _used(study: AnalysisStudy) -> list[UsedText]:
    return [UsedText(one.recording, one.version, one.sha256) for one in study.texts]
