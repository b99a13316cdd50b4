"""`balint-desktop transcribe` and `balint-desktop transcripts`: write a first draft, list, and read one out."""

from __future__ import annotations

import argparse
import sys

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.cli.days import local
from balint_desktop.cli.find import unique_match
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.recordings.service import RecordingService
from balint_desktop.text import transcripts as words
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.engine_location import engine_command
from balint_desktop.transcription.job import FirstText, transcribe
from balint_desktop.transcription.model_store import ModelStore
from balint_desktop.transcription.transcriber import TranscriptionProgress
from balint_desktop.vault.log.transcripts import TranscriptRow, TranscriptSource
from balint_desktop.vault.transcript_files import TranscriptFiles
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault
