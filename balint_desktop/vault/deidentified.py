"""De-identified texts of the vault: what was decided, approve, read, redact. Each asks the consent gate first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from balint_desktop.domain.deidentify.approved import ApprovedText, Redaction, redacted
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.consent import Purpose, agreed
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.vault.approved_files import read_approved
from balint_desktop.vault.approved_removal import recipients_of, version_of
from balint_desktop.vault.consent_gate import attended_by, pass_recording
from balint_desktop.vault.group_decisions import read_group_decisions, write_group_decisions
from balint_desktop.vault.log.approved import ApprovedRecord, ApprovedVersion
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.study_numbers import read_numbers
from balint_desktop.vault.transcript_files import TranscriptFiles
from balint_desktop.vault.transcripts import TranscriptVault, fingerprint
from balint_desktop.vault.vault import OpenVault


@dataclass(frozen=True, slots=True)
class SignedText:
    """A transcript that is signed off, opened: its files and its text, exactly as it was signed."""

    files: TranscriptFiles
    text: Transcript
    language: str


@dataclass(frozen=True, slots=True)
class QuotationConsents:
    """Who may be quoted from a session: the study numbers of those who agreed, and whether all who were there did."""

    agreed: frozenset[str]
    everyone: bool


class DeidentifiedTexts:
    """The de-identified texts of an open vault. Used on the log's thread, or under `log_stays`."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._log = vault.log
        self._transcripts = TranscriptVault(vault)

    # --- before a text is approved ---

    def open_signed(self, recording: RecordingId) -> SignedText:
        """Open a transcript that is signed off. Raise Trouble: NOT_SIGNED_OFF, and as opening a transcript does."""
        files = self._transcripts.open(recording)
        row, text = self._transcripts.row(recording), files.text()
        if row.signed is None:
            raise Trouble(TroubleCode.NOT_SIGNED_OFF)
        if row.signed.sha256 != fingerprint(text):
            raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name=recording)
        return SignedText(files, text, row.language)

    def read_decisions(self, recording: RecordingId, files: TranscriptFiles) -> Decisions:
        """Return what was decided for a text, in its group too, and the pages read. Raise Trouble."""
        return files.decisions().with_group(self.read_group_decisions(self.group_of(recording)).everywhere)

    def read_group_decisions(self, group: GroupId) -> Decisions:
        """Return what was decided for all of a group's texts. Raise Trouble."""
        return Decisions(read_group_decisions(self._vault.places, group, self._vault.identities()))

    def write_decisions(self, recording: RecordingId, files: TranscriptFiles, decisions: Decisions) -> None:
        """Save decisions and pages read: those for all of a word for the group, the others for this text.

        Raise Trouble.
        """
        group = self.group_of(recording)
        write_group_decisions(self._vault.places, group, self._vault.identities(), decisions.everywhere)
        files.write_decisions(decisions)

    def group_of(self, recording: RecordingId) -> GroupId:
        """Return the group of a recording. Raise Trouble RECORDING_UNKNOWN."""
        group = self._log.retained_recordings.group_of(recording)
        if group is None:
            raise Trouble(TroubleCode.RECORDING_UNKNOWN)
        return group

    def require_approvable(self, recording: RecordingId) -> None:
        """Check that a text may be approved into the study.

        Raise Trouble: ALREADY_APPROVED, APPROVING_NOT_AGREED, which names no person, GRADES_NOT_FINAL,
        ASSESSMENT_UNANSWERED, RECORDING_UNKNOWN.
        """
        self._vault.approved_writer().finish()
        if self._log.approved.find(recording) is not None:
            raise Trouble(TroubleCode.ALREADY_APPROVED)
        self._pass(recording, (Purpose.ANALYSIS,))

    def _pass(self, recording: RecordingId, purposes: Sequence[Purpose]) -> None:
        """Ask the gate for each purpose until one is agreed to. Raise Trouble."""
        for purpose in purposes:
            try:
                pass_recording(self._log, Door.APPROVED_TEXT, recording, purpose)
            except Trouble as trouble:
                if trouble.code is not TroubleCode.PURPOSE_NOT_AGREED:
                    raise
            else:
                return
        raise Trouble(TroubleCode.APPROVING_NOT_AGREED)

    # --- approved ---

    def approve(
        self, recording: RecordingId, text: ApprovedText, signed: SignedText, by: str, counts: Mapping[str, int]
    ) -> ApprovedVersion:
        """Approve version 1 of a text, made of the signed one. All or nothing, at any kill.

        Raise Trouble: as `require_approvable` does, NOT_SIGNED_OFF or TRANSCRIPT_CHANGED where the transcript changed
        meanwhile; ValueError without a label, or for a later version.
        """
        label = one_line(by)
        if not label or text.version != 1:
            raise ValueError("version 1 is approved by somebody")
        with self._vault.files_still, self._vault.log_stays:
            self.require_approvable(recording)
            row = self._transcripts.row(recording)
            if row.signed is None:
                raise Trouble(TroubleCode.NOT_SIGNED_OFF)
            if row.signed.sha256 != fingerprint(signed.text):
                raise Trouble(TroubleCode.TRANSCRIPT_CHANGED)
            version = version_of(text, label, self._log.now(), dict(counts))
            self._write(recording, text, version)
        return version

    def find(self, recording: RecordingId) -> ApprovedRecord | None:
        """Return what the log has of an approved text, None without one."""
        return self._log.approved.find(recording)

    def records(self) -> tuple[ApprovedRecord, ...]:
        """Return every approved text; their recordings may be destroyed."""
        return self._log.approved.all()

    def read(self, recording: RecordingId) -> tuple[ApprovedText, ApprovedVersion]:
        """Return the latest version of an approved text, for analysis or for supervision.

        Raise Trouble: APPROVED_MISSING, APPROVED_DAMAGED, APPROVING_NOT_AGREED, WRONG_KEY, VAULT_LOCKED.
        """
        self._vault.approved_writer().finish()
        record = self._require(recording)
        self._pass(recording, (Purpose.ANALYSIS, Purpose.SUPERVISION))
        return self._read(record), record.latest

    def redact(
        self, recording: RecordingId, after: ApprovedText, redactions: Sequence[Redaction], by: str
    ) -> ApprovedVersion:
        """Put the next version of a text into its place, under another key; the one before is then nowhere.

        `after` is what it becomes by these redactions. A missed name may always be taken out, under a legal hold too.
        Raise Trouble: APPROVED_CHANGED where they were made on another version, and as `read` does; ValueError without
        a label or a redaction.
        """
        label = one_line(by)
        if not label or not redactions:
            raise ValueError("a redaction takes something out, and is made by somebody")
        with self._vault.files_still, self._vault.log_stays:
            before, _ = self.read(recording)
            if before.version + 1 != after.version or redacted(before, redactions) != after:
                raise Trouble(TroubleCode.APPROVED_CHANGED)
            version = version_of(after, label, self._log.now())
            self._write(recording, after, version)
        return version

    def undo_approval(self, recording: RecordingId) -> None:
        """Destroy an approved text, so that its transcript can be de-identified and approved again, as version 1.

        Only while the transcript that is signed off is in this vault: without it the text would be lost. Raise Trouble:
        APPROVED_MISSING, TRANSCRIPT_MISSING, NOT_SIGNED_OFF, HELD, VAULT_LOCKED.
        """
        with self._vault.log_stays:
            self._require(recording)
            if self._transcripts.row(recording).signed is None:
                raise Trouble(TroubleCode.NOT_SIGNED_OFF)
            self._transcripts.destroy_approved(recording)

    def _write(self, recording: RecordingId, text: ApprovedText, version: ApprovedVersion) -> None:
        writer = self._vault.approved_writer()
        writer.write(recording, text, version, recipients_of(self._vault, recording))

    def _require(self, recording: RecordingId) -> ApprovedRecord:
        record = self._log.approved.find(recording)
        if record is None:
            raise Trouble(TroubleCode.APPROVED_MISSING)
        return record

    def _read(self, record: ApprovedRecord) -> ApprovedText:
        return read_approved(self._vault.places.approved_text(record.recording), record, self._vault.secrets())

    # --- how many read ---

    def readers_needed(self, group: GroupId) -> int:
        """Return how many different people read every page of a group's texts before approval: 1 or 2."""
        return 2 if (self._log.consents.study(group) or Study()).second_reader else 1

    def set_second_reader(self, group: GroupId, *, is_needed: bool) -> None:
        """Say whether a second person reads every page of a group's texts before approval."""
        study = self._log.consents.study(group) or Study()
        self._log.consents.save_study(group, replace(study, second_reader=is_needed or None))

    # --- what follows from an approval ---

    def quotation_consents(self, recording: RecordingId) -> QuotationConsents:
        """Return who may be quoted from a session today. Raise Trouble.

        A withdrawal of quotations alone changes this, and nothing else.
        """
        group = self.group_of(recording)
        numbers, rows = read_numbers(self._vault, group), self._log.consents.consents(group)
        yes = agreed(rows, Purpose.QUOTATIONS)
        there = attended_by(self._log, recording)
        return QuotationConsents(
            frozenset(numbers.label(code) for code in yes if code in numbers.numbers), bool(there) and there <= yes
        )


def deidentified_day_to_offer(log: Log, group: GroupId) -> date | None:
    """Return the day that may be entered as the one on which the transcripts were de-identified.

    That of the last approval, once every transcript of the group has an approved text; None before, and where that day
    or a later one is entered already. It is offered and not set: from it on a withdrawal changes nothing more.
    """
    approved, here = log.approved.states(group), log.transcripts.retained(group)
    wall = log.approved.last_approved(group)
    is_every = all(
        recording in approved and approved[recording].deleted_wall is None
        for recording, one in here.items()
        if one.deleted_wall is None
    )
    if wall is None or not is_every:
        return None
    day, entered = day_of(wall), (log.consents.study(group) or Study()).deidentified
    return None if entered is not None and entered >= day else day
