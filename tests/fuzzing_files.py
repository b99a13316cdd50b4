"""Spoiled single files for their readers: only a Trouble may come out, and no sound in a wrong place."""

from __future__ import annotations

import contextlib
import functools
import json
import random

from attacks import KEYS, VECTORS
from sounds import opus, stairs
from spoiling import any_json, spoiled

from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.domain.trouble import Trouble
from balint_desktop.ogg.duration import LONGEST_S, duration_s, whole_pages
from balint_desktop.ogg.page import checksum, intact_pages
from balint_desktop.recordings import decode
from balint_desktop.recordings.playable import playable_audio
from balint_desktop.recordings.timeline import PartLength, join_parts
from balint_desktop.sealed import names
from balint_desktop.sealed.chunks import unseal_chunks
from balint_desktop.sealed.keys import identity, new_identity, seal, unseal
from balint_desktop.sealed.part_facts import PartFacts, PlacedMark
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.reading import PartSound, PartState, read_part
from balint_desktop.sealed.recording import read_key
from balint_desktop.sealed.stream import CHUNK
from balint_desktop.sealed.tail import pad, unpad
from balint_desktop.vault.opening import secret_by_recovery_key
from balint_desktop.vault.recovery_key import normalise_key
from balint_desktop.vault.secret import VaultSecret

KEY, READER = new_identity(), new_identity()
FACTS = PartFacts(
    60.0, "A microphone", 12.0, (PlacedMark(3.0, parse_mark("struck 2")), PlacedMark(5.0, parse_mark("phase call")))
)


@functools.cache
def plain():
    return random.Random(3).randbytes(3 * CHUNK + 5000)


@functools.cache
def sealed(which):
    data = {"noise": plain, "stairs": lambda: stairs(24), "tone": lambda: opus(2.0)}[which]()
    return seal(data, [READER.recipient, KEY.recipient])


@functools.cache
def secret():
    return secret_by_recovery_key(VECTORS / "as-sealed", KEYS["recovery_key"])


def chunks(rng, _folder):
    """The chunk reader: it returns only what was sealed there."""
    found = unseal_chunks(spoiled(rng, sealed("noise")), [KEY.secret])
    for piece in found.pieces if found is not None else ():
        assert plain()[piece.offset : piece.end] == piece.plain


def ogg_reader(rng, _folder):
    """The Ogg reader, on authenticated bytes that are not proper Ogg, with holes and without."""
    ogg = spoiled(rng, stairs(24), most=8)
    whole_pages(ogg)
    duration_s(ogg)
    cuts = sorted(rng.randint(0, len(ogg)) for _ in range(rng.choice((0, 2, 4, 6))))
    pieces = [Piece(a, ogg[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b > a] or [Piece(0, ogg)]
    first = pieces[0].plain if pieces[0].offset == 0 else b""
    part = PartSound(first, None, PartState.DAMAGED, tuple(p for p in pieces if p.offset))
    check_heard(playable_audio(part, rng.choice((None, 24.0, 1e300))))


def ogg_pages(rng, _folder):
    """The Ogg reader, on pages with valid checksums and arbitrary headers."""
    pages = list(intact_pages(stairs(24)))
    found = [_rewritten(rng, page.raw) if rng.random() < 0.2 else page.raw for page in rng.sample(pages, 30)]
    check_heard(playable_audio(PartSound(b"".join(found), None, PartState.DAMAGED)))


def _rewritten(rng, raw):
    raw = bytearray(raw)
    for _ in range(rng.randint(1, 3)):
        raw[rng.choice((5, *range(6, 22), *range(27, 40), len(raw) - 1))] = rng.choice((0, 1, 127, 255))
    head, rest = bytes(raw[:22]), bytes(raw[26:])
    return head + checksum(head, bytes(4), rest).to_bytes(4, "little") + rest


def check_heard(sound):
    """Check that a part's sound is one gapless stream as long as stated, and no end is before its start."""
    assert 0 <= sound.seconds <= LONGEST_S
    pages = list(intact_pages(sound.ogg))
    assert b"".join(page.raw for page in pages) == sound.ogg
    assert [page.granule for page in pages] == sorted(page.granule for page in pages)
    joined = join_parts([PartLength(1, 0.0, sound.seconds, sound.damaged)])
    assert all(stretch.seconds >= 0 for stretch in joined.stretches)
    assert decode.count_frames(joined) >= 0


def part(rng, folder):
    """A part's files on disk, spoiled."""
    files = part_files(rng.random() < 0.5)
    for name in rng.sample(sorted(files), rng.randint(1, len(files))):
        files[name] = spoiled(rng, files[name])
    lay(folder / "01", files)
    with contextlib.suppress(Trouble):
        check_heard(playable_audio(read_part(folder / "01", [KEY.secret]), rng.choice((None, 24.0))))


def part_files(closed):
    facts = PartFacts(60.0, "A microphone", 24.0, closed=closed)
    files = {names.AUDIO: sealed("stairs"), names.FACTS: seal(facts.to_json(), [KEY.recipient])}
    if not closed:
        files[names.AUDIO] = files[names.AUDIO][: 3 * CHUNK]
        files[f"tail-{2 * CHUNK}-5.age"] = seal(pad(stairs(24)[2 * CHUNK : 2 * CHUNK + 50_000]), [KEY.recipient])
    return files


def lay(folder, files):
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def key_file(rng, folder):
    """A recording's key file, spoiled, or sealed to us with other content."""
    text = rng.choice((KEY.secret.encode(), b"", b"\xff\xfe", rng.randbytes(80), KEY.secret.lower().encode()))
    data = seal(text, [READER.recipient])
    (folder / names.KEY).write_bytes(spoiled(rng, data) if rng.random() < 0.7 else data)
    with contextlib.suppress(Trouble):
        read_key(folder, [READER.secret])


def small_files(rng, _folder):
    """Tails, facts and the vault secret, as unsealed bytes."""
    with contextlib.suppress(Trouble):
        unpad(spoiled(rng, pad(plain()[:3000])))
    with contextlib.suppress(Trouble):
        PartFacts.from_json(spoiled(rng, FACTS.to_json()))
    with contextlib.suppress(Trouble):
        PartFacts.from_json(json.dumps(any_json(rng)).encode())
    with contextlib.suppress(Trouble):
        VaultSecret.from_text(spoiled(rng, secret().to_text().encode()).decode(errors="replace"))
    with contextlib.suppress(Trouble):
        unseal(spoiled(rng, sealed("tone")), [KEY.secret])


def recovery_key(rng, _folder):
    """A recovery key as typed: the right one, or an invalid one."""
    typed = spoiled(rng, KEYS["recovery_key"].encode(), most=2).decode(errors="replace")
    with contextlib.suppress(Trouble):
        assert identity(normalise_key(typed)).secret.startswith("AGE-SECRET-KEY-1")
