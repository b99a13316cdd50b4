"""The cost of a faulty disk: one that fills up, and one that loses power."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import small_disk
from faults.led import Ended, Led
from faults.room import Room
from faults.stage import Stage, lost_sound
from faults.table import Row, Try, came_to_nothing
from vaults import Made

from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.reading import PartState

_FULL = "The disk fills up"
_CUT = "A power cut (an ext4 image, frozen as it stands)"
_IMAGE_BYTES = 48_000_000
_BEFORE_S = 5.0
_MOMENT_S = (0.5, 8.0)
_LONGEST_S = 30.0
_ERRORS = (Ended, Trouble, OSError, subprocess.SubprocessError)


def disk_fills(room: Room, times: int, say) -> Row:
    """Fill a small disk to its last block while a session is recorded on it, then free space again."""
    tries = []
    for number in range(times):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder, _mounted(Path(folder)) as disk:
            if disk is None:
                return Row(_FULL, not_run="mounting a small disk needs root, or sudo without a password")
            stage = Stage(disk.folder, room.environment)
            led = stage.lead("window" if number == times - 1 else "leader", number)
            tries.append(_fill(stage, room, led, disk, say))
            say(f"{_FULL} ({led.kind}): {tries[-1]}")
    return Row(_FULL, tries, "said: in the room; what is held meanwhile is kept once there is room")


@contextmanager
def _mounted(aside: Path) -> Iterator[small_disk.SmallDisk | None]:
    folder = aside / "small-disk"
    folder.mkdir()
    command = next((way for way in small_disk._ways() if small_disk._mounts(way, folder)), None)
    try:
        yield None if command is None else small_disk.SmallDisk(folder, command)
    finally:
        if command is not None:
            subprocess.run([*command, "umount", "--lazy", str(folder)], check=True)


def _fill(stage: Stage, room: Room, led: Led, disk: small_disk.SmallDisk, say) -> Try:
    failed = []
    try:
        recorder = led.wait_for("recorder")
        first = led.wait(lambda one: one["what"] == "level" and one["seconds"] > 0)
        led.wait(lambda one: one["what"] == "level" and one["seconds"] > _BEFORE_S)
        full_s = time.monotonic()
        heard = room.witness.heard_by(full_s)
        disk.fill()
        said = led.wait_until_said(full_s, _LONGEST_S)
        disk.make_room()
        # The next committed fact includes those before it.
        room_s = time.monotonic()
        led.wait(lambda one: one["what"] == "fact" and one["at_s"] > room_s, _LONGEST_S)
        led.stop()
    except _ERRORS as error:
        say(f"{_FULL} ({led.kind}): {error}")
        return came_to_nothing(error)
    finally:
        led.end()
    lost = lost_sound(stage, room.witness, recorder["folder"], heard, first)
    if not stage.all_opens():
        failed.append("not everything opens")
    return Try(max(0.0, lost.end_s), stage.lost_facts(led), said["at_s"] - full_s, tuple(failed))


def power_cuts(room: Room, times: int, seed: int, say) -> Row:
    """Record on a separate disk, copy that disk at some moment, and open the copy."""
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        return Row(_CUT, not_run="mounting an ext4 image needs root and mkfs.ext4")
    tries = []
    lots = random.Random(seed)
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            try:
                tries.append(_cut(Path(folder), room, lots))
            except subprocess.CalledProcessError as error:
                if not tries and "mount" in error.cmd[0]:
                    return Row(_CUT, not_run="no ext4 image can be mounted here")
                say(f"{_CUT}: {error}")
                tries.append(came_to_nothing(error))
            except _ERRORS as error:
                say(f"{_CUT}: {error}")
                tries.append(came_to_nothing(error))
        say(f"{_CUT}: {tries[-1]}")
    return Row(_CUT, tries, "what was in the system's memory alone is gone")


def _cut(aside: Path, room: Room, lots: random.Random) -> Try:
    image, copy = aside / "disk", aside / "disk-as-it-stood"
    with image.open("wb") as file:
        file.truncate(_IMAGE_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    with _loop(image, aside / "before") as disk:
        stage = Stage(disk, room.environment)
        subprocess.run(["sync", "--file-system", str(disk)], check=True)
        led = stage.lead("leader", lots.random())
        try:
            recorder = led.wait_for("recorder")
            time.sleep(lots.uniform(*_MOMENT_S))
            # Writing stops while the image is copied, as it does without power.
            for pid in (led.process.pid, recorder["pid"]):
                os.kill(pid, signal.SIGSTOP)
            cut_s = time.monotonic()
            subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
            heard = room.witness.heard_by(cut_s)
        finally:
            for pid in (led.process.pid, recorder["pid"]):
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            led.end()
    levels = [one for one in led.all("level") if one["seconds"] > 0]
    with _loop(copy, aside / "after") as disk:
        stage.made = Made(disk / "vault", stage.made.passphrase, stage.made.recovery_key, stage.made.secret)
        there = Path(recorder["folder"])
        folder = stage.made.folder / there.relative_to(aside / "before" / "vault")
        facts = stage.lost_facts(led)
        lost = lost_sound(stage, room.witness, folder, heard, levels[0] if levels else None)
        failed = [] if stage.all_opens() else ["not everything opens"]
        if lost.state is not PartState.INTERRUPTED:
            failed.append(f"the part is {lost.state}")
    return Try(lost.seconds, facts, None, tuple(failed))


@contextmanager
def _loop(image: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=True, capture_output=True)
    try:
        folder.chmod(0o700)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
