"""The time from a press to the sound of that second reaching the loudspeaker's child: seeks all over an hour.

The recording is made here: synthetic speech, encoded and sealed as the recorder does it, opened as the window does it.
Run it alone: `python tests/bench/seeking.py [--seeks N] [--minutes N]`. Nothing is asserted about time; on a machine
that is busy with something else the figures say more about that.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import soundfile
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.line_child import LineChild
from balint_desktop.capture.play_protocol import PlayCommandReader, PlayVerb
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.capture.track import Track
from balint_desktop.domain.values import RecordingId
from balint_desktop.ogg.duration import duration_s
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.open_recording import open_recording
from balint_desktop.rehearsal.virtual_microphone import VirtualMicrophone, speech
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.recording import create_recording
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.player_card import PlayerCard
from balint_desktop.ui.recordings.sound import SoundDeck
from balint_desktop.ui.shell.work import Work

AIM_MS = 50.0
_LONGEST_MS = 30_000
_LISTEN_MS = 60
_SPOKEN = "Somebody sat by the window for a long while and said nothing, and I did not know what to do with my hands. "


class Watched:
    """The data sent to the playing child, and when the first sound after a press was written to it."""

    def __init__(self) -> None:
        self.sent_s: float | None = None
        self._then: Callable[[], None] | None = None
        self._is_new = False
        self._reader = PlayCommandReader()
        self._send = LineChild.send
        LineChild.send = lambda child, data: self._on_sent(child, data)  # noqa: PLW0108  it is bound to each child

    def begin(self, then: Callable[[], None]) -> None:
        """Wait for the sound of the next turn, and return when it was sent."""
        self.sent_s, self._then, self._is_new = None, then, False

    def _on_sent(self, child: LineChild, data: bytes) -> None:
        self._send(child, data)
        now_s = time.perf_counter()
        for command in self._reader.feed(data):
            if command.verb is PlayVerb.BEGIN:
                self._is_new = True
            elif command.verb is PlayVerb.SOUND and self._is_new and self._then is not None:
                self.sent_s, then, self._then = now_s, self._then, None
                then()


def main() -> int:
    """Seek all over an hour, while playing and while paused, and print the times."""
    parser = argparse.ArgumentParser(description="How long a seek takes.")
    parser.add_argument("--seeks", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--encoded", type=Path, help="an Ogg Opus file to seal, instead of encoding speech anew")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder, VirtualMicrophone() as microphone:
        os.environ.update(microphone.environment)
        sources = _made(Path(folder), options)
        began_s = time.perf_counter()
        opened = open_recording(sources)
        print(f"opened {opened.joined.seconds / 60:.0f} minutes in {(time.perf_counter() - began_s) * 1000:.0f} ms")
        _measure(opened, options.seeks)
    return 0


def _made(folder: Path, options: argparse.Namespace) -> RecordingInputs:
    """Return a sealed recording of speech."""
    reader = new_identity()
    key = create_recording(folder / "recording", [reader.recipient])
    writer = PartWriter(folder / "recording" / "01", [key.recipient])
    began_s = time.perf_counter()
    if options.encoded is not None:
        ogg = options.encoded.read_bytes()
        writer.write(ogg)
        closed = writer.close(PartFacts(offset_s=0.0, seconds=duration_s(ogg)))
    else:
        track = _spoken(folder, writer, options.minutes)
        closed = writer.close(PartFacts(offset_s=0.0, seconds=track.seconds, marks=track.marks, levels=track.levels))
    print(f"sealed {closed.seconds / 60:.0f} minutes in {time.perf_counter() - began_s:.0f} s", flush=True)
    return RecordingInputs(RecordingId("bench"), folder / "recording", (reader.secret,))


def _spoken(folder: Path, writer: PartWriter, minutes: float) -> Track:
    """Encode that many minutes of speech as the recorder does."""
    voice, _ = soundfile.read(speech(folder / "voice.wav", _SPOKEN * 12), dtype="int16")
    sound = voice.tobytes()
    track = Track(writer.write, DEFAULT_BIT_RATE)
    size = BLOCK_FRAMES * 2
    for number in range(round(minutes * 600)):
        at = number * size % (len(sound) - size)
        track.write_block(Block(sound[at : at + size], number / 10), 0.0)
    track.close(0.0)
    return track


def _measure(opened, seeks: int) -> None:
    """Press on the strip of a real player card, as wide as the window shows it."""
    app = QApplication.instance() or QApplication([])
    watched = Watched()
    work = Work()
    playback = Playback(SoundDeck, work.post)
    card = PlayerCard(playback)
    card.resize(1100, 300)
    card.show_opened(opened)
    card.show()
    app.processEvents()
    bench = Bench(work, card, watched)
    print(f"first play, children still starting: {bench.pressed(card.play_button.click):.1f} ms")
    draw = random.Random(1)
    places = [QPoint(draw.randrange(card.strip.width() - 4), 8) for _ in range(seeks)]
    print_row("press on the strip while it plays", [bench.pressed(lambda at=at: bench.press_at(at)) for at in places])
    playback.set_speed(1.5)
    print_row("  at 1.5 times the speed", [bench.pressed(lambda at=at: bench.press_at(at)) for at in places])
    paused = []
    for at in places:
        playback.pause()
        bench.press_at(at)
        paused.append(bench.pressed(card.play_button.click))
    print_row("Play, after a pause and a seek", paused)
    playback.load(None)
    work.shutdown()


@dataclass
class Bench:
    """The card, and the mouse that presses it."""

    work: Work
    card: PlayerCard
    watched: Watched

    def press_at(self, place: QPoint) -> None:
        """Press a place of the strip with the mouse, and release."""
        QTest.mouseClick(self.card.strip, Qt.MouseButton.LeftButton, pos=place)

    def pressed(self, press) -> float:
        """Return the milliseconds between a press and its sound reaching the child, while the window runs."""
        loop = QEventLoop()
        self.watched.begin(lambda: self.work.post(loop.quit, self.work))
        QTimer.singleShot(_LONGEST_MS, loop.quit)
        began_s = time.perf_counter()
        press()
        loop.exec()
        if self.watched.sent_s is None:
            raise TimeoutError("no sound came")
        # A moment of listening: the next press comes while more sound is on its way, and the window follows it.
        QTimer.singleShot(_LISTEN_MS, loop.quit)
        taken_ms = (self.watched.sent_s - began_s) * 1000
        loop.exec()
        return taken_ms


def print_row(what: str, figures: list[float]) -> None:
    """Print the minimum, the median and the maximum, beside the aim."""
    least, middle, most = min(figures), median(figures), max(figures)
    reached = "reached" if most <= AIM_MS else "missed"
    print(f"{what}, {len(figures)} times, ms: {least:.1f} / {middle:.1f} / {most:.1f}   ≤ {AIM_MS:g}  {reached}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (subprocess.SubprocessError, TimeoutError) as error:
        sys.exit(f"did not run: {error}")
