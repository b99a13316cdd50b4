"""Export an approved text: through the gates of consent and of names, written new, and in the audit trail."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import DOORS, Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.reports.approved_text.forms import TextForm, form_of, has_times, write_form
from balint_desktop.reports.approved_text.words import EdgeWords
from balint_desktop.sealed.new_file import write_new
from balint_desktop.text.approved import edge_page, edge_title
from balint_desktop.vault import name_gate
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.approved import ApprovedVersion
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.name_gate import OutgoingFile
from balint_desktop.vault.vault import OpenVault

PURPOSES = tuple(purpose for purpose in Purpose if purpose in DOORS[Door.APPROVED_FILE].purposes)
"""What an approved text leaves for."""


def open_purposes(vault: OpenVault, recording: RecordingId) -> tuple[Purpose, ...]:
    """Return what everyone in a session agrees that its approved text leaves for today.

    Raise Trouble, PURPOSE_NOT_AGREED where there is none.
    """
    found, refused = [], Trouble(TroubleCode.PURPOSE_NOT_AGREED)
    for purpose in PURPOSES:
        try:
            pass_recording(vault.log, Door.APPROVED_FILE, recording, purpose)
            found.append(purpose)
        except Trouble as trouble:
            refused = trouble
    if not found:
        raise refused
    return tuple(found)


def export_approved(vault: OpenVault, recording: RecordingId, purpose: Purpose, path: Path) -> ApprovedVersion:
    """Write the approved text of a recording to a new file, in the form of its ending, not encrypted.

    Raise Trouble: APPROVED_MISSING, PURPOSE_NOT_AGREED, TEXT_WITHOUT_TIMES for subtitles, what the gate of names finds,
    and what reading the text and writing the file raise; ValueError for an ending of no form.
    """
    form = form_of(path)
    if form is None:
        raise ValueError("no form of an approved text")
    texts = DeidentifiedTexts(vault)
    if texts.find(recording) is None:
        raise Trouble(TroubleCode.APPROVED_MISSING)
    passage = pass_recording(vault.log, Door.APPROVED_FILE, recording, purpose)
    text, version = texts.read(recording)
    if form is TextForm.VTT and not has_times(text):
        raise Trouble(TroubleCode.TEXT_WITHOUT_TIMES)
    data = write_form(form, text, _edge(vault, recording, text))
    leaving = (OutgoingFile(path.name, data, approved=text),)
    name_gate.pass_names(vault, passage.door, leaving, texts.group_of(recording))
    write_new(path, (data,))
    try:
        vault.log.audit.add_export(
            AuditAct.APPROVED_TEXT_EXPORTED,
            {
                "recording": recording,
                "form": form.removeprefix("."),
                "version": version.version,
                "purpose": purpose,
                "sha256": version.sha256,
            },
        )
    except Trouble:
        with suppress(OSError):
            path.unlink()
        raise
    return version


def suggested_name(vault: OpenVault, recording: RecordingId) -> str:
    """Return a name for the file, of nobody. An evaluation is analysed apart from the case sessions."""
    setting = vault.log.sessions.session(vault.log.recordings.recording(recording).session).setting
    record = vault.log.approved.find(recording)
    kind = "evaluation-session" if setting.kind is SessionKind.EVALUATION else "session"
    version = record.latest.version if record is not None else 1
    return f"balint-{kind}-{setting.number}-approved-v{version}{TextForm.DOCX}"


def _edge(vault: OpenVault, recording: RecordingId, text: ApprovedText) -> EdgeWords:
    setting = vault.log.sessions.session(vault.log.recordings.recording(recording).session).setting
    return EdgeWords(edge_title(setting.number, setting.kind, text.version), edge_page())
