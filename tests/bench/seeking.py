"""How long a press takes until the sound of that second is with the loudspeaker's child: seeks all over an hour.

The recording is made here: synthetic speech, encoded and sealed as the recorder does it, opened as the window does it.
Run it alone: `python tests/bench/seeking.py [--seeks N] [--minutes N]`. Nothing is asserted about time.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import soundfile

from balint_desktop.capture.line_child import LineChild
from balint_desktop.capture.play_says import Do, Hearing
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.capture.track import Track
from balint_desktop.capture.virtual_microphone import VirtualMicrophone, speech
from balint_desktop.domain.values import RecordingId
from balint_desktop.exchange.opening import Sources, open_recording
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.recording import make_recording
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.sound import SoundDeck

AIM_MS = 50.0
_LONGEST_S = 30.0
_SPOKEN = "Somebody sat by the window for a long while and said nothing, and I did not know what to do with my hands. "


@dataclass
class Watched:
    """What goes to the child that plays, and when its first sound of each turn has been written to it."""

    sent_s: dict[int, float]
    heard: threading.Event

    def feed(self, real):
        """Return a `feed` that writes, and then notes the time of a turn's first sound."""
        hearing = Hearing()

        def fed(child: LineChild, data: bytes) -> None:
            real(child, data)
            now_s = time.perf_counter()
            for told in hearing.take(data):
                if told.do is Do.SOUND and told.turn not in self.sent_s:
                    self.sent_s[told.turn] = now_s
                    self.heard.set()

        return fed


def main() -> int:
    """Seek all over an hour, playing and from a standstill, and print what it took."""
    parser = argparse.ArgumentParser(description="How long a seek takes.")
    parser.add_argument("--seeks", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, VirtualMicrophone() as microphone:
        os.environ.update(microphone.environment)
        sources = _made(Path(folder), options.minutes)
        began_s = time.perf_counter()
        opened = open_recording(sources)
        print(f"opened {opened.joined.seconds / 60:.0f} minutes in {(time.perf_counter() - began_s) * 1000:.0f} ms")
        _measure(opened, options.seeks)
    return 0


def _made(folder: Path, minutes: float) -> Sources:
    """Return a sealed recording of speech, so many minutes long."""
    voice, _ = soundfile.read(speech(folder / "voice.wav", _SPOKEN * 12), dtype="int16")
    sound = voice.tobytes()
    reader = new_identity()
    key = make_recording(folder / "recording", [reader.recipient])
    writer = PartWriter(folder / "recording" / "01", [key.recipient])
    track = Track(writer.write, 24_000)
    size = BLOCK_FRAMES * 2
    began_s = time.perf_counter()
    for number in range(round(minutes * 600)):
        at = number * size % (len(sound) - size)
        track.take(Block(sound[at : at + size], number / 10), 0.0)
    track.close(0.0)
    writer.close(PartFacts(offset_s=0.0, seconds=track.seconds, marks=track.marks, levels=track.levels))
    print(f"encoded and sealed {track.seconds / 60:.0f} minutes in {time.perf_counter() - began_s:.0f} s", flush=True)
    return Sources(RecordingId("bench"), folder / "recording", (reader.secret,))


def _measure(opened, seeks: int) -> None:
    watched = Watched({}, threading.Event())
    LineChild.feed = watched.feed(LineChild.feed)
    playback = Playback(SoundDeck, post=lambda call: call())
    playback.load(opened)
    draw = random.Random(1)
    first_ms = _pressed(playback, watched, playback.play)
    print(f"first play, children still starting: {first_ms:.1f} ms")
    seconds = [draw.uniform(0, opened.joined.seconds - 5) for _ in range(seeks)]
    told("seek while it plays", [_pressed(playback, watched, lambda at=at: playback.seek(at)) for at in seconds])
    playback.set_speed(1.5)
    told("  at 1.5 times the speed", [_pressed(playback, watched, lambda at=at: playback.seek(at)) for at in seconds])
    paused = []
    for at in seconds:
        playback.pause()
        playback.seek(at)
        paused.append(_pressed(playback, watched, playback.play))
    told("play after a pause and a seek", paused)
    playback.load(None)


def _pressed(playback: Playback, watched: Watched, press) -> float:
    """Return how many milliseconds lie between a press and its sound being with the child."""
    watched.heard.clear()
    began_s = time.perf_counter()
    press()
    if not watched.heard.wait(_LONGEST_S):
        raise TimeoutError("no sound came")
    return (watched.sent_s[playback._turn] - began_s) * 1000


def told(what: str, figures: list[float]) -> None:
    """Print the least, the middle and the greatest, beside the aim."""
    least, middle, most = min(figures), median(figures), max(figures)
    reached = "reached" if most <= AIM_MS else "missed"
    print(f"{what}, {len(figures)} times, ms: {least:.1f} / {middle:.1f} / {most:.1f}   ≤ {AIM_MS:g}  {reached}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (subprocess.SubprocessError, TimeoutError) as error:
        sys.exit(f"did not run: {error}")
