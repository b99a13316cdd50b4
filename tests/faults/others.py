"""What is lost where nobody killed anything: a byte that changed on the disk, and a recording half destroyed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import watermark
from faults.hours import sealed_signal
from faults.room import Room
from faults.stage import samples
from faults.table import Row, Try

from balint_desktop.sealed import names
from balint_desktop.sealed.reading import read_part

_SECONDS = 120
# A chunk of age is 64 KiB, which is 22 s at 24 kbit/s; a page of Ogg goes with it on both sides.
_CHUNK_S = 26.0


def flipped_byte(_room: Room, times: int, say: Callable[[str], None]) -> Row:
    """Change one byte somewhere in the middle of a sealed recording, and count the seconds that do not open."""
    lots = random.Random(times)
    tries = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        part = Path(folder) / "01"
        key = sealed_signal(part, _SECONDS)
        path = part / names.AUDIO
        whole = path.read_bytes()
        for _ in range(times):
            at = lots.randrange(len(whole) // 4, len(whole) * 3 // 4)
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            found = {one.second for one in watermark.find(samples(read_part(part, [key.secret]).ogg))}
            tries.append(Try(lost_s=float(_SECONDS - len(found & set(range(_SECONDS))))))
            say(f"A flipped byte: {tries[-1]}")
    return Row("A byte flipped in the middle of two minutes", tries, "one chunk is 22 s", at_most_s=_CHUNK_S)


def destroyed_half_way(_room: Room, _times: int, _say: Callable[[str], None]) -> Row:
    """Kill the app in the middle of destroying a recording, and see that the next start finishes it."""
    return Row("Killed while a recording is destroyed", not_run="destroying is not there yet")
