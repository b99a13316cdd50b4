"""Studies follow their texts: what is taken out of an approved text is taken out of what was coded on it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.analysis.moving import (
    MoveCount,
    TextMove,
    moved_decisions,
    moved_memos,
    moved_quotations,
    moved_work,
)
from balint_desktop.domain.analysis.study import StudyText
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.analysis.store import StudyFile, StudyStore
from balint_desktop.vault.analysis.study_rows import TextVersion
from balint_desktop.vault.approved_files import read_approved
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.log import Log


@dataclass(frozen=True, slots=True)
class StudyTextFollower:
    """Moves studies to the versions that their texts have now. `secrets` are the vault's own. On the log's thread."""

    places: VaultLayout
    log: Log
    studies: StudyStore
    secrets: Sequence[str]

    def follow(self) -> None:
        """Move every study whose texts have changed, as far as it and they can be opened now."""
        if self.log.read_only is not None:
            return
        for record in self.log.studies.all():
            # The texts of a guest are in another vault.
            if not record.is_guest:
                with contextlib.suppress(Trouble):
                    self.follow_in(record.id)

    def follow_in(self, study: str) -> MoveCount:
        """Move a study whose texts have changed. Raise Trouble."""
        count = MoveCount()
        with self.studies.lock:
            changed = [one for one in self.log.studies.texts(study) if self._version(one.recording) != one.version]
            for used in changed:
                count = count.plus(move_to_version(self.studies, study, used.recording, self._text(used.recording)))
        return count

    def _version(self, recording: RecordingId) -> int | None:
        record = self.log.approved.find(recording)
        return None if record is None else record.latest.version

    def _text(self, recording: RecordingId) -> ApprovedText | None:
        """Return the text as it is now, whatever the consents say: it is read to take words out. None: destroyed."""
        record = self.log.approved.find(recording)
        if record is None:
            return None
        return read_approved(self.places.approved_text(recording), record, self.secrets)


def move_to_version(
    studies: StudyStore,
    study: str,
    recording: RecordingId,
    text: ApprovedText | None,
    *,
    stored: bytes | None = None,
) -> MoveCount:
    """Move what was coded, written and quoted to a later version of a text; None: to none, as it is destroyed.

    Codings, memos and quotations wholly within what was taken out go, in closed rounds too; others are cut. What is
    half typed on a passage goes: it may hold its words. Return how many codings went and were cut, which the audit
    trail says, and never whose words they were. `stored` is the text as the study keeps it where it came in a parcel:
    in the same transaction, or a kill would part the two. Raise Trouble.
    """
    with studies.lock:
        file = studies.open(study)
        about = next((one for one in file.tables.texts() if one.recording == recording), None)
        if about is None or (text is not None and text.version <= about.version):
            studies.bring_to_log(file)
            return MoveCount()
        # First, so that a kill leaves none behind of a text that has moved.
        studies.drop_drafts(study, recording, is_destroyed=text is None)
        move, count = TextMove(recording, about.version, text), MoveCount()
        with file.together():
            for key in file.work.stored_keys():
                work, of_one = moved_work(file.work.work(key), move)
                count = count.plus(of_one)
                file.work.write(key, work)
            memos = file.tables.memos()
            file.tables.replace_memos(memos, moved_memos(memos, move))
            themes = file.themes.themes()
            file.themes.set_themes(replace(themes, quotations=moved_quotations(themes.quotations, move)))
            file.themes.move_decisions(moved_decisions(file.themes.decisions(), move))
            _set_text(file, about, text, count)
            if stored is not None:
                file.tables.store_text(recording, stored)
        file.erase_traces()
        studies.bring_to_log(file)
    return count


def _set_text(file: StudyFile, about: StudyText, text: ApprovedText | None, count: MoveCount) -> None:
    if text is None:
        study = file.tables.study()
        file.tables.set_study(
            replace(study, texts=tuple(one for one in study.texts if one.recording != about.recording))
        )
        return
    version = TextVersion(text.version, text.sha256, count.withdrawn, count.cut)
    file.tables.set_text(replace(about, version=text.version, sha256=text.sha256), version)
