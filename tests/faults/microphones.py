"""The cost of a faulty sound system: a server that freezes or is killed, a microphone removed or muted."""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faults.led import Ended, Led
from faults.room import Room
from faults.stage import Stage, lost_sound
from faults.table import Row, Try, came_to_nothing
from faulty_microphone import FaultyMicrophone

from balint_desktop.domain.trouble import Trouble

_BEFORE_S = 4.0
_LONGEST_S = 30.0


@dataclass(frozen=True)
class MicrophoneFault:
    """A fault of the sound system: how it starts, and how it ends if it does. `costs` says whether sound counts."""

    name: str
    comes: Callable[[FaultyMicrophone], None]
    goes: Callable[[FaultyMicrophone], None] | None
    costs: bool = True


FAULTS = (
    MicrophoneFault("The sound server freezes", FaultyMicrophone.freeze, FaultyMicrophone.thaw),
    MicrophoneFault("The sound server is killed", lambda microphone: microphone._signal(signal.SIGKILL), None),
    MicrophoneFault("The microphone is taken away", FaultyMicrophone.unplug, FaultyMicrophone.plug_in),
    MicrophoneFault("The microphone is muted", FaultyMicrophone.mute, lambda one: one.mute(muted=False), costs=False),
)


def microphone_faults(times: int, say) -> list[Row]:
    """Cause each fault that often; the last time with the real window."""
    rows = []
    for fault in FAULTS:
        tries = []
        for number in range(times):
            kind = "window" if number == times - 1 else "leader"
            tries.append(_try(fault, kind, number, say))
            say(f"{fault.name} ({kind}): {tries[-1]}")
        rows.append(Row(fault.name, tries, "said: in the room, once with the real window"))
    return rows


def _try(fault: MicrophoneFault, kind: str, seed: int, say) -> Try:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, Room() as room:
        stage = Stage(Path(folder), room.environment)
        led = stage.lead(kind, seed)
        try:
            return _let_come(fault, stage, room, led)
        except (Ended, Trouble, OSError, subprocess.SubprocessError) as error:
            say(f"{fault.name} ({kind}): {error}")
            return came_to_nothing(error)
        finally:
            room.microphone.thaw()
            led.end()


def _let_come(fault: MicrophoneFault, stage: Stage, room: Room, led: Led) -> Try:
    recorder = led.wait_for("recorder")
    first = led.wait(lambda one: one["what"] == "level" and one["seconds"] > 0)
    led.wait(lambda one: one["what"] == "level" and one["seconds"] > _BEFORE_S)
    come_s = time.monotonic()
    heard = room.witness.heard_by(come_s)
    fault.comes(room.microphone)
    said = led.wait_until_said(come_s, _LONGEST_S)
    failed = [] if _is_well_again(fault, room, led) else ["it does not go on"]
    led.stop()
    lost_s = lost_sound(stage, room.witness, recorder["folder"], heard, first).end_s if fault.costs else None
    facts = stage.lost_facts(led)
    if not stage.all_opens():
        failed.append("not everything opens")
    return Try(None if lost_s is None else max(0.0, lost_s), facts, said["at_s"] - come_s, tuple(failed))


def _is_well_again(fault: MicrophoneFault, room: Room, led: Led) -> bool:
    """End the fault if it ends, and return whether recording continues: in this part, or in the next."""
    if fault.goes is None:
        return True
    gone_s = time.monotonic()
    fault.goes(room.microphone)

    def hears(one) -> bool:
        return one["what"] == "level" and one["at_s"] > gone_s and one["state"] == "recording" and one["seconds"] > 0

    try:
        led.wait(hears, _LONGEST_S)
    except Ended:
        return False
    return True
