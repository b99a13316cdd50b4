"""The sealed files of one transcript: plan, heard pieces, the engine's text, the working text, what was done with it.

    transcripts/<recording>/
      key.age             an identity of its own, sealed to the readers of the recording
      plan.json.age       written before the first piece is heard
      heard/0001.age      one file a piece; joined into machine.json.age at the end
      machine.json.age    what was heard, whole; written once
      text/001.json.age   the working text, a page of five minutes each
      listened.json.age   which stretches a person has listened to
      decisions.json.age  what was decided about single places that identify, and which pages were read

Nothing of it is ever on the disk unsealed. Sizes are padded, so that a file's length does not tell how much was said.
"""

from __future__ import annotations

import contextlib
import re
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from balint_desktop.domain.deidentify.decisions import Decisions, decisions_from_json, decisions_to_json
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece
from balint_desktop.domain.transcript.page_format import (
    listened_from_json,
    listened_to_json,
    page_from_json,
    page_to_json,
    pages_from_json,
    pages_to_json,
    pieces_from_json,
    pieces_to_json,
)
from balint_desktop.domain.transcript.plan import TranscriptionPlan, plan_from_json
from balint_desktop.domain.transcript.transcript import Transcript, Turn, transcript_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import Identity, seal, unseal
from balint_desktop.sealed.recording import read_key

PLAN = "plan.json.age"
MACHINE = "machine.json.age"
LISTENED = "listened.json.age"
DECISIONS = "decisions.json.age"
HEARD = "heard"
TEXT = "text"
# In a sealed copy, and beside a recording that is being imported.
STAGED = "transcript"
_PENDING = "pending.json.age"

_PADDED_TO = 4096
_HEARD_NAME = re.compile(r"([0-9]{4,6})\.age")
_PAGE_NAME = re.compile(r"([0-9]{3,5})\.json\.age")


# Those that are open, so that none goes on writing with the old key once its transcript was replaced or deleted.
_open: weakref.WeakSet[TranscriptFiles] = weakref.WeakSet()
_opening = threading.Lock()


