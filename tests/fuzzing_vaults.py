"""Spoiled or forged recordings and vaults: list, verify and open end in a Trouble or a result."""

from __future__ import annotations

import contextlib
import json
import shutil

from attacks import KEYS, VECTORS
from fuzzing_files import FACTS, KEY, READER, lay, part_files, secret
from sounds import opus
from spoiling import any_json, spoiled

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings import decode
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.open_recording import open_recording, summarise_recording, verify_recording
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed import names
from balint_desktop.sealed.fingerprint import compute_fingerprint
from balint_desktop.sealed.keys import seal
from balint_desktop.sealed.stream import CHUNK
from balint_desktop.sealed.tail import pad
from balint_desktop.vault.opening import secret_by_passphrase, secret_by_recovery_key
from balint_desktop.vault.vault import OpenVault


def sealed_nonsense(rng, folder):
    """A part forged by someone with the public key: everything authenticates, and the content may be anything."""
    facts = spoiled(rng, FACTS.to_json()) if rng.random() < 0.7 else json.dumps(any_json(rng)).encode()
    sound = spoiled(rng, opus(2.0)) if rng.random() < 0.7 else rng.randbytes(rng.randint(0, 3000))
    tail = spoiled(rng, pad(opus(2.0)[:9000]))
    name = f"tail-{rng.choice((0, 1, CHUNK, 10**17))}-{rng.randint(0, 99)}.age"
    plain_files = {names.AUDIO: sound, names.FACTS: facts, name: tail}
    lay(folder / "recording" / "01", {file: seal(data, [KEY.recipient]) for file, data in plain_files.items()})
    key = f"{KEY.secret}\n".encode()
    if rng.random() < 0.2:
        key = spoiled(rng, key)
    (folder / "recording" / names.KEY).write_bytes(seal(key, [READER.recipient]))
    _look_at(rng, folder / "recording")


def recording(rng, folder):
    """A whole recording with its files spoiled, exchanged or renamed."""
    files = {f"01/{name}": data for name, data in part_files(closed=True).items()}
    files |= {f"02/{name}": data for name, data in part_files(closed=False).items()}
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
    known = {1: compute_fingerprint(folder / "01") if (folder / "01" / names.AUDIO).is_file() else None, 2: "0" * 64}
    sources = RecordingInputs(
        RecordingId("r"),
        folder,
        (READER.secret,),
        fingerprints=rng.choice((None, known, {})),
        recipient=rng.choice((None, KEY.recipient, READER.recipient)),
        lengths=rng.choice(({}, {1: 12.0, 2: 12.0})),
        this_vault_reads=rng.random() < 0.5,
    )
    summarise_recording(sources)
    verify_recording(sources)
    with contextlib.suppress(Trouble):
        opened = open_recording(sources)
        assert decode.count_frames(opened.joined) >= 0


def vault_files(rng, folder):
    """The vault's own two files and their copies, spoiled."""
    for name in ("recovery.age", "passphrase.age"):
        for path in (folder / name, folder / f"copy-of-{name}"):
            data = (VECTORS / "as-sealed" / name).read_bytes()
            path.write_bytes(spoiled(rng, data) if rng.random() < 0.8 else data)
    with contextlib.suppress(Trouble):
        assert secret_by_recovery_key(folder, KEYS["recovery_key"]) == secret()
    # Each takes a second and half a gigabyte.
    if rng.random() < 0.02:
        with contextlib.suppress(Trouble):
            assert secret_by_passphrase(folder, KEYS["passphrase"]) == secret()


def log(rng, folder):
    """The log, spoiled, in a vault with intact recordings."""
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
    opened = OpenVault(folder, secret(), SystemClock())
    try:
        shelf = RecordingService(opened, lambda *_: None, lambda *_: ())
        for sources in shelf.sources():
            shelf.read_summary(sources)
            shelf.verify(sources)
            with contextlib.suppress(Trouble):
                shelf.open(sources)
        opened.log.check()
        opened.log.audit.broken_at()
    finally:
        opened.close()
