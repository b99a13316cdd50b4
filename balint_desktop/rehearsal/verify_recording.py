"""Open the rehearsed recording and compare it with what was played."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import wave
from array import array
from dataclasses import dataclass, field
from pathlib import Path

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.session.session_record import SessionRecord, session_record
from balint_desktop.i18n import tr
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.recordings import decode
from balint_desktop.recordings.export import write_sound
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition, OpenRecording
from balint_desktop.recordings.timeline import STRIKE_MARGIN_S, StretchKind, TimelineStretch
from balint_desktop.rehearsal import compare_sound as sound
from balint_desktop.sealed.recording import parts, read_key
from balint_desktop.text import recordings
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault

PLAYED, PLAYED_ON_CALL = "what-was-played.wav", "what-the-call-played.wav"
# The log gives a part's beginning and end to half a second each: a busy window records them late.
_LENGTH_WITHIN_S = 2 * STRIKE_MARGIN_S
_LEAST_LOUDNESS = 0.9
_LEAST_WAVES = 0.95
_SWALLOWED_S = 1.0
# So many seconds decide at which of several places a voice is compared.
_TRIED = 3
# The audible edge of a pause may be a fraction of a second off.
_EDGE_S = 0.5
# A call is read up to LARGEST_SETTLING faster or slower, which moves its waves by 5 ms within a second: in a piece of
# 50 ms by a quarter of one.
_PIECES_OF_CALL = 20
_NEAR_S = 0.05


@dataclass(slots=True)
class Findings:
    """Findings of verifying the recording: lines to print, and the failures among them."""

    lines: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, subject: str, detail: str, *, holds: bool) -> None:
        """Add one finding."""
        self.lines.append(f"{tr('ok') if holds else tr('FAILED')}  {subject}: {detail}")
        if not holds:
            self.failed.append(subject)


def verify_reopened(folder: Path, data: DataFolder, passphrase: str) -> Findings:
    """Open the vault as on another day, and check the session's data in it. Raise Trouble."""
    findings = Findings()
    vault = OpenVault(data.vault, secret_by_passphrase(data.vault, passphrase), SystemClock())
    try:
        service = RecordingService(vault, open_pcm, encode_pcm)
        (kept,) = service.sessions()
        (sources,) = service.sources()
        record = session_record(kept)
        opened = service.open(sources)
        # Not through the gate: the voice is made, and nobody was asked for any use of it.
        write_sound(folder / "recording.opus", opened.joined, opened.sounds, open_pcm, encode_pcm)
        pcm = sound.samples(b"".join(decode.decode_pcm(opened.joined, opened.sounds, open_pcm)))
        _check_log(findings, record)
        _check_recording(findings, record, opened)
        _check_sound(findings, folder, opened, pcm)
        _check_stock_age(findings, sources, vault.secrets(), opened)
    finally:
        vault.close()
    return findings


def _check_log(findings: Findings, record: SessionRecord) -> None:
    reached = sum(1 for phase in record.phases if phase.from_s is not None)
    detail = tr("{reached} of {all} phases, {present} in the room, presented by {presenter}").format(
        reached=reached,
        all=len(record.phases),
        present=len(record.present),
        presenter=", ".join(code for _case, code in record.presenters) or tr("no one"),
    )
    findings.add(tr("the log"), detail, holds=reached == len(record.phases) and record.ended_s is not None)


def _check_recording(findings: Findings, record: SessionRecord, opened: OpenRecording) -> None:
    findings.add(
        tr("the recording"),
        recordings.condition(opened.listed.condition),
        holds=opened.listed.condition is Condition.COMPLETE,
    )
    by_the_log_s = record.recording.seconds if record.recording is not None else 0.0
    off_s = opened.joined.seconds - by_the_log_s
    detail = tr("{long:.2f} s, {off:+.2f} s from the log").format(long=opened.joined.seconds, off=off_s)
    findings.add(tr("its length"), detail, holds=abs(off_s) <= _LENGTH_WITHIN_S)


def _check_sound(findings: Findings, folder: Path, opened: OpenRecording, pcm: array[int]) -> None:
    begin_s = opened.joined.from_s
    loud = [s for s in opened.joined.stretches if s.kind is StretchKind.SOUND]
    silent = [s for s in opened.joined.stretches if s.kind is not StretchKind.SOUND]
    if (folder / PLAYED_ON_CALL).exists():
        # The room is heard until the pause, the call after it.
        paused_s = next((s.from_s for s in silent if s.kind is StretchKind.OFF_RECORD), begin_s)
        on_call = [s for s in loud if s.from_s >= paused_s]
        loud = [s for s in loud if s.from_s < paused_s]
        words = tr("what the call played is in it")
        longest = _longest(pcm, on_call, begin_s)
        _check_played(findings, words, folder / PLAYED_ON_CALL, longest, pieces=_PIECES_OF_CALL)
    _check_played(findings, tr("what was played is in it"), folder / PLAYED, _longest(pcm, loud, begin_s))
    if silent:
        quiet = all(sound.is_silent(_inside(pcm, stretch, begin_s)) for stretch in silent)
        findings.add(tr("silent stretches"), recordings.silences(opened.joined).replace("\n", "; "), holds=quiet)


