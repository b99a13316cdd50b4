"""Makes the vault for the attack vectors, and the forged or outdated files put into it.

    PYTHONPATH=.:tests python tests/vectors/make.py

The files are kept, so that every later version is held to what this one sealed; run it for a new set only. No
microphone is needed: the sound is tones whose pitch tells the second. What is attacked how, and what has to be said
of it, stands in attacks.toml.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from kept_sessions import GROUP, P1, P2, TEXT, at
from sounds import opus, stairs
from waiting import wait_until

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.values import SessionKind
from balint_desktop.sealed import names
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.recording import create_recording
from balint_desktop.sealed.stream import CHUNK
from balint_desktop.vault import opening
from balint_desktop.vault.vault import OpenVault

HERE = Path(__file__).resolve().parent
VAULT, GIVEN, KEYS = HERE / "as-sealed", HERE / "given", HERE / "keys.toml"
PASSPHRASE = "seven quiet herons by the mill"
LONG_S, SHORT_S, KILLED_S = 24, 3, 10
SECOND = 1 / 60


def main() -> int:
    """Write everything afresh."""
    for old in (VAULT, GIVEN):
        shutil.rmtree(old, ignore_errors=True)
    GIVEN.mkdir()
    recovery = opening.create_vault(VAULT, PASSPHRASE, SystemClock())
    secret = opening.secret_by_recovery_key(VAULT, recovery)
    vault = OpenVault(VAULT, secret, SystemClock())
    _save_group(vault)
    long = _closed_recording(vault)
    vault.close()
    shutil.copy(VAULT / "log.db", GIVEN / "log-of-yesterday.db")
    vault = OpenVault(VAULT, secret, SystemClock())
    killed = _killed_recording(vault)
    vault.close()
    _stranger(GIVEN / "stranger", secret.recipient)
    for lock in VAULT.rglob("in-use"):
        lock.unlink()
    result = {"passphrase": PASSPHRASE, "recovery_key": recovery, "long": long, "killed": killed}
    KEYS.write_text("".join(f'{name} = "{one}"\n' for name, one in result.items()))
    return 0


def _save_group(vault):
    agreed = tuple(Participant(code, agreed_to_recording=True) for code in (P1, P2))
    vault.log.groups.save_group(Group(GROUP, "Wednesday group", participants=agreed))


def _begin(vault, number):
    group = vault.log.groups.groups()[0]
    session = vault.log.sessions.start(SessionSetting(GROUP, number, SessionKind.CASE, "student-hour", TEXT))
    return session, vault.new_recording(group, session)


def _closed_recording(vault):
    """Two parts, closed: 24 seconds whose pitch identifies them, some four and a half chunks; then three of 880 Hz."""
    session, recording = _begin(vault, 1)
    _closed_part(vault, recording, stairs(LONG_S), LONG_S, 60.0)
    _closed_part(vault, recording, opus(float(SHORT_S), 880.0), SHORT_S, 90.0)
    _tell(
        vault,
        session,
        f.Began(at=at(0), present=(P1, P2)),
        f.RecordingStarted(at=at(1), recording=recording, part=1),
        f.RecordingLost(at=at(1 + LONG_S * SECOND), seconds=0, why="recorder-died"),
        f.RecordingStarted(at=at(1.5), recording=recording, part=2),
        f.RecordingStopped(at=at(1.5 + SHORT_S * SECOND)),
        f.Ended(at=at(60)),
    )
    return recording


def _closed_part(vault, recording, ogg, seconds, offset_s):
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(ogg)
    closed = writer.close(PartFacts(offset_s=offset_s, seconds=float(seconds)))
    vault.finish_part(recording, place.part, seconds, closed.sha256)


def _killed_recording(vault):
    """One part as a kill leaves it: a whole chunk, a tail and no end; and a tail of an earlier moment put aside."""
    session, recording = _begin(vault, 2)
    place = vault.next_part(recording)
    ogg = stairs(KILLED_S)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write_facts(PartFacts(offset_s=60.0))
    writer.write(ogg[:40_000])
    writer.write_tail()
    ((name, tail),) = names.tails(place.folder)
    shutil.copy(tail, GIVEN / f"earlier-{name}")
    writer.write(ogg[40_000:])
    wait_until(lambda: writer.sealed_bytes >= CHUNK)
    writer.write_tail()
    kept = {path.name: path.read_bytes() for path in place.folder.iterdir() if path.name != names.LOCK}
    writer.close(PartFacts(offset_s=60.0))
    shutil.rmtree(place.folder)
    place.folder.mkdir(mode=0o700)
    for file, data in kept.items():
        (place.folder / file).write_bytes(data)
    _tell(
        vault,
        session,
        f.Began(at=at(0), present=(P1, P2)),
        f.RecordingStarted(at=at(1), recording=recording, part=place.part),
        f.RecordingLost(at=at(1 + KILLED_S * SECOND), seconds=0, why="recorder-died"),
        f.Ended(at=at(60)),
    )
    vault.finish_part(recording, place.part, KILLED_S - 0.5, None)
    return recording


def _tell(vault, session, *facts):
    for fact in facts:
        vault.log.sessions.add_fact(session, fact)


def _stranger(folder, recipient):
    """A recording forged by someone with only the vault's public key."""
    key = create_recording(folder, [recipient])
    writer = PartWriter(folder / "01", [key.recipient])
    writer.write(opus(2.0, 440.0))
    writer.close(PartFacts(offset_s=60.0, seconds=2.0))


if __name__ == "__main__":
    sys.exit(main())
