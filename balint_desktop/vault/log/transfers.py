"""Transfers in the log: backups, shared copies, imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.log.database import Database, Row, Verbatim

_COLUMNS = "id, kind, wall, folder, manifest_sha256"


class TransferKind(StrEnum):
    """The purpose of a parcel."""

    BACKUP = "backup"
    HAND_OVER = "hand-over"


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One parcel in the log: time (seconds since 1970), destination, and which files of which recordings it holds.

    `manifest_sha256` is None while it is being copied, and if copying was interrupted.
    """

    id: str
    kind: TransferKind
    wall: float
    folder: str
    manifest_sha256: str | None = None
    files: Mapping[RecordingId, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        """Return whether the parcel is complete at its destination."""
        return self.manifest_sha256 is not None

    @property
    def recordings(self) -> tuple[RecordingId, ...]:
        """Return the recordings in the parcel."""
        return tuple(self.files)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A recording imported from a file. `original` is the file's name, empty once it was wiped.

    `report` is the import's report, None for one imported by an earlier version, which made none.
    """

    recording: RecordingId
    wall: float
    original: str
    wiped: bool
    report: ImportReport | None = None


class TransferRows:
    """The tables of transfers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, row: TransferRow) -> None:
        """Record a parcel about to be copied: after a power failure, it may exist."""
        self._database.run(
            "INSERT INTO carried VALUES (?, ?, ?, ?, ?)",
            (row.id, row.kind, row.wall, Verbatim(row.folder), row.manifest_sha256),
        )

    def finish(self, parcel: str, manifest_sha256: str, files: Mapping[RecordingId, Mapping[str, str]]) -> None:
        """Record that a parcel is complete, and its contents."""
        with self._database.together():
            self._database.run("UPDATE carried SET manifest_sha256 = ? WHERE id = ?", (manifest_sha256, parcel))
            for recording, fingerprints in files.items():
                for name, sha256 in fingerprints.items():
                    self._database.run(
                        "INSERT OR REPLACE INTO carried_files VALUES (?, ?, ?, ?)", (parcel, recording, name, sha256)
                    )

    def forget(self, parcel: str) -> None:
        """Delete the row of a failed parcel."""
        self._database.run("DELETE FROM carried WHERE id = ?", (parcel,))

    def parcels(self, kind: TransferKind | None = None) -> tuple[TransferRow, ...]:
        """Return the parcels copied out, newest first."""
        rows = self._database.run(f"SELECT {_COLUMNS} FROM carried ORDER BY wall DESC, rowid DESC")
        return tuple(self._row(row) for row in rows if kind is None or row[1] == kind)

    def holding(self, recording: RecordingId, kind: TransferKind = TransferKind.BACKUP) -> tuple[TransferRow, ...]:
        """Return the parcels that may hold a recording, destroyed here or not, newest first.

        An interrupted one is included: its contents are unknown.
        """
        return tuple(row for row in self.parcels(kind) if recording in row.files or not row.is_finished)

    def _row(self, row: Row) -> TransferRow:
        files: dict[RecordingId, dict[str, str]] = {}
        for recording, name, sha256 in self._database.run(
            "SELECT recording_id, name, sha256 FROM carried_files WHERE carried_id = ? ORDER BY recording_id, name",
            (row[0],),
        ):
            files.setdefault(RecordingId(recording), {})[name] = sha256
        return TransferRow(row[0], TransferKind(row[1]), row[2], row[3], row[4], files)

    # --- imports ---

    def add_import(self, recording: RecordingId, wall: float, original: str, report: ImportReport) -> None:
        """Record that a recording was imported from a file, with the import's report."""
        self._database.run(
            "INSERT INTO brought_in (recording_id, wall, original, report) VALUES (?, ?, ?, ?)",
            (recording, wall, original, json.dumps(report.to_json())),
        )

    def imports(self) -> tuple[ImportRow, ...]:
        """Return the imported recordings, newest first."""
        rows = self._database.run(
            "SELECT recording_id, wall, original, wiped, report FROM brought_in ORDER BY rowid DESC"
        )
        return tuple(
            ImportRow(RecordingId(one), wall, original, bool(wiped), _report(report))
            for one, wall, original, wiped, report in rows
        )

    def to_wipe(self) -> tuple[ImportRow, ...]:
        """Return the imports whose original may still be on the recorder it came from."""
        return tuple(row for row in self.imports() if not row.wiped)

    def note_wiped(self, recording: RecordingId) -> None:
        """Record that the original was wiped, and delete its file name."""
        self._database.run("UPDATE brought_in SET wiped = 1, original = '' WHERE recording_id = ?", (recording,))


def _report(text: str | None) -> ImportReport | None:
    return None if text is None else ImportReport.from_json(json.loads(text))
