"""A first draft of ten minutes beside bare faster-whisper: processor time, memory, words that are wrong.

Run as a program it is one side: `transcribing.py ours|peers|peers_int8 OGG MODEL`, which prints what it wrote as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import DidNotRun, environment, peak_mb

AIM_CPU, AIM_MEMORY = 1.35, 0.8
_PEERS = Path(__file__).parents[2] / ".venv-bench" / "bin" / "python"
_PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Drafted:
    """One side's draft: seconds of processor time, peak memory of its processes, the share of words that are wrong."""

    cpu_s: float
    peak_mb: float
    wrong: float


@dataclass(frozen=True)
class Talk:
    """Speech with silences as Ogg Opus, and what is said in it."""

    ogg: Path
    said: str
    model: Path


@contextmanager
def ten_minutes(minutes: float = 10.0) -> Iterator[Talk]:
    """Make real speech, read and on the telephone, with silences and the noise of a room between. Raise DidNotRun."""
    if not _PEERS.exists():
        raise DidNotRun("the peer is not installed: make .venv-bench/.ready")
    import spoken  # noqa: PLC0415  only where the material is installed
    from spoken_vaults import opus_of  # noqa: PLC0415
    from transcription_material import model_folder, speech_text  # noqa: PLC0415

    telephone = " ".join(
        line.split(maxsplit=6)[-1]
        for line in speech_text("telephone.stm").read_text(encoding="utf-8").splitlines()
        if not line.startswith(";;")
    )
    parts, said, seed = [], [], 0
    while sum(len(part) for part in parts) < minutes * 60 * spoken.RATE_HZ:
        seed += 1
        parts += [
            spoken.read_aloud("two_cities"),
            spoken.noise(12, level_db=-50, seed=seed),
            spoken.read_aloud("telephone"),
            spoken.silence(8),
        ]
        said += [spoken.TWO_CITIES, telephone]
    with tempfile.TemporaryDirectory() as folder:
        ogg = Path(folder) / "talk.opus"
        ogg.write_bytes(opus_of(spoken.joined(*parts)))
        yield Talk(ogg, " ".join(said), model_folder())


def draft_ours(talk: Talk) -> Drafted:
    """Write a draft as the app does: decoded in one child, heard in another."""
    return _draft([sys.executable, __file__, "ours"], talk)


def draft_peers(talk: Talk) -> Drafted:
    """Write a draft with bare faster-whisper: the whole file, its defaults."""
    return _draft([str(_PEERS), __file__, "peers"], talk)


def draft_peers_in_our_precision(talk: Talk) -> Drafted:
    """Write a draft with bare faster-whisper as it is, but with our precision and threads."""
    return _draft([str(_PEERS), __file__, "peers_int8"], talk)


@contextmanager
def busy_loops() -> Iterator[None]:
    """Keep every core busy at the same time."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _draft(command: list[str], talk: Talk) -> Drafted:
    from spoken import word_error_rate  # noqa: PLC0415

    path = os.pathsep.join((str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])))
    process = subprocess.Popen(
        [*command, str(talk.ogg), str(talk.model)], stdout=subprocess.PIPE, env=environment() | {"PYTHONPATH": path}
    )
    out = process.stdout.read() if process.stdout is not None else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise DidNotRun(f"{command[-1]} ended with {process.returncode}")
    message = json.loads(out)
    return Drafted(used.ru_utime + used.ru_stime, message["peak_mb"], word_error_rate(talk.said, message["text"]))


def _ours(ogg: str, model: str) -> dict[str, object]:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from transcription.heard import CHOICE, THREADS, Memory, engine_command, text_of  # noqa: PLC0415

    from balint_desktop.capture.reel_handle import ReelHandle  # noqa: PLC0415
    from balint_desktop.domain.clock import SystemClock  # noqa: PLC0415
    from balint_desktop.ogg.duration import duration_s  # noqa: PLC0415
    from balint_desktop.transcription.audible import AudibleSound, AudibleStretch  # noqa: PLC0415
    from balint_desktop.transcription.engine_handle import EngineHandle  # noqa: PLC0415
    from balint_desktop.transcription.transcriber import Transcriber  # noqa: PLC0415

    data = Path(ogg).read_bytes()
    reel, engine, store = ReelHandle(lambda: {1: data}), EngineHandle(engine_command()), Memory()
    reel.start()
    engine.start(Path(model), "en", THREADS)
    stretch = AudibleStretch(0, int(1000 * duration_s(data)), 1, 0)
    Transcriber(
        AudibleSound((stretch,), reel.read),
        engine,
        store,
        clock=SystemClock(),
        report=lambda _progress: None,
        should_stop=lambda: False,
    ).run(CHOICE)
    held = peak_mb(engine.pid or 0) + peak_mb(reel.pid or 0)
    engine.close()
    reel.close()
    return {"text": text_of(store), "peak_mb": held}


def _peers(ogg: str, model: str, **options: object) -> dict[str, object]:
    from faster_whisper import WhisperModel  # noqa: PLC0415

    segments, _ = WhisperModel(model, device="cpu", **options).transcribe(ogg, language="en")
    return {"text": " ".join(segment.text for segment in segments), "peak_mb": peak_mb()}


def _peers_int8(ogg: str, model: str) -> dict[str, object]:
    return _peers(ogg, model, compute_type="int8", cpu_threads=2)


if __name__ == "__main__":
    print(json.dumps({"ours": _ours, "peers": _peers, "peers_int8": _peers_int8}[sys.argv[1]](*sys.argv[2:])))
