"""Sealed recordings for tests: real parts, written by the real writer, with tones in them."""

from __future__ import annotations

import os

from sounds import opus

from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts, PlacedMark
from balint_desktop.sealed.recording import create_recording


class SealedRecording:
    """A recording folder with parts; `reader` opens its key, `key` its parts."""

    def __init__(self, folder, reader=None):
        self.folder = folder
        self.reader = reader or new_identity()
        self.key = create_recording(folder, [self.reader.recipient])
        self.fingerprints = {}

    @property
    def identities(self):
        return (self.reader.secret,)

    def part(self, number, seconds, hz=440.0, offset_s=0.0, marks=(), **facts):
        """Write a whole part, closed properly."""
        writer = self._writer(number)
        writer.write(opus(seconds, hz))
        result = tuple(PlacedMark(at, parse_mark(text)) for at, text in marks)
        closed = writer.close(PartFacts(offset_s=offset_s, seconds=seconds, marks=result, **facts))
        self.fingerprints[number] = closed.sha256
        return self

    def killed_part(self, number, seconds, hz=440.0, offset_s=0.0):
        """Write a part as a killed recorder leaves it: a main file without an end, and a tail."""
        writer = self._writer(number)
        writer.write_facts(PartFacts(offset_s=offset_s))
        ogg = opus(seconds, hz)
        writer.write(ogg[: len(ogg) * 2 // 3])
        writer.write_tail()
        kept = {path.name: path.read_bytes() for path in self._folder(number).iterdir() if path.name != names.LOCK}
        writer.close(PartFacts(offset_s=offset_s))
        for path in self._folder(number).iterdir():
            path.unlink()
        for name, data in kept.items():
            (self._folder(number) / name).write_bytes(data)
        self.fingerprints[number] = None
        return self

    def damage(self, number, at=-1000):
        """Change one byte of a part's sealed sound."""
        path = self._folder(number) / names.AUDIO
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(bytes(data))

    def _writer(self, number):
        return PartWriter(self._folder(number), [self.key.recipient])

    def _folder(self, number):
        return self.folder / names.part_name(number)


def bytes_under(folder):
    """Return every file's bytes, to check that reading changed nothing."""
    return {os.path.relpath(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
