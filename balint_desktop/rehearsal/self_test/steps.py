"""The steps of a self-test, each with what it found; the children are started as the window starts them."""

from __future__ import annotations

import os
import queue
import secrets
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.capture.recorder_protocol import Command, PartEnd, Verb, command_line, read_message
from balint_desktop.command import start_child
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.recorder import RecorderStatus
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.library.notices import read_notices
from balint_desktop.ogg.duration import StreamDuration
from balint_desktop.recordings import decode
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.rehearsal.self_test import sound
from balint_desktop.text import recordings
from balint_desktop.text.trouble import sentence
from balint_desktop.vault import secret_child
from balint_desktop.vault.log.audit_words import WORDS
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.secret_work import SecretRequest, SecretTask
from balint_desktop.vault.vault import OpenVault

# Generous: a virus scanner may read every library at its first start.
_LONGEST_S = 120.0
_FORMAT = "student-hour"
# Another rate than the recorder's, so that the importer has to convert.
_CD_HZ = 44_100
_NEARLY_S = 0.1
_PLAIN = (b"OggS", b"SQLite format 3")


class StepFailed(Exception):  # noqa: N818  the outcome of a step
    """A step failed; its text says how."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step. `holds` is None where it was not run, since one before it failed."""

    key: str
    name: str
    holds: bool | None
    detail: str


class SelfTest:
    """Leads the installed program once through a new vault in a folder that is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._vault = folder / "data" / "vault"
        self._passphrase = " ".join(secrets.choice(WORDS) for _ in range(6))
        self._sound = folder / "sound.wav"

    def run(self) -> Iterator[Outcome]:
        """Yield each step's outcome; after a failure the others are not run, since each needs those before it."""
        failed = False
        for key, name, step in self._steps():
            if failed:
                yield Outcome(key, name, None, tr("an earlier step failed"))
                continue
            try:
                detail, holds = step(), True
            except Trouble as trouble:
                detail, holds = sentence(trouble), False
            except (StepFailed, OSError, ValueError, KeyError) as error:
                detail, holds = f"{error}", False
            failed = not holds
            yield Outcome(key, name, holds, detail)

    def _steps(self) -> tuple[tuple[str, str, Callable[[], str]], ...]:
        return (
            ("files", tr("files"), self._files),
            ("window", tr("window"), self._window),
            ("create", tr("new vault"), self._create),
            ("record", tr("recording"), self._record),
            ("sealed", tr("sealing"), self._sealed),
            ("open", tr("opening"), self._open),
            ("import", tr("import"), self._import),
        )

    def _files(self) -> str:
        """Read what the program brings along."""
        formats = FormatLibrary(self._folder / "none", shipped_bank()).formats()
        if not formats or not read_notices():
            raise StepFailed(tr("Files of the program are missing. Install it again."))
        return tr("formats, prompts and licences are there")

    def _window(self) -> str:
        """Open the real window where nobody sees it, and close it."""
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        with start_child(
            "self-test-window", "--data-dir", str(self._folder / "window"), environment=environment
        ) as child:
            try:
                _, errors = child.communicate(timeout=_LONGEST_S)
            except subprocess.TimeoutExpired as error:
                child.kill()
                raise StepFailed(tr("The window did not respond.")) from error
        if child.returncode:
            lines = errors.decode("utf-8", "replace").strip().splitlines()
            raise StepFailed(
                lines[-1] if lines else tr("The window closed with error {code}.").format(code=child.returncode)
            )
        return tr("it opened, was painted and closed")

    def _create(self) -> str:
        made = SecretRequest(SecretTask.MAKE, str(self._vault), new=self._passphrase)
        if not secret_child.request(made):
            raise StepFailed(tr("There was no recovery key."))
        return tr("created in a temporary folder, with a recovery key")

    def _record(self) -> str:
        """Begin a session and record from a file, by the recorder's own process; end as after Stop recording."""
        sound.write_wave(self._sound)
        vault = self._opened()
        try:
            group = Group(GroupId("self-test"), "Self-test")
            vault.readers.save_group(group)
            text = FormatLibrary(self._folder / "none", shipped_bank()).text(_FORMAT)
            setting = SessionSetting(group.id, 1, SessionKind.CASE, _FORMAT, text)
            session = vault.log.sessions.start(setting)
            vault.log.sessions.add_fact(session, f.Began(at=SystemClock().now()))
            recording = vault.new_recording(group, session)
            place = vault.next_part(recording)
            end = _record_file(self._sound, place.folder, place.recipient)
            vault.finish_part(recording, place.part, end.sealed_s, end.sha256)
        finally:
            vault.close()
        return tr("{seconds:.1f} s from a file, stopped and sealed").format(seconds=end.sealed_s)

    def _sealed(self) -> str:
        """Look for anything unencrypted among the vault's files."""
        files = [path for path in self._vault.rglob("*") if path.is_file()]
        for path in files:
            if any(words in path.read_bytes() for words in _PLAIN):
                raise StepFailed(tr("{name} is not encrypted. Do not use this installation.").format(name=path.name))
        return tr("neither the recording nor the log is stored unencrypted")

    def _open(self) -> str:
        """Open the vault as on another day, verify the recording, and compare its sound with what was played."""
        vault = self._opened()
        try:
            service = RecordingService(vault, open_pcm, encode_pcm)
            (sources,) = service.sources()
            verified = service.verify(sources)
            if verified.condition is not Condition.COMPLETE:
                raise StepFailed(recordings.verdict(verified))
            opened = service.open(sources)
            wrong = sound.wrong_turns(b"".join(decode.decode_pcm(opened.joined, opened.sounds, open_pcm)))
        finally:
            vault.close()
        if wrong:
            raise StepFailed(tr("It does not sound as it was recorded."))
        return tr("complete, and it sounds as it was recorded")

    def _import(self) -> str:
        """Convert another recorder's file, in the child that loads the converter of rates."""
        converted, length = ConvertedSound(sound.write_wave(self._sound, _CD_HZ)), StreamDuration()
        for piece in converted.chunks():
            length.feed(piece)
        if abs(length.seconds - sound.SECONDS) > _NEARLY_S:
            raise StepFailed(tr("The file was not converted completely."))
        return tr("a WAV file was converted completely")

    def _opened(self) -> OpenVault:
        asked = SecretRequest(SecretTask.OPEN, str(self._vault), secret=self._passphrase)
        return OpenVault(self._vault, VaultSecret.from_text(secret_child.request(asked)), SystemClock())


def _record_file(file: Path, folder: Path, recipient: str) -> PartEnd:
    """Record a whole file, and return the part's end. Raise Trouble, or StepFailed."""
    heard: queue.SimpleQueue[RecorderStatus | PartEnd | None] = queue.SimpleQueue()

    def on_line(line: Line) -> None:
        message = read_message(line)
        if isinstance(message, RecorderStatus | PartEnd):
            heard.put(message)

    child = LineChild(
        *("self-test-recorder", "--to", str(folder), "--recipient", recipient, str(file)),
        on_line=on_line,
        on_end=lambda _code: heard.put(None),
    )
    child.start()
    end: PartEnd | None = None
    try:
        while (message := heard.get(timeout=_LONGEST_S)) is not None:
            if isinstance(message, PartEnd):
                end = message
            elif message.seconds >= sound.SECONDS:
                child.send_line(command_line(Command(Verb.STOP)))
    except queue.Empty as error:
        raise StepFailed(tr("The recorder did not respond.")) from error
    finally:
        child.kill()
    if end is None or end.sha256 is None:
        raise Trouble(end.trouble if end is not None and end.trouble is not None else TroubleCode.RECORDER_DIED)
    return end
