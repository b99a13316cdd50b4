"""Attacks on the memory of the recorder's process: what it holds of what was said is bounded, and is no key."""

from __future__ import annotations

from dataclasses import fields

from vault_attacks.registry import attack
from waiting import wait_until

from balint_desktop.domain.recorder import BYTES_PER_HOUR, PartPlace
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.stream import CHUNK


def written(folder, pieces, *, tail=True):
    """Write pieces as a recorder does; return the most bytes that were held unsealed after a tail.

    A recorder writes a second a second: here each waits until what came before is sealed, but for the last chunks.
    """
    key = new_identity()
    part = PartWriter(folder / "01", [key.recipient])
    most = total = 0
    for piece in pieces:
        part.write(piece)
        total += len(piece)
        wait_until(lambda unsealed=total - 2 * CHUNK: part._main.plain_bytes >= unsealed, "sealing keeps up")
        if tail:
            part.write_tail()
        most = max(most, len(part._recent))
    part.close(PartFacts(0.0, "A microphone", 1.0))
    return most


@attack("memory", "an hour of speech, a second at a time", "at most a chunk and a second are held")
def an_hour(folder):
    second = BYTES_PER_HOUR // 3600
    most = written(folder, [bytes(second)] * 600)
    return "at most a chunk and a second are held" if most <= 2 * CHUNK + second else f"{most} bytes are held"


@attack("memory", "silence, which fills a chunk in minutes", "at most a chunk is held")
def silence(folder):
    most = written(folder, [bytes(60)] * 600)
    return "at most a chunk is held" if most <= CHUNK else f"{most} bytes are held"


@attack("memory", "what the recorder is given at its start", "recording, part, folder, recipient")
def arguments(_folder):
    return ", ".join(field.name for field in fields(PartPlace))


@attack("memory", "the part's folder while it is written", "no bytes of the sound in clear")
def on_the_disk(folder):
    key = new_identity()
    part = PartWriter(folder / "01", [key.recipient])
    marker = b"what somebody said just now"
    part.write(marker * 10)
    part.write_tail()
    found = [path for path in (folder / "01").iterdir() if marker in path.read_bytes()]
    part.close(PartFacts(0.0, "A microphone", 1.0))
    return "no bytes of the sound in clear" if not found else f"found in {found[0].name}"


@attack("memory", "what is left unsealed once a part is closed", "0 tails")
def after_closing(folder):
    written(folder, [bytes(1000)] * 5)
    return f"{len(names.tails(folder / '01'))} tails"
