"""Replace a sealed folder by one written anew under another key: at any moment all of the old or all of the new.

    <staging>/<recording>/
      new/      complete, under another key; then renamed into its place
      old/      the one from its place, its key overwritten first

The intent in the log comes once `new` is complete. Before it nothing has changed; after it opening the vault goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.destruction import NEW, OLD, destroy_recording, discard_recording


class Swap(Enum):
    """What became of an intent to replace a folder."""

    DONE = auto()
    """The new folder is in its place, and the old one is destroyed."""
    LOCKED = auto()
    """Its key does not open here: it cannot be told which of the two it is."""
    LOST = auto()
    """The new folder is nowhere, as after a restore: a backup holds what is in its place alone."""


@dataclass(frozen=True, slots=True)
class FolderRewrite:
    """The folder of one recording, and where it is written anew. `place` need not exist yet."""

    place: Path
    staging: Path

    @property
    def new(self) -> Path:
        """Return where the new folder is written."""
        return self.staging / NEW

    def begin(self) -> Path:
        """Return where the new folder is to be written, without what an earlier try has left."""
        discard_recording(self.new)
        return self.new

    def swap_in(self, recipient: str, identities: Sequence[Identity]) -> Swap:
        """Put the folder with this key into its place, and destroy the old one. Raise Trouble.

        Its intent is in the log. Killed on the way, calling it again goes on; `end` comes after the log has noted it.
        """
        for one in (self.place, self.staging):
            disk.require_no_links(one)
        if self.new.exists():
            self._replace()
        else:
            found = self._found_in_place(recipient, identities)
            if found is not Swap.DONE:
                return found
        destroy_recording(self.staging / OLD)
        return Swap.DONE

    def end(self) -> None:
        """Delete what is left of the staging folder. Raise Trouble."""
        disk.remove_folder(self.staging)

    def roll_back(self) -> None:
        """Delete what was written for a change that the log knows nothing of. Raise Trouble."""
        if (self.staging / OLD).exists() and not self.place.exists():
            # The log knows of no change: nothing is lost for one.
            disk.make_private_folder(self.place.parent)
            with disk.report_disk_errors(self.place):
                disk.replace(self.staging / OLD, self.place)
        for one in (self.new, self.staging / OLD):
            destroy_recording(one)
        disk.remove_folder(self.staging)

    def _found_in_place(self, recipient: str, identities: Sequence[Identity]) -> Swap:
        if not self.place.exists():
            return Swap.LOST
        try:
            found = read_key(self.place, [one.secret for one in identities]).recipient
        except Trouble as trouble:
            if trouble.code is TroubleCode.WRONG_KEY:
                return Swap.LOCKED
            raise
        return Swap.DONE if found == recipient else Swap.LOST

    def _replace(self) -> None:
        disk.make_private_folder(self.place.parent)
        with disk.report_disk_errors(self.place):
            if self.place.exists():
                destroy_recording(self.staging / OLD)
                disk.replace(self.place, self.staging / OLD)
                disk.flush_folder(self.staging)
                disk.flush_folder(self.place.parent)
            disk.replace(self.new, self.place)
            disk.flush_folder(self.place.parent)
            disk.flush_folder(self.staging)


def roll_back_others(
    staging: Path, known: Collection[RecordingId], rewrite_of: Callable[[RecordingId], FolderRewrite]
) -> None:
    """Delete what was written in a staging folder for changes that the log does not know. Raise Trouble."""
    if not staging.is_dir():
        return
    with disk.report_disk_errors(staging):
        recordings = [RecordingId(folder.name) for folder in sorted(staging.iterdir())]
    for recording in recordings:
        if recording not in known:
            rewrite_of(recording).roll_back()
