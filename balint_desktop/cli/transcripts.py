"""`balint-desktop transcripts`: list, read one out, export an approved one, delete one."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.cli.consents import parse_purpose
from balint_desktop.cli.days import local
from balint_desktop.cli.find import find_recording
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.key_words import words_of_sha256
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.approved_text.export import PURPOSES, export_approved
from balint_desktop.reports.approved_text.forms import TextForm, form_of
from balint_desktop.text.transcribing import stage_words
from balint_desktop.text.transcripts import transcript_lines
from balint_desktop.transcription.audible import unavailable_spans
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.approved import ApprovedVersion
from balint_desktop.vault.log.transcripts import TranscriptRecord
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of transcripts."""
    acts.add("list", _list, as_json=True)
    show = acts.add("show", _show)
    show.add_argument("id", metavar="ID", help=tr("the recording"))
    show.add_argument(
        "--not-encrypted",
        action="store_true",
        help=tr("confirm that the text is printed as it is: not encrypted, and not de-identified"),
    )
    export = acts.add("export", _export, as_json=True)
    export.add_argument("id", metavar="ID", help=tr("the recording, whose text was approved"))
    export.add_argument(
        "--to", metavar="FILE", required=True, help=tr("a new file: {endings}").format(endings=_endings())
    )
    export.add_argument(
        "--not-encrypted",
        action="store_true",
        help=tr("confirm that the file is not encrypted, so anyone who has it can read it"),
    )
    export.add_argument("--purpose", metavar="NAME", default="", help=tr("the purpose: {names}").format(names=_uses()))
    delete = acts.add("delete", _delete)
    delete.add_argument("id", metavar="ID", help=tr("the recording, which is left unchanged"))


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        rows = TranscriptVault(vault).rows()
        approved = {record.recording: record.latest for record in DeidentifiedTexts(vault).records()}
        numbers = {recording: _session_of(vault, recording) for recording in {*approved, *(r.recording for r in rows)}}
    # An approved text outlasts its transcript.
    alone = [recording for recording in approved if recording not in {row.recording for row in rows}]
    if options.json:
        found = [_row_as_json(row, *numbers[row.recording], approved.get(row.recording)) for row in rows]
        nothing: dict[str, object] = dict.fromkeys(_JSON_OF_A_TRANSCRIPT)
        print_json([*found, *(nothing | _about(one, *numbers[one], approved[one]) for one in alone)])
        return CommandResult()
    headings = (tr("Recording"), tr("Group"), tr("Number"), tr("Begun"), tr("State"), tr("Approved"))
    cells = [
        (
            *(row.recording, *map(str, numbers[row.recording]), local(row.begun_wall), _state_words(row)),
            _approved_words(approved.get(row.recording)),
        )
        for row in rows
    ]
    cells += [
        (one, *map(str, numbers[one]), "", tr("transcript deleted"), _approved_words(approved[one])) for one in alone
    ]
    print_table(headings, cells, tr("No transcripts in this vault."))
    return CommandResult()


def _show(options: argparse.Namespace) -> CommandResult:
    if not options.not_encrypted:
        raise UsageError(
            tr("The text would be printed not encrypted and not de-identified. To confirm, add --not-encrypted.")
        )
    with open_vault(options) as vault:
        recording = find_recording(vault.log, options.id)
        transcripts = TranscriptVault(vault)
        passage = transcripts.pass_door(Door.TRANSCRIPT, recording)
        text = transcripts.open(recording).text()
        unavailable = _unavailable(vault, recording)
        transcripts.note_read_out(passage)
    print_text(text, unavailable)
    return CommandResult()


def _unavailable(vault: OpenVault, recording: RecordingId) -> tuple[Span, ...]:
    """Return what of a recording cannot be heard; none where a text is all there is of the session. Raise Trouble."""
    recordings = RecordingService(vault, open_pcm, encode_pcm)
    sources = recordings.source(recording)
    return unavailable_spans(recordings.open(sources).joined) if sources.has_sound else ()


