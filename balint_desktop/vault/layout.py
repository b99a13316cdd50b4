"""Layout of a vault's folder, and whether a folder is suitable for one."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.sealed import disk
from balint_desktop.vault.network_disks import is_on_network

PASSPHRASE_FILE = "passphrase.age"
# Which backup a vault was restored from, until it is first opened.
ORIGIN_FILE = "restored-from.json"
RECOVERY_FILE = "recovery.age"
# Beside a group's roster: what was decided about words that identify.
DECISIONS_ENDING = "-decisions.age"
# Beside a group's roster: what stands for each code outside the vault.
NUMBERS_ENDING = "-numbers.age"
# Folders that other software syncs off the machine, by the names that software gives them; an account's name may
# follow ("OneDrive - University", "Dropbox (Personal)").
_SYNCED = re.compile(
    r"(dropbox|onedrive|google ?drive|my drive|icloud ?drive|mobile documents|cloudstorage|nextcloud|owncloud"
    r"|pclouddrive|box( sync)?)( ?[-(].*)?",
    re.IGNORECASE,
)


# A transaction of the log, and the file in which SQLite keeps an index of it, fit into this.
_ENOUGH_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class VaultLayout:
    """The paths in a vault."""

    folder: Path

    @property
    def log(self) -> Path:
        """Return the log's path."""
        return self.folder / "log.db"

    @property
    def lock(self) -> Path:
        """Return the lock file of the process that has the vault open."""
        return self.folder / "in-use"

    @property
    def recordings(self) -> Path:
        """Return the folder of all recordings."""
        return self.folder / "recordings"

    @property
    def import_staging(self) -> Path:
        """Return the staging folder in which an imported recording is sealed before it is admitted."""
        return self.folder / "bringing-in"

    @property
    def rosters(self) -> Path:
        """Return the folder of the rosters: the names behind each group's codes."""
        return self.folder / "roster"

    def roster(self, group: GroupId) -> Path:
        """Return a group's roster."""
        return self.rosters / f"{group}.age"

    def study_numbers(self, group: GroupId) -> Path:
        """Return what stands for each code of a group outside the vault."""
        return self.rosters / f"{group}{NUMBERS_ENDING}"

    def group_decisions(self, group: GroupId) -> Path:
        """Return what a group has decided about words that identify, in all of its texts."""
        return self.rosters / f"{group}{DECISIONS_ENDING}"

    def recording(self, recording: RecordingId) -> Path:
        """Return the folder of one recording."""
        return self.recordings / recording

    @property
    def transcripts(self) -> Path:
        """Return the folder of all transcripts."""
        return self.folder / "transcripts"

    def transcript(self, recording: RecordingId) -> Path:
        """Return the folder of a recording's transcript, which has a key of its own."""
        return self.transcripts / recording

    @property
    def rewritten_transcripts(self) -> Path:
        """Return the staging folder of transcripts that are written anew under another key."""
        return self.folder / "transcripts-rewritten"

    def rewritten_transcript(self, recording: RecordingId) -> Path:
        """Return where a recording's transcript is written anew (`new`), and the old one is destroyed (`old`)."""
        return self.rewritten_transcripts / recording

    @property
    def approved_texts(self) -> Path:
        """Return the folder of all approved texts."""
        return self.folder / "approved"

    def approved_text(self, recording: RecordingId) -> Path:
        """Return the folder of a recording's approved text, which has a key of its own and outlasts the recording."""
        return self.approved_texts / recording

    @property
    def rewritten_approved_texts(self) -> Path:
        """Return the staging folder of approved texts whose next version is being written."""
        return self.folder / "approved-rewritten"

    def rewritten_approved_text(self, recording: RecordingId) -> Path:
        """Return where the next version of an approved text is written (`new`), and the old one destroyed (`old`)."""
        return self.rewritten_approved_texts / recording

    @property
    def studies(self) -> Path:
        """Return the folder of all studies that are analysed, each with a key and a database of its own."""
        return self.folder / "analysis"

    @property
    def new_studies(self) -> Path:
        """Return the staging folder of studies that are being created."""
        return self.folder / "analysis-being-made"

    @property
    def being_made(self) -> Path:
        """Return the folder in which a vault is created until its recovery key was handed over."""
        return self.folder.with_name(f"{self.folder.name}-being-made")

    def exists(self) -> bool:
        """Return whether a vault exists here, damaged or not."""
        names = (PASSPHRASE_FILE, RECOVERY_FILE, f"copy-of-{PASSPHRASE_FILE}", f"copy-of-{RECOVERY_FILE}", "log.db")
        return any((self.folder / name).exists() for name in names)

    def was_never_opened(self) -> bool:
        """Return whether a vault was restored here and never opened since: perhaps from the wrong backup."""
        return (self.folder / ORIGIN_FILE).is_file()


def looks_synced(folder: Path) -> bool:
    """Return whether a folder's path suggests that other software syncs it off the machine."""
    return any(_SYNCED.fullmatch(part) for part in folder.parts)


def check_private(folder: Path) -> None:
    """Check that a folder exists and can be private to its owner. Raise Trouble FOLDER_SHARED or the disk's error."""
    if looks_synced(folder) or is_on_network(folder):
        raise Trouble(TroubleCode.FOLDER_SHARED, folder=str(folder))
    disk.make_private_folder(folder)
    if sys.platform == "win32":
        return
    if not is_private(folder) or stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise Trouble(TroubleCode.FOLDER_SHARED, folder=str(folder))


def is_private(folder: Path) -> bool:
    """Return whether a file here can be private to its owner: a USB stick or a share may ignore the permissions set.

    Raise Trouble if the folder is not writable.
    """
    if sys.platform == "win32":
        return True
    import tempfile  # noqa: PLC0415  not needed before the first paint

    with disk.report_disk_errors(folder):
        descriptor, name = tempfile.mkstemp(dir=folder)
        try:
            os.fchmod(descriptor, 0o600)
            kept = stat.S_IMODE(os.fstat(descriptor).st_mode)
        except PermissionError:
            kept = 0o777
        finally:
            os.close(descriptor)
            Path(name).unlink()
    return not kept & 0o077


def is_unwritable(folder: Path) -> bool:
    """Return whether nothing can be written to a vault: its disk is full or read-only."""
    return disk.is_read_only(folder) or disk.free_bytes(folder) < _ENOUGH_BYTES


def make_private(folder: Path) -> None:
    """Make a vault's folder private to its owner again, as after a copy. A folder that refuses is left unchanged."""
    if sys.platform != "win32" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
