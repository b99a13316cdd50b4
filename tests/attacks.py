"""Attacks on a sealed vault: each a few small edits of its files, in a readable notation."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from balint_desktop.sealed.stream import SEALED_CHUNK, header_length
from balint_desktop.vault.log.database import Database

VECTORS = Path(__file__).resolve().parent / "vectors"
KEYS = tomllib.loads((VECTORS / "keys.toml").read_text())
ATTACKS = tomllib.loads((VECTORS / "attacks.toml").read_text())["attack"]


class Attacked:
    """A copy of the sealed vault to be edited."""

    def __init__(self, folder, log_key):
        shutil.copytree(VECTORS / "as-sealed", folder)
        folder.chmod(0o700)
        self.folder = folder
        self._log_key = log_key

    def edit(self, line):
        """Make one edit: a verb, a file, and the position in it."""
        verb, _, rest = line.partition(" ")
        getattr(self, f"_{verb}")(rest)

    def path(self, name):
        """Return a file of the vault (long/ and killed/ for the recordings), or an external one."""
        first, _, rest = name.partition("/")
        if first == "given":
            return VECTORS / name
        if first in ("long", "killed", "new"):
            return self.folder / "recordings" / KEYS.get(first, "0000") / rest
        return self.folder / name

    def _flip(self, given):
        name, place = given.split(" ", 1)
        data = bytearray(self.path(name).read_bytes())
        data[_offset(data, place)] ^= 1
        self.path(name).write_bytes(bytes(data))

    def _cut(self, given):
        name, place = given.split(" ", 1)
        data = self.path(name).read_bytes()
        self.path(name).write_bytes(data[: _offset(data, place)])

    def _swap(self, given):
        name, one, other = given.split()
        head, chunks = _chunks(self.path(name).read_bytes())
        chunks[int(one)], chunks[int(other)] = chunks[int(other)], chunks[int(one)]
        self.path(name).write_bytes(head + b"".join(chunks))

    def _double(self, given):
        name, one = given.split()
        head, chunks = _chunks(self.path(name).read_bytes())
        chunks.insert(int(one), chunks[int(one)])
        self.path(name).write_bytes(head + b"".join(chunks))

    def _append(self, given):
        name, count = given.split()
        with self.path(name).open("ab") as file:
            file.write(b"\xa5" * int(count))

    def _copy(self, given):
        source, target = (self.path(name) for name in given.split())
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)

    def _remove(self, given):
        path = self.path(given)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    def _sql(self, statement):
        database = Database(self.folder / "log.db", self._log_key)
        database.run(statement)
        database.close()


def _chunks(data):
    start = header_length(data)
    return data[:start], [data[at : at + SEALED_CHUNK] for at in range(start, len(data), SEALED_CHUNK)]


def _offset(data, place):
    """Return the offset of a place in an age file: a byte's number, a part of the header, or a chunk."""
    words = place.split()
    start = header_length(data)
    named = {
        "version": lambda: 4,
        "key": lambda: data.index(b"\n", data.index(b"\n->") + 1) + 5,
        "proof": lambda: start - 16 - 20,
        "nonce": lambda: start - 8,
        "chunk": lambda: start + int(words[1]) * SEALED_CHUNK,
        "inside": lambda: start + int(words[2]) * SEALED_CHUNK + 9000,
        "payload": lambda: start + 20,
        "end": lambda: len(data) - 5,
    }
    return named[words[0]]() if words[0] in named else int(place)
