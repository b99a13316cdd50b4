"""Every fault that this machine can try, in one table: how often, the loss, and the time until it was reported.

A fault that cannot be tried here is printed as not run, never as passed. Exit code 1 if any promise was broken.
Each question is a function in QUESTIONS; another fault is another function there.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from faults.disks import disk_fills, power_cuts
from faults.kills import kills
from faults.left_on_disk import left_on_disk
from faults.memory import memory_searched
from faults.microphones import microphone_faults
from faults.others import destroyed_half_way, flipped_byte, renewed_half_way, resealed_half_way
from faults.room import Room
from faults.table import Row, table
from faults.transcripts import killed_while_transcribing, killed_while_typing

from balint_desktop.domain.trouble import Trouble
from balint_desktop.text.trouble import sentence

Say = Callable[[str], None]
_KILLS = 200
NOTES = """\
Seconds lost  the most in any try: what a second program on the same microphone had heard by the fault, less what opens
              afterwards. The signal says of each second which it is; a second missing inside counts as lost. So all
              buffers of the sound system are counted, too.
Facts lost    the process under test tells each fact once it is committed; of those, how many the log lacks afterwards.
Said after    the most in any try, in seconds; the last column says what was waited for.
Killed        at moments drawn by lot (--seed), up to ten times in one session that is gone back to each time: every
              part before must open to the same bytes, the session must go on in its phase and at its second, and the
              next recording must be the next part. Led by the app's own controller, vault and recorder, no window,
              but for the share that says so. The vault's secret is handed to them, which spares the passphrase's wait.
"""


@dataclass(frozen=True)
class Asked:
    """What a question may use: the room, the number of kills and of other faults wanted, the seed."""

    room: Room
    kills: int
    times: int
    seed: int
    say: Say


QUESTIONS: dict[str, Callable[[Asked], Sequence[Row]]] = {
    "kills": lambda asked: kills(asked.room, asked.kills, asked.seed, asked.say),
    "microphone": lambda asked: microphone_faults(asked.times, asked.say),
    "disk": lambda asked: [disk_fills(asked.room, asked.times, asked.say)],
    "power": lambda asked: [power_cuts(asked.room, 3 * asked.times, asked.seed, asked.say)],
    "byte": lambda asked: [flipped_byte(asked.room, 3 * asked.times, asked.say)],
    "keys": lambda asked: [
        act(asked.room, 5 * asked.times, asked.say) for act in (destroyed_half_way, resealed_half_way, renewed_half_way)
    ],
    "transcripts": lambda asked: [
        killed_while_transcribing(asked.kills, asked.seed, asked.say),
        killed_while_typing(asked.kills, asked.seed, asked.say),
    ],
    "left": lambda asked: [left_on_disk(asked.times, asked.seed, asked.say)],
    "memory": lambda asked: [memory_searched(asked.room, asked.times, asked.say)],
}
ELSEWHERE = [
    Row("All of it on Windows", not_run="this is not Windows; nothing here was ever tried there"),
    Row("All of it on macOS", not_run="this is not macOS; nothing here was ever tried there"),
]


def main() -> int:
    """Cause every fault, and print the table."""
    options = _options()
    began_s = time.monotonic()
    print(f"{platform.platform()}, {os.cpu_count()} cores; seed {options.seed}", flush=True)

    def say(words: str) -> None:
        if options.verbose:
            print(f"{time.monotonic() - began_s:6.1f}  {words}", flush=True)

    rows: list[Row] = []
    for name in options.only or QUESTIONS:
        try:
            with Room() as room:
                asked = Asked(room, options.times, max(1, min(5, options.times // 10)), options.seed, say)
                rows += QUESTIONS[name](asked)
        except Trouble as trouble:
            rows.append(Row(name, not_run=sentence(trouble)))
    print(f"\n{table([*rows, *ELSEWHERE])}\n\n{NOTES}")
    print(f"It took {time.monotonic() - began_s:.0f} s.")
    return 1 if any(row.failures for row in rows) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What each fault costs.")
    parser.add_argument("--times", type=int, default=_KILLS, help="how many kills; other faults come in proportion")
    parser.add_argument("--seed", type=int, default=1, help="which moments are drawn")
    parser.add_argument("--only", nargs="+", choices=QUESTIONS, metavar="NAME", help=f"of {', '.join(QUESTIONS)}")
    parser.add_argument("--verbose", action="store_true", help="say what each try came to")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
