"""Share a sealed recording and import a sound file, from the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.cli.result import CommandResult, UsageError, table
from balint_desktop.cli.vault import say_remarks
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.file_name import shown_name
from balint_desktop.domain.session.session_record import KeptSession
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.i18n import tr
from balint_desktop.recordings.import_sound import admit, seal_converted
from balint_desktop.recordings.service import RecordingService
from balint_desktop.text import imports, transfer
from balint_desktop.vault.import_recording import begin_import, check_may_import
from balint_desktop.vault.transfer import share_recording
from balint_desktop.vault.vault import OpenVault

_MINUTES = re.compile(r"(\d{1,3}):([0-5]\d)")


def run_hand_over(vault: OpenVault, recording: RecordingId, into: Path) -> CommandResult:
    """Hand a recording over. Raise Trouble."""
    say_remarks(into)
    handed = share_recording(vault, recording, into, SystemClock())
    print(transfer.shared(handed.row, is_as_sealed=handed.is_as_sealed))
    if handed.is_as_sealed:
        return CommandResult()
    return CommandResult(tr("The recording was handed over, but is not as it was sealed. Compare it with a backup."))


def run_sessions(vault: OpenVault, shelf: RecordingService) -> CommandResult:
    """List the sessions that a file may be imported into. Raise Trouble."""
    rows = [_row(session) for session in shelf.sessions() if _may(vault, session.id)]
    if rows:
        print(table([(tr("Session"), tr("Began (UTC)"), tr("Group"), tr("Number")), *rows]))
    else:
        print(tr("There is no closed session for which recording was available."))
    return CommandResult()


def run_bring_in(vault: OpenVault, shelf: RecordingService, file: Path, session: str, begins_s: float) -> CommandResult:
    """Import a file as a recording of its session. What may be missing is an answer of its own. Raise Trouble."""
    pending = begin_import(vault, _session(shelf, session), begins_s)
    sealed = seal_converted(pending, ConvertedSound(file))
    name = shown_name(file.name)
    admit(vault, pending, sealed, name, SystemClock())
    print(
        f"{pending.recording}: {imports.read_and_kept(name, sealed.report)}", *imports.findings(sealed.report), sep="\n"
    )
    words = imports.original_words(name, sealed.report)
    if not sealed.report.is_complete:
        return CommandResult(words)
    print(words)
    return CommandResult()


def seconds_told(text: str) -> float:
    """Return minutes and seconds as seconds. Raise UsageError."""
    found = _MINUTES.fullmatch(text)
    if found is None:
        raise UsageError(tr("Write where it begins as minutes and seconds, such as 0:00 or 12:30."))
    return float(found.group(1)) * 60 + float(found.group(2))


def _session(shelf: RecordingService, told: str) -> SessionId:
    """Return the session with that id, or the only one whose id begins so. Raise Trouble SESSION_MISSING."""
    found = [session.id for session in shelf.sessions() if session.id.startswith(told)]
    if len(found) != 1 or not told:
        raise Trouble(TroubleCode.SESSION_MISSING, name=told)
    return found[0]


def _may(vault: OpenVault, session: SessionId) -> bool:
    try:
        check_may_import(vault, session)
    except Trouble:
        return False
    return True


def _row(session: KeptSession) -> tuple[str, ...]:
    began = session.began_wall
    when = "?" if began is None else datetime.fromtimestamp(began, UTC).strftime("%Y-%m-%d %H:%M")
    return session.id, when, session.group or "?", str(session.setting.number)
