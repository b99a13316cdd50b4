"""`balint-desktop transcripts`: list, read one out, delete one."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.cli.days import local
from balint_desktop.cli.find import find_recording
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.recordings.service import RecordingService
from balint_desktop.text.transcribing import stage_words
from balint_desktop.text.transcripts import transcript_lines
from balint_desktop.transcription.audible import unavailable_spans
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
    delete = acts.add("delete", _delete)
    delete.add_argument("id", metavar="ID", help=tr("the recording, which is left unchanged"))


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        rows = TranscriptVault(vault).rows()
        numbers = {row.recording: _session_of(vault, row.recording) for row in rows}
    if options.json:
        print_json(_row_as_json(row, *numbers[row.recording]) for row in rows)
        return CommandResult()
    headings = (tr("Recording"), tr("Group"), tr("Number"), tr("Begun"), tr("State"))
    cells = [
        (row.recording, *map(str, numbers[row.recording]), local(row.begun_wall), _state_words(row)) for row in rows
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


def _row_as_json(row: TranscriptRecord, group: str, number: int) -> dict[str, object]:
    return {
        "id": row.recording,
        "group_name": group,
        "number": number,
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


def _state_words(row: TranscriptRecord) -> str:
    if row.text_wall is None:
        return tr("not finished")
    if row.signed is not None:
        return tr("signed off by {who}").format(who=row.signed.label)
    return stage_words(row.stage)
