"""`balint-desktop transcribe`: write the first draft of a transcript."""

from __future__ import annotations

import argparse
import sys

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.cli.find import find_recording
from balint_desktop.cli.parsing import SubcommandParser, add_passphrase_file
from balint_desktop.cli.result import CommandResult, UsageError, print_json
from balint_desktop.cli.unlock import open_vault
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.transcript.machine_text import Verdict
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.recordings.service import RecordingService
from balint_desktop.text import durations
from balint_desktop.text.transcribing import progress_words
from balint_desktop.transcription.choice import LanguageError, choose_language, choose_model
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.engine_location import engine_command
from balint_desktop.transcription.job import FirstText, ModelToUse, transcribe
from balint_desktop.transcription.model_store import InstalledModel, ModelStore
from balint_desktop.transcription.transcriber import TranscriptionProgress
from balint_desktop.vault.transcript_files import TranscriptFiles
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault


def add_to(acts: SubcommandParser) -> None:
    """Add the options of the command."""
    parser = acts.only(_transcribe)
    add_passphrase_file(parser)
    parser.add_argument("id", metavar="ID", help=tr("the recording"))
    parser.add_argument("--model", metavar="NAME", default="", help=tr("a model; the best one here if none is named"))
    parser.add_argument("--language", metavar="NAME", default="", help=tr("what is spoken; English if none is named"))
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object per line"))


def _transcribe(options: argparse.Namespace) -> CommandResult:
    command = engine_command()
    if command is None:
        raise Trouble(TroubleCode.ENGINE_MISSING)
    store = ModelStore(data_folder(options.data_dir).models)
    chosen = choose_model(store, options.model)
    language = _language(chosen, options.language)
    with open_vault(options) as vault:
        recording = find_recording(vault.log, options.id)
        transcripts = TranscriptVault(vault)
        files = transcripts.begin_or_resume(recording, language)
        model = ModelToUse(chosen.name, store.verified(chosen.name), chosen.sha256)
        first = _run(vault, recording, files, (EngineHandle(command), model, language))
        transcripts.note_plan(recording, first.plan)
        transcripts.note_text(recording, first.state)
        not_understood = sum(1 for one in files.heard().values() if one.verdict is Verdict.NOT_UNDERSTOOD)
    if options.json:
        print_json([_first_as_json(recording, first, not_understood)])
    else:
        print(_first_words(first))
    return CommandResult()


def _run(
    vault: OpenVault,
    recording: RecordingId,
    files: TranscriptFiles,
    heard_by: tuple[EngineHandle, ModelToUse, str],
) -> FirstText:
    engine, model, language = heard_by
    recordings = RecordingService(vault, open_pcm, encode_pcm)
    opened = recordings.open(recordings.source(recording))
    reel = ReelHandle(lambda: opened.sounds)
    line = _ProgressLine()
    try:
        reel.start()
        return transcribe(
            opened.joined,
            reel.read,
            engine,
            files,
            model=model,
            language=language,
            clock=SystemClock(),
            report=line.show,
        )
    finally:
        line.end()
        engine.close()
        reel.close()


class _ProgressLine:
    """One line on a terminal that says how far it is; nothing where the error stream is none."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._last = ""

    def show(self, progress: TranscriptionProgress) -> None:
        """Write the line anew where it has changed."""
        words = _progress_words(progress)
        if self._is_shown and words != self._last:
            print(f"\r{words}\033[K", end="", file=sys.stderr, flush=True)
            self._last = words

    def end(self) -> None:
        """Leave the line."""
        if self._last:
            print(file=sys.stderr)


def _progress_words(progress: TranscriptionProgress) -> str:
    if progress.share is None:
        return tr("Looking for speech…")
    return progress_words(progress.share, progress.left_s)


def _language(model: InstalledModel, named: str) -> str:
    try:
        return choose_language(model, named)
    except LanguageError as error:
        raise UsageError(
            tr("The model {model} does not know this language. It knows: {names}.").format(
                model=model.name, names=str(error)
            )
        ) from error


def _first_words(first: FirstText) -> str:
    """Say what was written, and that it needs a person."""
    lines = [
        tr("A first draft of {long} of speech is written.").format(
            long=durations.duration_words(first.plan.speech_ms / 1000)
        )
    ]
    found = first.state.open
    lost, doubtful, silent = (found.get(need, 0) for need in (Need.NOT_UNDERSTOOD, Need.DOUBTFUL, Need.NO_WORDS))
    if lost:
        lines.append(tr_n("{n} place was not understood.", "{n} places were not understood.", lost).format(n=lost))
    if doubtful:
        lines.append(tr_n("{n} word is doubtful.", "{n} words are doubtful.", doubtful).format(n=doubtful))
    if silent:
        template = tr_n(
            "In {n} place there is speech without words.", "In {n} places there is speech without words.", silent
        )
        lines.append(template.format(n=silent))
    lines.append(tr("Please listen to all of it: a machine leaves words out, and writes words nobody said."))
    return "\n".join(lines)


def _first_as_json(recording: RecordingId, first: FirstText, not_understood: int) -> dict[str, object]:
    choice = first.plan.choice
    return {
        "id": recording,
        "name": choice.model,
        "model_sha256": choice.model_sha256,
        "engine": choice.engine,
        "language": choice.language,
        "speech_seconds": first.plan.speech_ms / 1000,
        "pieces": len(first.plan.pieces),
        "pieces_not_understood": not_understood,
        "turns": len(first.transcript.turns),
        "open": {need.value: count for need, count in sorted(first.state.open.items())},
    }
