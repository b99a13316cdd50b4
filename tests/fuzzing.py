"""Readers fed with files that somebody spoiled: nothing but a Trouble may come out, and no sound in a wrong place."""

from __future__ import annotations

import contextlib
import functools
import json
import random
import shutil
import tempfile
from pathlib import Path

from attacks import KEYS, VECTORS
from sounds import opus, stairs

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.exchange import decoding
from balint_desktop.exchange.joining import PartLength, join
from balint_desktop.exchange.ogg import LONGEST_S, sound_pages, sound_seconds, whole_pages
from balint_desktop.exchange.opening import Sources, look, open_recording, verify_recording
from balint_desktop.exchange.part_sound import heard
from balint_desktop.exchange.vault_shelf import VaultShelf
from balint_desktop.sealed import names
from balint_desktop.sealed.chunks import unseal_chunks
from balint_desktop.sealed.fingerprint import fingerprint_of
from balint_desktop.sealed.keys import identity, new_identity, seal, unseal
from balint_desktop.sealed.part_facts import PartFacts, PartMark
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.reading import PartSound, PartState, read_part
from balint_desktop.sealed.recording import read_key
from balint_desktop.sealed.stream import CHUNK
from balint_desktop.sealed.tail import padded, unpadded
from balint_desktop.vault.opening import secret_by_passphrase, secret_by_recovery_key
from balint_desktop.vault.recovery_key import as_written
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.vault import OpenVault

KEY, READER = new_identity(), new_identity()
FACTS = PartFacts(60.0, "A microphone", 12.0, (PartMark(3.0, "struck 2"), PartMark(5.0, "phase call")))
_ODD = (b"", b"\0", b"\xff" * 8, b"OggS", b"\n---", b"-> X25519 ", b"9" * 40, b"NaN", b"[" * 50, b'"', b"1e999")


def spoiled(rng, data, most=4):
    """Return data with some bytes flipped, cut, doubled, swapped, put in or overwritten."""
    data = bytearray(data)
    for _ in range(rng.randint(1, most)):
        at, other = (rng.randint(0, len(data)) for _ in range(2))
        begin, end = min(at, other), max(at, other)
        span = slice(begin, min(end, begin + rng.choice((1, 16, 700, CHUNK, CHUNK + 16))))
        match rng.randrange(7):
            case 0 if data:
                data[min(at, len(data) - 1)] ^= 1 << rng.randrange(8)
            case 1:
                del data[at:]
            case 2:
                del data[span]
            case 3:
                data[at:at] = data[span]
            case 4:
                data[at:at] = rng.choice(_ODD)
            case 5:
                data[span] = rng.randbytes(span.stop - span.start)
            case 6:
                junk = rng.choice(_ODD)
                data[at : at + len(junk)] = junk
    return bytes(data)


@functools.cache
def plain():
    return random.Random(3).randbytes(3 * CHUNK + 5000)


@functools.cache
def sealed(which):
    data = {"noise": plain, "stairs": lambda: stairs(24), "tone": lambda: opus(2.0)}[which]()
    return seal(data, [READER.recipient, KEY.recipient])


def chunks(rng, _folder):
    """The chunk reader: what it gives is what was sealed there."""
    found = unseal_chunks(spoiled(rng, sealed("noise")), [KEY.secret], seek_end=rng.random() < 0.1)
    for piece in found.pieces if found is not None else ():
        assert plain()[piece.offset : piece.end] == piece.plain


