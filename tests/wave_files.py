"""Writes sound files byte by byte, with headers as correct or wrong as a test needs."""

from __future__ import annotations

import struct

import numpy as np

PCM, MS_ADPCM, FLOAT, A_LAW, MU_LAW, IMA_ADPCM, EXTENSIBLE = 1, 2, 3, 6, 7, 0x11, 0xFFFE
_W64_REST = b"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"


def whole(sound, size=2, order="<"):
    """Return sound (a row per frame, or mono; -1 to 1) as integers of that many bytes; 8 bits unsigned."""
    frames = np.clip(np.asarray(sound), -1, 1)
    if size == 1:
        return (np.round(frames * 127) + 128).astype("u1").tobytes()
    numbers = np.round(frames * (2 ** (8 * size - 1) - 1)).astype(np.int64)
    wide = numbers.astype(order + "i8").tobytes()
    kept = slice(0, size) if order == "<" else slice(8 - size, 8)
    return (
        b"".join(wide[at : at + 8][kept] for at in range(0, len(wide), 8))
        if size not in {2, 4}
        else (numbers.astype(f"{order}i{size}").tobytes())
    )


def form(rate, channels=1, bits=16, tag=PCM, *, order="<", align=None):
    align = align or channels * bits // 8
    return struct.pack(order + "HHIIHH", tag, channels, rate, rate * align, align, bits)


def chunk(name, body, length=None, order="<"):
    return name + struct.pack(order + "I", len(body) if length is None else length & 0xFFFFFFFF) + body


def wave(fmt, data, *, before=b"", after=b"", data_length=None, file_length=None, order="<", mark=None, pad=True):
    """Return a WAV file. The two lengths are correct unless given."""
    body = b"WAVE" + before + chunk(b"fmt ", fmt, order=order) + chunk(b"data", data, data_length, order)
    body += b"\0" * (len(data) % 2 if pad else 0) + after
    mark = mark or (b"RIFF" if order == "<" else b"RIFX")
    return mark + struct.pack(order + "I", (len(body) if file_length is None else file_length) & 0xFFFFFFFF) + body


def rf64(fmt, data, *, data_length=None, mark=b"RF64"):
    length = len(data) if data_length is None else data_length
    sizes = struct.pack("<QQQI", 4 + 36 + 8 + len(fmt) + 8 + len(data), length, 0, 0)
    return wave(fmt, data, before=chunk(b"ds64", sizes), data_length=0xFFFFFFFF, file_length=0xFFFFFFFF, mark=mark)


def wave_64(fmt, data, *, data_length=None):
    def part(name, body, length=None):
        size = 24 + (len(body) if length is None else length)
        return name + _W64_REST + struct.pack("<Q", size) + body + bytes(-len(body) % 8)

    body = b"wave" + _W64_REST + part(b"fmt ", fmt) + part(b"data", data, data_length)
    head = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
    return head + struct.pack("<Q", 24 + len(body)) + body


def aiff(rate, data, *, channels=1, bits=16, data_length=None, file_length=None, frames=None, after=b""):
    exponent = rate.bit_length() - 1
    extended = struct.pack(">HQ", exponent + 16_383, rate << (63 - exponent))
    count = len(data) // (channels * bits // 8) if frames is None else frames
    common = struct.pack(">HIH", channels, count, bits) + extended
    sound = struct.pack(">II", 0, 0) + data
    body = b"AIFF" + chunk(b"COMM", common, order=">") + chunk(b"SSND", sound, data_length, ">") + after
    return b"FORM" + struct.pack(">I", len(body) if file_length is None else file_length) + body


def au(rate, data, *, channels=1, data_length=None, codec=3):
    length = len(data) if data_length is None else data_length
    return b".snd" + struct.pack(">IIIII", 24, length, codec, rate, channels) + data


def caf(rate, data, *, channels=1, data_length=None, after=b""):
    description = struct.pack(">d4sIIIII", float(rate), b"lpcm", 0, 2 * channels, 1, channels, 16)
    length = 4 + len(data) if data_length is None else data_length
    head = b"caff" + struct.pack(">HH", 1, 0) + b"desc" + struct.pack(">q", len(description)) + description
    return head + b"data" + struct.pack(">q", length) + bytes(4) + data + after
