"""Kills while a recording is transcribed and while a transcript is corrected: what of it is stored afterwards."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from faults.table import Row, Try
from spoken_vaults import add_session
from vaults import make_vault

from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import UNKNOWN, Transcript, Turn, Word
from balint_desktop.rehearsal.hand import now_s
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.transcripts import TranscriptVault

_CHILD = Path(__file__).with_name("transcribing_child.py")
_TYPING = Path(__file__).with_name("typing_child.py")
_LONGEST_TYPED_S = 3.0
_PIECES, _LOUD_S, _QUIET_S = 16, 20, 2
_LONGEST_S = 1.5
_RATE_HZ = 48_000


class World:
    """A vault with one recording of many pieces, and the ledger of the engine that hears it."""

    def __init__(self, folder: Path) -> None:
        self.made = make_vault(folder / "vault")
        self.ledger = folder / "ledger"
        (folder / "model.bin").write_bytes(b"")
        loud = np.full(_RATE_HZ * _LOUD_S, 8000, "<i2") * np.where(np.arange(_RATE_HZ * _LOUD_S) % 100 < 50, 1, -1)
        sound = np.concatenate([part for _ in range(_PIECES) for part in (loud, np.zeros(_RATE_HZ * _QUIET_S))])
        self.recording = add_session(self.made, [sound.astype("<i2")])

    def start(self) -> subprocess.Popen[bytes]:
        """Start to transcribe, or go on."""
        child = subprocess.Popen(
            [sys.executable, str(_CHILD), str(self.made.folder), self.recording, str(self.ledger)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        if child.stdin is None or child.stdout is None:
            raise AssertionError("the child has no pipes")
        child.stdin.write(self.made.secret.to_text().encode())
        child.stdin.close()
        if child.stdout.readline() != b"working\n":
            raise AssertionError("the child did not begin")
        return child

    def heard(self) -> set[int]:
        """Return the beginnings of the pieces that the engine has answered, by the ledger."""
        return {int(line) for line in self.ledger.read_text().split()} if self.ledger.exists() else set()

    def stored(self) -> tuple[set[int], str]:
        """Return the beginnings of the pieces that are stored, and the text, empty before its end."""
        vault = self.made.open()
        try:
            transcripts = TranscriptVault(vault)
            files = transcripts.open(self.recording)
            done = transcripts.row(self.recording).text_wall is not None
            return {piece.from_ms for piece in files.heard().values()}, repr(files.text()) if done else ""
        finally:
            vault.close()

    def begin_again(self) -> None:
        """Delete the transcript, and the ledger with it."""
        vault = self.made.open()
        try:
            TranscriptVault(vault).delete(self.recording)
        finally:
            vault.close()
        self.ledger.unlink()


def killed_while_transcribing(times: int, seed: int, say: Callable[[str], None]) -> Row:
    """Kill the process that transcribes at moments drawn by lot, and go on each time."""
    lots, tries, texts = random.Random(seed), [], set()
    most, ends = 0, 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        world = World(Path(folder))
        while len(tries) < times:
            child = world.start()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=lots.uniform(0, _LONGEST_S))
            was_killed = child.poll() is None
            child.kill()
            child.wait()
            stored, text = world.stored()
            lost = len(world.heard() - stored)
            most = max(most, lost)
            failed = [f"{lost} pieces lost"] if lost > 1 else []
            if text:
                ends += 1
                texts.add(text)
                failed += ["another text"] if len(texts) > 1 else []
                world.begin_again()
            if was_killed or failed:
                tries.append(Try(failed=tuple(failed)))
                say(f"Killed while transcribing: {len(stored)} pieces stored, {lost} lost")
    return Row("Killed while a recording is transcribed", tries, f"at most {most} piece lost; {ends} times to its end")


class Sitting:
    """A vault with one transcript, and the window in which somebody types into it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.made = make_vault(self.data / "vault")
        tone = np.full(_RATE_HZ * 2, 4000, "<i2") * np.where(np.arange(_RATE_HZ * 2) % 100 < 50, 1, -1)
        self.recording = add_session(self.made, [tone.astype("<i2")])
        vault = self.made.open()
        try:
            transcripts = TranscriptVault(vault)
            files = transcripts.begin(self.recording, TranscriptSource.HAND)
            files.write_transcript(Transcript((Turn(1, UNKNOWN, 60_000, 62_000, (Word("word", 60_000, 62_000),)),)))
            transcripts.note_text(self.recording, SignOffState(0, 2_000, {}))
        finally:
            vault.close()

    def type_until_killed(self, after_s: float) -> tuple[str, list[tuple[str, float]], float]:
        """Type for so long, and kill the window; return what was stored before, the signs with times, and when."""
        before = self.typed()
        child = subprocess.Popen(
            [sys.executable, str(_TYPING), str(self.data), str(self.data.parent)], stdout=subprocess.PIPE, text=True
        )
        if child.stdout is None or child.stdout.readline() != "typing\n":
            raise AssertionError("the window did not begin")
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=after_s)
        killed_s = now_s()
        child.kill()
        rows = [line.split() for line in child.stdout.read().splitlines()]
        child.wait()
        return before, [(row[0], float(row[1])) for row in rows if len(row) == 2], killed_s

    def typed(self) -> str:
        """Return what is stored of the words after the first."""
        vault = self.made.open()
        try:
            text = TranscriptVault(vault).open(self.recording).text()
        finally:
            vault.close()
        return " ".join(word.text for turn in text.turns for word in turn.words)


def killed_while_typing(times: int, seed: int, say: Callable[[str], None]) -> Row:
    """Kill the window while somebody types into a transcript, at moments drawn by lot."""
    lots, tries = random.Random(seed), []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        sitting = Sitting(Path(folder))
        for _ in range(times):
            before, signs, killed_s = sitting.type_until_killed(lots.uniform(0.2, _LONGEST_TYPED_S))
            stored = sitting.typed()
            kept = stored.removeprefix(before).removeprefix(" x")
            typed = "".join(sign for sign, _ in signs)
            failed = [] if stored.startswith(before) and typed.startswith(kept) else ["another text"]
            first_lost_s = signs[len(kept)][1] if len(kept) < len(signs) else killed_s
            tries.append(Try(lost_s=killed_s - first_lost_s, failed=tuple(failed)))
            say(f"Killed while typing: {len(typed)} signs typed, {len(kept)} stored, {killed_s - first_lost_s:.2f} s")
    return Row("Killed while a transcript is corrected", tries, "seconds of typing", at_most_s=1.0)
