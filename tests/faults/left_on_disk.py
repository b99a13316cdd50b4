"""Is sound or text found unencrypted on the raw disk while a recording is transcribed, and after a crash? Linux only.

The vault, the temporary folder, the home and the working folder are on an ext4 image of their own, which is searched
byte by byte: deleted files and core files are found on it, too.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from faults.table import Row, Try
from spoken_vaults import Spoken, speak_session
from transcription_material import engine_python, model_folder
from vault_attacks.registry import NotHere
from vault_attacks.worlds import disk_of, image_of

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.transcripts import TranscriptVault

_NAME = "Sound and text unencrypted on the raw disk, while transcribing and after a crash"
_CHILD = Path(__file__).with_name("transcribing_child.py")
_LONGEST_S = 4.0
_WINDOW_BYTES = 64
_EVERY_S = 0.5
_LEAST_BYTES = 24
# Words of what is spoken which stand nowhere else in a vault.
_WORDS = ("tired of being", "thinking about", "with the registrar", "registrar", "Watermelon", "watermelon")


def left_on_disk(times: int, seed: int, say: Callable[[str], None]) -> Row:
    """Crash the process that transcribes at moments drawn by lot, search the disk, and let it end at last."""
    try:
        python, model = engine_python(), model_folder()
    except pytest.skip.Exception as missing:
        return Row(_NAME, not_run=str(missing))
    lots, tries = random.Random(seed), []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        try:
            with disk_of(Path(folder), "ext4") as disk:
                session = speak_session(disk.folder / "data")
                wanted = {**_text(_WORDS), **_sound(session)}
                # First, so that the search is known to find what there is.
                peers = _as_a_peer_does(session, disk.folder, Path(folder))
                for number in range(times + 1):
                    how = None if number == times else lots.choice((signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV))
                    _transcribe(session, disk.folder, (python, model), how, lots.uniform(0.5, _LONGEST_S))
                    raw = _raw(Path(folder))
                    found = [name for name, data in wanted.items() if data in raw]
                    tries.append(Try(failed=tuple(f"found: {name}" for name in found)))
                    say(f"{_NAME}: {'at its end' if how is None else how.name}: {', '.join(found) or 'nothing'}")
                tries.append(Try(failed=tuple(_heard_nothing(session))))
        except NotHere as error:
            return Row(_NAME, not_run=str(error))
    tries.append(Try(failed=() if peers == 1 else ("the search does not find what a peer leaves",)))
    return Row(_NAME, tries, f"{len(wanted)} needles; of a temporary WAV, deleted, {peers:.0%} is found")


def _transcribe(session: Spoken, disk: Path, engine: tuple[Path, Path], how: signal.Signals | None, after_s: float):
    """Transcribe; crash the process and its engine after so long, or let it end. Whatever it writes is on the disk."""
    secret = session.made.secret.to_text().encode()
    environment = os.environ | {name: str(disk) for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    words = [sys.executable, str(_CHILD), str(session.made.folder), session.recording, str(disk / "ledger")]
    child = subprocess.Popen(
        [*words, *map(str, engine)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=disk,
        env=environment,
        start_new_session=True,
        preexec_fn=_allow_cores,  # noqa: PLW1509  no other thread runs here
    )
    child.communicate(secret) if how is None else _crash(child, secret, how, after_s)


def _allow_cores() -> None:
    """Let the kernel write core files, where the process itself does not forbid it."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def _crash(child: subprocess.Popen[bytes], secret: bytes, how: signal.Signals, after_s: float) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.communicate(secret, timeout=after_s)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, how)
    child.wait()


def _heard_nothing(session: Spoken) -> Iterator[str]:
    """Say so if the search was for nothing, since the engine heard nothing."""
    vault = session.made.open()
    try:
        text = TranscriptVault(vault).open(session.recording).text()
    finally:
        vault.close()
    said = " ".join(word.text for turn in text.turns for word in turn.words)
    if "registrar" not in said:
        yield "the engine did not hear the words searched for"


def _text(words: Iterable[str]) -> dict[str, bytes]:
    return {f"“{one}” ({form})": one.encode(form) for one in words for form in ("utf-8", "utf-16-le")}


def _sound(session: Spoken) -> dict[str, bytes]:
    """Return pieces of the recording's sound: as Ogg Opus, and decoded, where it is loud."""
    needles = {}
    for part, ogg in _opened(session).items():
        child = open_pcm(ogg)
        pcm = b"".join(child.chunks())
        child.close()
        for form, data, step in (("Ogg", ogg, 4096), ("PCM", pcm, round(2 * RATE_HZ * _EVERY_S))):
            for at in range(step, len(data) - _WINDOW_BYTES, step):
                piece = data[at : at + _WINDOW_BYTES]
                # Silence is on every disk.
                if len(set(piece)) > _LEAST_BYTES:
                    needles[f"{form} of part {part} at {at}"] = piece
    return needles


def _opened(session: Spoken) -> dict[int, bytes]:
    """Return the Ogg Opus of each part, opened."""
    vault = session.made.open()
    try:
        recordings = RecordingService(vault, open_pcm, encode_pcm)
        return dict(recordings.open(recordings.source(session.recording)).sounds)
    finally:
        vault.close()


def _raw(folder: Path) -> bytes:
    """Return every byte of the disk."""
    subprocess.run(["sync"], check=True)
    return image_of(folder).read_bytes()


def _as_a_peer_does(session: Spoken, disk: Path, folder: Path) -> float:
    """Decode to a temporary WAV and delete it, as noScribe does; return the share of its pieces found on the disk."""
    ogg = next(iter(_opened(session).values()))
    wav = disk / "tmp_audio.wav"
    command = ["ffmpeg", "-v", "error", "-c:a", "libopus", "-i", "-", "-ar", "16000", "-ac", "1", str(wav)]
    subprocess.run(command, input=ogg, check=True)
    with wav.open("rb") as file:
        os.fsync(file.fileno())
        data = file.read()
    wav.unlink()
    step = round(2 * 16_000 * _EVERY_S)
    pieces = [data[at : at + _WINDOW_BYTES] for at in range(step, len(data) - _WINDOW_BYTES, step)]
    pieces = [piece for piece in pieces if len(set(piece)) > _LEAST_BYTES]
    raw = _raw(folder)
    return sum(piece in raw for piece in pieces) / len(pieces)