def _check_played(findings: Findings, subject: str, path: Path, recorded: array[int], *, pieces: int = 1) -> None:
    with wave.open(str(path)) as file:
        played = sound.samples(file.readframes(file.getnframes()))
    match = _median(_matches(recorded, played, pieces))
    detail = tr("loudness {loudness:.3f}, waves {waves:.3f} (1 is the same)").format(
        loudness=match.loudness, waves=match.waves
    )
    findings.add(subject, detail, holds=match.loudness >= _LEAST_LOUDNESS and match.waves >= _LEAST_WAVES)


def _longest(pcm: array[int], stretches: list[TimelineStretch], begin_s: float) -> array[int]:
    longest = max(stretches, key=lambda s: s.seconds, default=None)
    return array("h") if longest is None else _inside(pcm, longest, begin_s)


def _median(matches: list[sound.Match]) -> sound.Match:
    """Return the median of each figure: in a single second either may be low, as where a voice hardly moves."""
    loudness = statistics.median(match.loudness for match in matches)
    waves = statistics.median(match.waves for match in matches)
    return sound.Match(statistics.median(match.delay_s for match in matches), loudness, waves)


def _matches(recorded: array[int], played: array[int], pieces: int) -> list[sound.Match]:
    """Match the whole, then single seconds near there: a busy machine may drop a moment without a fault of the seal.

    Each second is matched in so many pieces.
    """
    edge = round(_EDGE_S * RATE_HZ)
    recorded = recorded[edge:-edge]
    every, whole = sound.rows(played), sound.rows(recorded)
    starts = range(0, len(recorded) - RATE_HZ + 1, RATE_HZ)
    seconds = {start: recorded[start : start + RATE_HZ] for start in starts}
    heard = {start: sound.rows(second) for start, second in seconds.items() if not sound.is_silent(second)}
    if not heard:
        return [sound.find(whole, every, (0.0, len(played) / RATE_HZ))]

    def at(delay_s: float, start: int) -> sound.Match:
        about_s = delay_s + start / RATE_HZ
        return sound.find(heard[start], every, (about_s - _SWALLOWED_S, about_s + _SWALLOWED_S))

    # The voice says the same again and again, and where it does only the waves differ.
    some = list(heard)[:_TRIED]
    delay_s = max(
        sound.places(whole, every), default=0.0, key=lambda place: statistics.median(at(place, s).waves for s in some)
    )
    matches = []
    for start in heard:
        found = at(delay_s, start)
        matches += [found] if pieces == 1 else _in_pieces(seconds[start], every, found.delay_s, pieces)
    return matches


def _in_pieces(second: array[int], every: sound.ComparedSound, delay_s: float, pieces: int) -> list[sound.Match]:
    """Match a second piece by piece, each near where the whole second was found."""
    size = RATE_HZ // pieces
    starts = [start for start in range(0, RATE_HZ, size) if not sound.is_silent(second[start : start + size])]
    near = [delay_s + start / RATE_HZ for start in starts]
    return [
        sound.find(sound.rows(second[start : start + size]), every, (about_s - _NEAR_S, about_s + _NEAR_S))
        for start, about_s in zip(starts, near, strict=True)
    ]


def _inside(pcm: array[int], stretch: TimelineStretch, begin_s: float) -> array[int]:
    return pcm[round((stretch.from_s - begin_s) * RATE_HZ) : round((stretch.until_s - begin_s) * RATE_HZ)]


def _check_stock_age(
    findings: Findings, sources: RecordingInputs, secrets: tuple[str, ...], opened: OpenRecording
) -> None:
    """Decrypt every part with the age program, if there is one. Keys go through pipes."""
    age = shutil.which("age")
    if age is None:
        findings.lines.append(tr("not run  stock age: it is not installed"))
        return
    key = read_key(sources.folder, secrets).secret
    same = True
    for number, part in enumerate(parts(sources.folder), start=1):
        done = subprocess.run(
            (age, "--decrypt", "--identity", "-", str(part / "audio.opus.age")),
            input=f"{key}\n".encode("ascii"),
            capture_output=True,
            check=False,
        )
        same = same and done.returncode == 0 and done.stdout == opened.sounds.get(number)
    findings.add(tr("stock age"), tr("opens it to the same bytes") if same else tr("does not open it"), holds=same)