class TranscriptFiles:
    """Reads and writes one transcript's files. Any thread; one writes at a time."""

    def __init__(self, folder: Path, key: Identity) -> None:
        self.folder = folder
        self._recipient = key.recipient
        self._secret: str | None = key.secret
        # What was read and added, so that hearing goes on after the secret was dropped.
        self._heard: dict[int, HeardPiece] | None = None
        self._plan: TranscriptionPlan | None = None
        self._writing = threading.Lock()
        self._pages: dict[int, tuple[Turn, ...]] = {}
        self._is_retired = False
        with _opening:
            _open.add(self)

    def retire(self) -> None:
        """Forget the key, once the write that is under way has ended; each later call raises TRANSCRIPT_CHANGED."""
        with self._writing:
            self._is_retired = True
            self._secret, self._heard, self._plan, self._pages = None, None, None, {}

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Hold up writing for the block."""
        with self._writing:
            yield

    # --- while the engine hears ---

    def drop_secret(self) -> None:
        """Forget the key that opens what is stored; the public key goes on sealing. For a locked vault.

        The engine's pieces and plan stay in memory; the working text and what was listened to can be read no more.
        """
        with self._writing:
            if self._secret is not None:
                self._load_heard()
                self._secret = None

    def plan(self) -> TranscriptionPlan | None:
        """Return the stored plan, None without one. Raise Trouble."""
        with self._writing:
            self._load_heard()
            return self._plan

    def begin(self, plan: TranscriptionPlan) -> None:
        """Store a plan, and drop the pieces of another. Raise Trouble."""
        with self._writing:
            self._require_current()
            # These first: a new plan never stands beside what was heard by the old one.
            disk.remove_file(self.folder / MACHINE)
            self._drop_heard()
            self._write(self.folder / PLAN, plan.to_json())
            self._plan, self._heard = plan, {}

    def heard(self) -> Mapping[int, HeardPiece]:
        """Return the pieces that are stored, by number, joined already or not. Raise Trouble."""
        with self._writing:
            return dict(self._load_heard())

    def add(self, piece: HeardPiece) -> None:
        """Store a piece. Raise Trouble."""
        with self._writing:
            heard = self._load_heard()
            self._write(self.folder / HEARD / f"{piece.number + 1:04}.age", pieces_to_json([piece]))
            heard[piece.number] = piece

    def finish_heard(self) -> tuple[HeardPiece, ...]:
        """Join the pieces into the engine's text, in order, and return it; joined before, only return it.

        Raise Trouble.
        """
        with self._writing:
            found = tuple(piece for _, piece in sorted(self._load_heard().items()))
            if not (self.folder / MACHINE).exists():
                self._write(self.folder / MACHINE, pieces_to_json(found))
            self._drop_heard()
            return found

    def machine_text(self) -> tuple[HeardPiece, ...] | None:
        """Return the engine's text, None where there is none. Raise Trouble."""
        data = self._read(self.folder / MACHINE)
        if data is None:
            return None
        with self._ours():
            return pieces_from_json(data)

    def write_machine_text(self, pieces: Sequence[HeardPiece]) -> None:
        """Store the engine's text as it is to be. Raise Trouble."""
        with self._writing:
            self._write(self.folder / MACHINE, pieces_to_json(pieces))

    def _load_heard(self) -> dict[int, HeardPiece]:
        """Read the plan and the pieces once. Raise Trouble."""
        if self._heard is None:
            data = self._read(self.folder / PLAN)
            with self._ours():
                self._plan = plan_from_json(data) if data is not None else None
            joined = self.machine_text()
            pieces = joined if joined is not None else self._loose_pieces()
            self._heard = {piece.number: piece for piece in pieces}
        return self._heard

    def _loose_pieces(self) -> list[HeardPiece]:
        found: list[HeardPiece] = []
        for path in self._numbered(HEARD, _HEARD_NAME).values():
            data = self._read_listed(path)
            with self._ours():
                found += pieces_from_json(data)
        return found

    def _drop_heard(self) -> None:
        # Sealed, and their key is destroyed with the transcript: deleting is enough.
        disk.remove_folder(self.folder / HEARD)

    # --- while a person works on it ---

    def text(self) -> Transcript:
        """Return the working text, empty where there is none. Finish a change that a kill cut short. Raise Trouble."""
        with self._writing:
            self._finish_pending()
            pages: dict[int, tuple[Turn, ...]] = {}
            for number, path in self._numbered(TEXT, _PAGE_NAME).items():
                data = self._read_listed(path)
                with self._ours():
                    pages[number] = page_from_json(data)
            with self._ours():
                transcript = transcript_of(turn for page in pages.values() for turn in page)
            self._pages = pages
            return transcript

    def write_transcript(self, transcript: Transcript) -> None:
        """Store the pages that have changed since the last call. Raise Trouble; what was stored is then still there.

        A turn that was split or joined may change two pages: both are in one file first, so that no kill loses the
        words between them.
        """
        with self._writing:
            self._require_current()
            pages = transcript.pages()
            numbers = sorted({*pages, *self._pages})
            changed = {n: pages.get(n, ()) for n in numbers if pages.get(n, ()) != self._pages.get(n, ())}
            if len(changed) > 1:
                self._write(self.folder / TEXT / _PENDING, pages_to_json(changed))
            self._write_pages(changed)
            self._pages = pages

    def _finish_pending(self) -> None:
        data = self._read(self.folder / TEXT / _PENDING)
        if data is not None:
            with self._ours():
                changed = pages_from_json(data)
            self._write_pages(changed)

    def _write_pages(self, changed: Mapping[int, Sequence[Turn]]) -> None:
        for number, turns in changed.items():
            self._write(self.folder / TEXT / f"{number:03}.json.age", page_to_json(turns))
        disk.remove_file(self.folder / TEXT / _PENDING)

    def listened(self) -> Listened:
        """Return what was listened to. Raise Trouble."""
        data = self._read(self.folder / LISTENED)
        if data is None:
            return Listened()
        with self._ours():
            return listened_from_json(data)

    def write_listened(self, listened: Listened) -> None:
        """Store what was listened to. Raise Trouble."""
        with self._writing:
            self._write(self.folder / LISTENED, listened_to_json(listened))

    # --- while it is de-identified ---

    def decisions(self) -> Decisions:
        """Return what was decided for this text alone, and the pages read. Raise Trouble."""
        data = self._read(self.folder / DECISIONS)
        if data is None:
            return Decisions()
        with self._ours():
            return decisions_from_json(data)

    def write_decisions(self, decisions: Decisions) -> None:
        """Store what was decided for this text alone, and the pages read; those of the group are not. Raise Trouble."""
        with self._writing:
            self._write(self.folder / DECISIONS, decisions_to_json(replace(decisions, everywhere={})))

    # --- files ---

    def _numbered(self, folder: str, name: re.Pattern[str]) -> dict[int, Path]:
        """Return the numbered files of a folder."""
        inside = self.folder / folder
        with disk.report_disk_errors(inside):
            paths = sorted(inside.iterdir()) if inside.is_dir() else []
        return {int(found[1]): path for path in paths if (found := name.fullmatch(path.name)) and path.is_file()}

    def _read_listed(self, path: Path) -> bytes:
        """Return what a file of a folder's list holds. One that goes meanwhile is damage: words would be missing."""
        data = self._read(path)
        if data is None:
            raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=path.name)
        return data

    def _read(self, path: Path) -> bytes | None:
        self._require_current()
        if self._secret is None:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        with disk.report_disk_errors(path):
            try:
                data = disk.read_small_file(path)
            except FileNotFoundError:
                return None
        try:
            return unseal(data, [self._secret])
        except Trouble as trouble:
            raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=path.name) from trouble

    def _require_current(self) -> None:
        if self._is_retired:
            raise Trouble(TroubleCode.TRANSCRIPT_CHANGED)

    def _write(self, path: Path, data: bytes) -> None:
        self._require_current()
        if not path.parent.is_dir():
            disk.make_private_folder(path.parent)
        # JSON ends where it ends: spaces after it say nothing.
        padded = data + b" " * (-len(data) % _PADDED_TO)
        disk.write_durably(path, seal(padded, [self._recipient]))

    @contextlib.contextmanager
    def _ours(self) -> Iterator[None]:
        """Report what was sealed to this key and is none of our formats as damage."""
        try:
            yield
        except ValueError as error:
            raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=self.folder.name) from error


