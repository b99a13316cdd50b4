"""Compute the duration of AAC and AMR files from their frames, to check the output of the system's decoder."""

from __future__ import annotations

from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.mp4 import Index

_RATES_HZ = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)
_AAC_SAMPLES = 1024
_AMR_S = 0.02
# 3GPP TS 26.101 and 26.201: frame size in bytes by frame type.
_AMR = ((12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0), b"#!AMR\n")
_AMR_WIDE = ((17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0), b"#!AMR-WB\n")


def read_aac(file: FileBytes, at: int) -> Index:
    """Return the duration of an AAC stream in ADTS frames, and whether the frames fill the file."""
    seconds = 0.0
    while True:
        head = file.read(at, 7)
        length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5 if len(head) == 7 else 0
        is_frame = length > 7 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 15 < len(_RATES_HZ)
        if not is_frame or at + length > file.size:
            return Index(seconds or None, is_all_there=at == file.size)
        seconds += ((head[6] & 3) + 1) * _AAC_SAMPLES / _RATES_HZ[head[2] >> 2 & 15]
        at += length


def read_amr(file: FileBytes) -> Index:
    """Return the duration of an AMR file, and whether its frames fill it."""
    sizes, mark = _AMR_WIDE if file.read(0, len(_AMR_WIDE[1])) == _AMR_WIDE[1] else _AMR
    at, frames = len(mark), 0
    while head := file.read(at, 1):
        end = at + 1 + sizes[head[0] >> 3 & 15]
        if end > file.size:
            break
        at, frames = end, frames + 1
    return Index(frames * _AMR_S or None, is_all_there=at == file.size)