def _export(options: argparse.Namespace) -> CommandResult:
    path = Path(options.to)
    if form_of(path) is None:
        raise UsageError(tr("The file must end in one of {endings}.").format(endings=_endings()))
    if not options.not_encrypted:
        raise UsageError(
            tr("The file is not encrypted, so anyone who has it can read it. To confirm, add --not-encrypted.")
        )
    if not options.purpose:
        raise UsageError(tr("Give the purpose: --purpose with one of {names}.").format(names=_uses()))
    purpose = parse_purpose(options.purpose, _uses())
    if purpose not in PURPOSES:
        raise UsageError(tr("Give the purpose: --purpose with one of {names}.").format(names=_uses()))
    with open_vault(options) as vault:
        recording = find_recording(vault.log, options.id)
        version = export_approved(vault, recording, purpose, path)
    words = words_of_sha256(version.sha256)
    if options.json:
        about = {"id": recording, "file": str(path), "version": version.version, "sha256": version.sha256}
        print_json([{**about, "words": list(words), "purpose": purpose.value}])
        return CommandResult()
    print(
        tr("{path}: version {version}, not encrypted. Its eight words are: {words}").format(
            path=path, version=version.version, words=" ".join(words)
        )
    )
    return CommandResult()


def _uses() -> str:
    return ", ".join(purpose.value for purpose in PURPOSES)


def _endings() -> str:
    return ", ".join(TextForm)


def print_text(transcript: Transcript, unavailable: Iterable[Span]) -> None:
    """Print a transcript to standard output, not encrypted."""
    print(*transcript_lines(transcript, unavailable), sep="\n")


def _delete(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        TranscriptVault(vault).delete(find_recording(vault.log, options.id))
    print(tr("The transcript was deleted. The recording is unchanged."))
    return CommandResult()


def _session_of(vault: OpenVault, recording: RecordingId) -> tuple[str, int]:
    setting = vault.log.sessions.session(vault.log.recordings.recording(recording).session).setting
    groups = {group.id: group.name for group in vault.log.groups.groups()}
    return (groups.get(setting.group, "?") if setting.group is not None else "?", setting.number)


def _approved_words(version: ApprovedVersion | None) -> str:
    if version is None:
        return ""
    words = " ".join(words_of_sha256(version.sha256))
    return tr("version {version}: {words}").format(version=version.version, words=words)


_JSON_OF_A_TRANSCRIPT = (
    *("id", "group_name", "number", "source", "name", "model_sha256", "language", "begun", "complete_draft"),
    *("listened_seconds", "audible_seconds", "open", "signed_off", "signed_off_by"),
)


def _about(recording: RecordingId, group: str, number: int, approved: ApprovedVersion | None) -> dict[str, object]:
    return {
        "id": recording,
        "group_name": group,
        "number": number,
        "approved_version": None if approved is None else approved.version,
        "approved_words": None if approved is None else list(words_of_sha256(approved.sha256)),
    }


def _row_as_json(row: TranscriptRecord, group: str, number: int, approved: ApprovedVersion | None) -> dict[str, object]:
    about = _about(row.recording, group, number, approved)
    return (
        dict.fromkeys(_JSON_OF_A_TRANSCRIPT)
        | about
        | {
            "source": row.source.value,
            "name": row.model or None,
            "model_sha256": row.model_sha256 or None,
            "language": row.language or None,
            "begun": local(row.begun_wall),
            "complete_draft": row.text_wall is not None,
            "listened_seconds": row.state.listened_ms / 1000,
            "audible_seconds": row.state.audible_ms / 1000,
            "open": {need.value: count for need, count in sorted(row.state.open.items())},
            "signed_off": None if row.signed is None else local(row.signed.wall),
            "signed_off_by": None if row.signed is None else row.signed.label,
        }
    )


def _state_words(row: TranscriptRecord) -> str:
    if row.text_wall is None:
        return tr("not finished")
    if row.signed is not None:
        return tr("signed off by {who}").format(who=row.signed.label)
    return stage_words(row.stage)
