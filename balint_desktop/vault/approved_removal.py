"""Take the words of a person who withdrew out of an approved text: a redaction, under another key."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from balint_desktop.domain.deidentify.approved import (
    ANOTHER_PERSON,
    NOT_AVAILABLE,
    ApprovedText,
    redacted,
    unknown_turns,
    without_turns_of,
)
from balint_desktop.domain.study.consent import Purpose, current_answers
from balint_desktop.domain.study.withdrawal import Withdrawal
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.word_removal import RemovableTurns
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.i18n import tr
from balint_desktop.vault.approved_files import read_approved
from balint_desktop.vault.log.approved import ApprovedRecord, ApprovedVersion
from balint_desktop.vault.study_numbers import read_numbers

if TYPE_CHECKING:
    from balint_desktop.vault.vault import OpenVault


def version_of(text: ApprovedText, by: str, wall: float, counts: dict[str, int] | None = None) -> ApprovedVersion:
    """Return what the log notes of a version: its fingerprint and figures. A page is what five minutes hold."""
    return ApprovedVersion(
        text.version, text.sha256, by, wall, len(text.text), len(text.text.split()), text.pages, counts or {}
    )


def recipients_of(vault: OpenVault, recording: RecordingId) -> list[str]:
    """Return whom a text of a recording is sealed to: this vault and the readers of the recording."""
    others = vault.log.keys.sealed_to(recording) or ()
    return [vault.recipient, *dict.fromkeys(reader.recipient for reader in others)]


def removable_in_approved(vault: OpenVault, withdrawal: Withdrawal, recording: RecordingId) -> RemovableTurns | None:
    """Return how many turns of an approved text are a person's, and how many may be.

    None without such a text, and where the study numbers are not here any more. Raise Trouble: VAULT_LOCKED, WRONG_KEY,
    APPROVED_DAMAGED.
    """
    record = vault.log.approved.find(recording)
    if record is None:
        return None
    text = _read(vault, record)
    speaker = _number(vault, _group(vault, recording), withdrawal, text)
    if speaker is None:
        return None
    return RemovableTurns(sum(bool(speaker) and turn.speaker == speaker for turn in text.turns), unknown_turns(text))


def remove_from_approved(
    vault: OpenVault,
    withdrawal: Withdrawal,
    recording: RecordingId,
    spans: Collection[Span] = (),
    *,
    settles: bool = False,
) -> None:
    """Take a person's turns out of an approved text, where there are any. `spans` are times known to be theirs.

    `settles` is whether that is all there is to do for the recording. Raise Trouble: HELD, VAULT_LOCKED, WRONG_KEY,
    APPROVED_DAMAGED, NUMBERS_DESTROYED.
    """
    log = vault.log
    writer = vault.approved_writer()
    writer.finish()
    record = log.approved.find(recording)
    if record is None:
        return
    group = _group(vault, recording)
    text = _read(vault, record)
    speaker = _number(vault, group, withdrawal, text)
    if speaker is None and not spans:
        raise Trouble(TroubleCode.NUMBERS_DESTROYED)
    redactions = without_turns_of(text, speaker, spans, _another(text))
    known = current_answers(log.consents.consents(group)).get((withdrawal.code, Purpose.TRANSCRIPTION))

    def note() -> None:
        log.approved.note_removed(recording, withdrawal.place, known.place if known is not None else None)
        if settles:
            log.withdrawals.mark_done(withdrawal.place, recording)

    if not redactions:
        with log.together():
            note()
        return
    log.holds.require_free(recording)
    after = redacted(text, redactions)
    # Not by a label: the row would say that somebody's words were removed, and when.
    writer.write(recording, after, version_of(after, "", log.now()), recipients_of(vault, recording), note)


def _another(text: ApprovedText) -> str:
    """Return what stands for a person who is named by nothing, in the language of a text."""
    return ANOTHER_PERSON if text.gap == NOT_AVAILABLE else tr("[another person]")


def _read(vault: OpenVault, record: ApprovedRecord) -> ApprovedText:
    return read_approved(vault.places.approved_text(record.recording), record, vault.secrets())


def _group(vault: OpenVault, recording: RecordingId) -> GroupId:
    group = vault.log.retained_recordings.group_of(recording)
    if group is None:
        raise Trouble(TroubleCode.RECORDING_UNKNOWN)
    return group


def _number(vault: OpenVault, group: GroupId, withdrawal: Withdrawal, text: ApprovedText) -> str | None:
    """Return the study number of who withdrew: empty where none was drawn for them, None without the table."""
    numbers = read_numbers(vault, group)
    if withdrawal.code in numbers.numbers:
        return numbers.label(withdrawal.code)
    return None if not numbers.numbers and text.has_numbers else ""
