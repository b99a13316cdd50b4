"""Approved texts on the disk: written whole under a key of their own, each version under another.

    approved/<recording>/
      key.age        an identity of its own, sealed to the readers of the recording
      text.json.age  the latest version, with the maps from each earlier one

Approving and redacting are one act: the version is written aside, its intent comes into the log, it is put into its
place, and the key of the version before is overwritten. All of the old or all of the new, at any kill.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.deidentify.approved import ApprovedText, approved_from_json, approved_to_json
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import Identity, seal, unseal
from balint_desktop.sealed.recording import create_recording, read_key
from balint_desktop.vault.destruction import NEW, OLD, destroy_recording, discard_recording
from balint_desktop.vault.folder_rewrite import FolderRewrite, Swap, roll_back_others
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.approved import ApprovedChange, ApprovedRecord, ApprovedVersion
from balint_desktop.vault.log.log import Log

TEXT = "text.json.age"
_PADDED_TO = 4096


def write_approved(folder: Path, recipient: str, text: ApprovedText) -> None:
    """Seal a version into a folder. Raise Trouble."""
    data = approved_to_json(text)
    disk.write_durably(folder / TEXT, seal(data + b" " * (-len(data) % _PADDED_TO), [recipient]))


def read_approved(folder: Path, record: ApprovedRecord, identities: Sequence[str]) -> ApprovedText:
    """Return the stored version, which is the one that the log knows. Raise Trouble WRONG_KEY, APPROVED_DAMAGED."""
    damaged = Trouble(TroubleCode.APPROVED_DAMAGED, recording=record.recording)
    try:
        key = read_key(folder, identities)
        with disk.report_disk_errors(folder):
            data = disk.read_small_file(folder / TEXT)
        text = approved_from_json(unseal(data, [key.secret]))
    except ValueError as error:
        raise damaged from error
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY:
            raise
        raise damaged from trouble
    if key.recipient != record.recipient or text.sha256 != record.latest.sha256:
        raise damaged
    return text


def _nothing() -> None:
    """Do nothing in the log."""


@dataclass(frozen=True, slots=True)
class ApprovedWriter:
    """Writes and destroys the approved texts of a vault; `identities` are the vault's own. On the log's thread.

    `changed` is called once what stands on the texts has to follow them.
    """

    places: VaultLayout
    log: Log
    identities: Sequence[Identity]
    changed: Callable[[], None] = _nothing

    def write(
        self,
        recording: RecordingId,
        text: ApprovedText,
        version: ApprovedVersion,
        readers: Sequence[str],
        beside: Callable[[], None] = _nothing,
    ) -> None:
        """Put a version into its place under a new key, and run `beside` on the log with it, all or none.

        Raise Trouble; the version before is then unchanged.
        """
        self.finish()
        rewrite = self._rewrite_of(recording)
        new = rewrite.begin()
        try:
            key = create_recording(new, readers)
            write_approved(new, key.recipient, text)
        except Trouble:
            discard_recording(new)
            raise
        with self.log.together():
            self.log.approved.intend(ApprovedChange(recording, key.recipient, version))
            beside()
        self.finish()

    def destroy(self, recording: RecordingId, by: str) -> None:
        """Destroy an approved text for good: its key first. Raise Trouble LINK_IN_VAULT, or the disk's."""
        self.finish()
        disk.require_no_links(self.places.approved_text(recording))
        self.log.approved.intend_deleting(recording, by)
        self.finish()

    def finish(self) -> None:
        """Finish every version and destruction that was begun, and delete what the log does not know. Raise Trouble."""
        is_changed = False
        for change in self.log.approved.pending():
            rewrite = self._rewrite_of(change.recording)
            swapped = rewrite.swap_in(change.recipient, self.identities)
            if swapped is Swap.DONE:
                self.log.approved.note_in_place(change)
                rewrite.end()
                is_changed = True
            elif swapped is Swap.LOST:
                self.log.approved.drop(change)
        left = {change.recording for change in self.log.approved.pending()}
        roll_back_others(self.places.rewritten_approved_texts, left, self._rewrite_of)
        for recording in self.log.approved.deleting():
            staging = self.places.rewritten_approved_text(recording)
            for folder in (self.places.approved_text(recording), staging / NEW, staging / OLD, staging):
                destroy_recording(folder)
            self.log.approved.note_deleted(recording)
            is_changed = True
        if is_changed:
            self.changed()

    def _rewrite_of(self, recording: RecordingId) -> FolderRewrite:
        return FolderRewrite(self.places.approved_text(recording), self.places.rewritten_approved_text(recording))