def read_transcript_key(folder: Path, secrets: Sequence[str]) -> Identity:
    """Return a transcript's key. Raise Trouble: WRONG_KEY where it is not sealed to these, TRANSCRIPT_DAMAGED."""
    try:
        return read_key(folder, secrets)
    except Trouble as trouble:
        if trouble.code is not TroubleCode.SEALED_DAMAGED:
            raise
        raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=folder.name) from trouble


def retire_files(folder: Path, *, but: TranscriptFiles | None = None) -> None:
    """Let no one else go on writing a transcript whose folder is about to be replaced or deleted."""
    for files in _open_in(folder):
        if files is not but:
            files.retire()


def read_sealed_files(folder: Path) -> dict[str, bytes]:
    """Return a transcript's sealed files by their names, as they are between two saves. Raise Trouble."""
    with contextlib.ExitStack() as still:
        for files in _open_in(folder):
            still.enter_context(files.still())
        with disk.report_disk_errors(folder):
            paths = [path for path in sorted(folder.rglob("*.age")) if path.is_file() and not disk.is_link(path)]
            return {path.relative_to(folder).as_posix(): disk.read_small_file(path) for path in paths}


def place_transcript(staged: Path, place: Path) -> None:
    """Move a transcript from beside its imported recording into its place, if it is not there yet. Raise Trouble."""
    folder = staged / STAGED
    if not folder.is_dir() or disk.is_link(folder) or place.exists():
        return
    disk.make_private_folder(place.parent)
    with disk.report_disk_errors(place):
        disk.replace(folder, place)
        disk.flush_folder(place.parent)
        disk.flush_folder(staged)


def _open_in(folder: Path) -> list[TranscriptFiles]:
    with _opening:
        return [files for files in _open if files.folder == folder]