def ogg_reader(rng, _folder):
    """The Ogg reader, on bytes that authenticated and are no proper Ogg, with holes and without."""
    ogg = spoiled(rng, stairs(24), most=8)
    whole_pages(ogg)
    sound_seconds(ogg)
    cuts = sorted(rng.randint(0, len(ogg)) for _ in range(rng.choice((0, 2, 4, 6))))
    pieces = [Piece(a, ogg[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b > a] or [Piece(0, ogg)]
    first = pieces[0].plain if pieces[0].offset == 0 else b""
    part = PartSound(first, None, PartState.DAMAGED, tuple(p for p in pieces if p.offset))
    check_heard(heard(part, rng.choice((None, 24.0, 1e300))))


def ogg_pages(rng, _folder):
    """The Ogg reader, on pages whose checksums hold and whose heads say anything."""
    pages = list(sound_pages(stairs(24)))
    told = [_told(rng, page.raw) if rng.random() < 0.2 else page.raw for page in rng.sample(pages, 30)]
    check_heard(heard(PartSound(b"".join(told), None, PartState.DAMAGED)))


def _told(rng, raw):
    raw = bytearray(raw)
    for _ in range(rng.randint(1, 3)):
        raw[rng.choice((5, *range(6, 22), *range(27, 40), len(raw) - 1))] = rng.choice((0, 1, 127, 255))
    head, rest = bytes(raw[:22]), bytes(raw[26:])
    from balint_desktop.exchange.ogg_page import checksum  # noqa: PLC0415  beside what it is for

    return head + checksum(head, bytes(4), rest).to_bytes(4, "little") + rest


def check_heard(sound):
    """A part's sound is one stream without a hole, as long as it says, and laid out without an end before its start."""
    assert 0 <= sound.seconds <= LONGEST_S
    pages = list(sound_pages(sound.ogg))
    assert b"".join(page.raw for page in pages) == sound.ogg
    assert [page.granule for page in pages] == sorted(page.granule for page in pages)
    joined = join([PartLength(1, 0.0, sound.seconds, sound.damaged)])
    assert all(stretch.seconds >= 0 for stretch in joined.stretches)
    assert decoding.frames_of(joined) >= 0


def part(rng, folder):
    """A part's files on the disk, spoiled."""
    files = _part_files(rng.random() < 0.5)
    for name in rng.sample(sorted(files), rng.randint(1, len(files))):
        files[name] = spoiled(rng, files[name])
    _lay(folder / "01", files)
    with contextlib.suppress(Trouble):
        check_heard(heard(read_part(folder / "01", [KEY.secret]), rng.choice((None, 24.0))))


def sealed_nonsense(rng, folder):
    """A part that somebody made who knows the public key: everything authenticates, and nothing need be right."""
    facts = spoiled(rng, FACTS.to_json()) if rng.random() < 0.7 else json.dumps(_any_json(rng)).encode()
    sound = spoiled(rng, opus(2.0)) if rng.random() < 0.7 else rng.randbytes(rng.randint(0, 3000))
    tail = spoiled(rng, padded(opus(2.0)[:9000]))
    name = f"tail-{rng.choice((0, 1, CHUNK, 10**17))}-{rng.randint(0, 99)}.age"
    plain_files = {names.AUDIO: sound, names.FACTS: facts, name: tail}
    _lay(folder / "recording" / "01", {file: seal(data, [KEY.recipient]) for file, data in plain_files.items()})
    key = f"{KEY.secret}\n".encode()
    if rng.random() < 0.2:
        key = spoiled(rng, key)
    (folder / "recording" / names.KEY).write_bytes(seal(key, [READER.recipient]))
    _look_at(rng, folder / "recording")


def recording(rng, folder):
    """A whole recording, its files spoiled, exchanged or renamed."""
    files = {f"01/{name}": data for name, data in _part_files(closed=True).items()}
    files |= {f"02/{name}": data for name, data in _part_files(closed=False).items()}
    files[names.KEY] = seal(f"{KEY.secret}\n".encode(), [READER.recipient])
    for name in rng.sample(sorted(files), rng.randint(1, 3)):
        match rng.randrange(4):
            case 0:
                files[name] = spoiled(rng, files[name])
            case 1:
                files[name] = files[rng.choice(sorted(files))]
            case 2:
                files.pop(name)
            case 3:
                new = rng.choice(("03/", "001/", "00/", "1/", "02/")) + rng.choice((names.AUDIO, "tail-7-7.age", "x"))
                files[new] = files[name]
    for name, data in files.items():
        path = folder / "recording" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    _look_at(rng, folder / "recording")


def _look_at(rng, folder):
    known = {1: fingerprint_of(folder / "01") if (folder / "01" / names.AUDIO).is_file() else None, 2: "0" * 64}
    sources = Sources(
        RecordingId("r"),
        folder,
        (READER.secret,),
        fingerprints=rng.choice((None, known, {})),
        recipient=rng.choice((None, KEY.recipient, READER.recipient)),
        lengths=rng.choice(({}, {1: 12.0, 2: 12.0})),
        this_vault_reads=rng.random() < 0.5,
    )
    look(sources)
    verify_recording(sources)
    with contextlib.suppress(Trouble):
        opened = open_recording(sources)
        assert decoding.frames_of(opened.joined) >= 0


def key_file(rng, folder):
    """A recording's key file, spoiled, or sealed to us with something else in it."""
    text = rng.choice((KEY.secret.encode(), b"", b"\xff\xfe", rng.randbytes(80), KEY.secret.lower().encode()))
    data = seal(text, [READER.recipient])
    (folder / names.KEY).write_bytes(spoiled(rng, data) if rng.random() < 0.7 else data)
    with contextlib.suppress(Trouble):
        read_key(folder, [READER.secret])


def small_files(rng, _folder):
    """Tails, facts and the vault secret, as the bytes that were unsealed."""
    with contextlib.suppress(Trouble):
        unpadded(spoiled(rng, padded(plain()[:3000])))
    with contextlib.suppress(Trouble):
        PartFacts.from_json(spoiled(rng, FACTS.to_json()))
    with contextlib.suppress(Trouble):
        PartFacts.from_json(json.dumps(_any_json(rng)).encode())
    with contextlib.suppress(Trouble):
        VaultSecret.from_text(spoiled(rng, _secret().to_text().encode()).decode(errors="replace"))
    with contextlib.suppress(Trouble):
        unseal(spoiled(rng, sealed("tone")), [KEY.secret])


def recovery_key(rng, _folder):
    """A recovery key as somebody typed it: the right one, or none."""
    typed = spoiled(rng, KEYS["recovery_key"].encode(), most=2).decode(errors="replace")
    with contextlib.suppress(Trouble):
        assert identity(as_written(typed)).secret.startswith("AGE-SECRET-KEY-1")


def vault_files(rng, folder):
    """The vault's own two files and their copies, spoiled."""
    for name in ("recovery.age", "passphrase.age"):
        for path in (folder / name, folder / f"copy-of-{name}"):
            data = (VECTORS / "as-sealed" / name).read_bytes()
            path.write_bytes(spoiled(rng, data) if rng.random() < 0.8 else data)
    with contextlib.suppress(Trouble):
        assert secret_by_recovery_key(folder, KEYS["recovery_key"]) == _secret()
    # A second and half a gigabyte each time.
    if rng.random() < 0.02:
        with contextlib.suppress(Trouble):
            assert secret_by_passphrase(folder, KEYS["passphrase"]) == _secret()


def log(rng, folder):
    """The log, spoiled below a vault whose recordings are whole."""
    vault_folder = folder / "vault"
    shutil.copytree(VECTORS / "as-sealed", vault_folder)
    path = vault_folder / "log.db"
    path.write_bytes(spoiled(rng, path.read_bytes()))
    with contextlib.suppress(Trouble):
        _look_at_vault(vault_folder)


def vault(rng, folder):
    """A vault with any of its recordings' files spoiled or exchanged."""
    vault_folder = folder / "vault"
    shutil.copytree(VECTORS / "as-sealed", vault_folder)
    files = sorted(path for path in (vault_folder / "recordings").rglob("*") if path.is_file())
    for path in rng.sample(files, rng.randint(1, 3)):
        other = rng.choice(files)
        path.write_bytes(spoiled(rng, path.read_bytes()) if rng.random() < 0.7 else other.read_bytes())
    _look_at_vault(vault_folder)


def _look_at_vault(folder):
    opened = OpenVault(folder, _secret(), SystemClock())
    try:
        shelf = VaultShelf(opened, lambda *_: None, lambda *_: ())
        for sources in shelf.sources():
            shelf.look(sources)
            shelf.verify(sources)
            with contextlib.suppress(Trouble):
                shelf.open(sources)
        opened.log.check()
        opened.log.audit.broken_at()
    finally:
        opened.close()


@functools.cache
def _secret():
    return secret_by_recovery_key(VECTORS / "as-sealed", KEYS["recovery_key"])


def _part_files(closed):
    facts = PartFacts(60.0, "A microphone", 24.0, closed=closed)
    files = {names.AUDIO: sealed("stairs"), names.FACTS: seal(facts.to_json(), [KEY.recipient])}
    if not closed:
        files[names.AUDIO] = files[names.AUDIO][: 3 * CHUNK]
        files[f"tail-{2 * CHUNK}-5.age"] = seal(padded(stairs(24)[2 * CHUNK : 2 * CHUNK + 50_000]), [KEY.recipient])
    return files


def _lay(folder, files):
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _any_json(rng, depth=0):
    kind = rng.randrange(8 if depth < 3 else 6)
    if kind == 6:
        return [_any_json(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    if kind == 7:
        fields = ("offset_s", "seconds", "marks", "closed", "sha256", "device", "dropped", "at_s", "text")
        return {name: _any_json(rng, depth + 1) for name in rng.sample(fields, rng.randint(0, 9))}
    return rng.choice((None, True, -1, 1e308, float("nan"), 10**400, "struck 9", "x", 3.5))


TARGETS = {
    one.__name__: one
    for one in (
        chunks,
        ogg_reader,
        ogg_pages,
        part,
        sealed_nonsense,
        recording,
        key_file,
        small_files,
        recovery_key,
        vault_files,
        log,
        vault,
    )
}


def run_case(target, seed, number):
    """Run one case, which the same three say again. Raise what comes out."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        TARGETS[target](random.Random(f"{seed} {target} {number}"), Path(folder))
