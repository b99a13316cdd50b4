"""Music-player tags before, between and after audio: ID3, APE and Lyrics3."""

from __future__ import annotations

from balint_desktop.capture.sound_file.file_bytes import FileBytes

MARKS = ID3V1, ID3V2, APE, LYRICS = b"TAG", b"ID3", b"APETAGEX", b"LYRICSBEGIN"
ID3V1_LENGTH = 128
_ID3V1_EXTENDED, _ID3V1_EXTENDED_LENGTH = b"TAG+", 227
_ID3V2_HEAD, _HAS_FOOT = 10, 0x10
_APE_LENGTH, _IS_HEAD = 32, 1 << 29
_LYRICS_END, _LONGEST_LYRICS = b"LYRICS200", 1_000_015


def tag_length(file: FileBytes, at: int, until: int) -> int:
    """Return the length of the tag at a position, 0 if there is none. An ID3v1 tag counts only at the end."""
    head = file.read(at, min(_APE_LENGTH, until - at))
    if head.startswith(ID3V2) and len(head) >= _ID3V2_HEAD and max(head[6:10]) < 0x80 and head[3] < 0xFF:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        return size + _ID3V2_HEAD * (2 if head[5] & _HAS_FOOT else 1)
    if head.startswith(APE) and len(head) == _APE_LENGTH:
        # An APE header states how much follows. A footer alone follows its items, which were passed already.
        is_head = int.from_bytes(head[20:24], "little") & _IS_HEAD
        return _APE_LENGTH + (int.from_bytes(head[12:16], "little") if is_head else 0)
    if head.startswith(_ID3V1_EXTENDED) and until - at == _ID3V1_EXTENDED_LENGTH + ID3V1_LENGTH:
        return _ID3V1_EXTENDED_LENGTH
    if head.startswith(ID3V1) and until - at == ID3V1_LENGTH:
        return ID3V1_LENGTH
    if head.startswith(LYRICS):
        end = file.find(_LYRICS_END, at, min(until, at + _LONGEST_LYRICS))
        return end + len(_LYRICS_END) - at if end >= 0 else 0
    return 0


def after_leading_tags(file: FileBytes) -> int:
    """Return the position after any leading ID3 tags."""
    at = 0
    while file.read(at, len(ID3V2)) == ID3V2 and (length := tag_length(file, at, file.size)):
        at += length
    return min(at, file.size)
