"""Notice the first painting of a program's window from outside, by a screen's own events; nothing in the program helps.

The X server is asked (X11 protocol, DAMAGE extension) for each top-level window that is created and for the first
drawing into it, so both sides of a comparison are measured alike and neither knows. Little-endian machines only.
"""

from __future__ import annotations

import socket
import struct
import time

from processes import DidNotRun

_QUERY_EXTENSION, _CHANGE_WINDOW_ATTRIBUTES = 98, 2
_EVENT_MASK, _SUBSTRUCTURE_NOTIFY = 0x800, 0x80000
_ERROR, _CREATE_NOTIFY = 0, 16
_DAMAGE_VERSION, _DAMAGE_CREATE, _NON_EMPTY = 0, 1, 3
# Smaller ones are never seen: a clipboard's owner, a timestamp's.
_WINDOW_PX = 400


class PaintWitness:
    """A client of a screen that has no window manager and one other client at a time."""

    def __init__(self, display: str) -> None:
        self._server = socket.socket(socket.AF_UNIX)
        self._server.connect(f"/tmp/.X11-unix/X{display.lstrip(':').split('.')[0]}")  # noqa: S108  X's own
        self._server.sendall(struct.pack("<BxHHHH2x", ord("l"), 11, 0, 0, 0))
        self._ids, root = self._read_setup()
        self._damage, self._painted = self._find_damage()
        self._server.sendall(
            struct.pack("<BxHIII", _CHANGE_WINDOW_ATTRIBUTES, 4, root, _EVENT_MASK, _SUBSTRUCTURE_NOTIFY)
        )

    def close(self) -> None:
        """Leave the screen."""
        self._server.close()

    def wait_for_paint(self, timeout_s: float) -> float:
        """Return when the next window is first drawn into, in seconds of the monotonic clock."""
        until_s = time.monotonic() + timeout_s
        watched: set[int] = set()
        while (left_s := until_s - time.monotonic()) > 0:
            self._server.settimeout(left_s)
            try:
                event = self._read(32)
            except TimeoutError:
                break
            at_s = time.monotonic()
            kind = event[0] & 0x7F
            if kind == _CREATE_NOTIFY:
                window, width = struct.unpack_from("<I4xH", event, 8)
                if width >= _WINDOW_PX:
                    watched.add(window)
                    self._watch(window)
            elif kind == self._painted and struct.unpack_from("<I", event, 4)[0] in watched:
                return at_s
            elif kind == _ERROR and event[10] != self._damage:
                raise DidNotRun(f"the screen answers with error {event[1]}")
        raise DidNotRun("the window was never painted")

    def _watch(self, window: int) -> None:
        # The window does not exist any more where this fails, and nobody waits for it.
        self._ids += 1
        self._server.sendall(struct.pack("<BBHIIB3x", self._damage, _DAMAGE_CREATE, 4, self._ids, window, _NON_EMPTY))

    def _read_setup(self) -> tuple[int, int]:
        """Return the first of this client's own ids, and the root window."""
        accepted, units = struct.unpack("<B5xH", self._read(8))
        setup = self._read(4 * units)
        if accepted != 1:
            raise DidNotRun("the screen refuses the witness")
        (ids,) = struct.unpack_from("<I", setup, 4)
        vendor, formats = struct.unpack_from("<H3xB", setup, 16)
        (root,) = struct.unpack_from("<I", setup, 32 + (vendor + 3) // 4 * 4 + 8 * formats)
        return ids, root

    def _find_damage(self) -> tuple[int, int]:
        """Return the DAMAGE extension's request code, and the code of its event."""
        name = b"DAMAGE"
        self._server.sendall(struct.pack("<BxHH2x8s", _QUERY_EXTENSION, 4, len(name), name))
        is_there, request, event = struct.unpack_from("<BBB", self._read(32), 8)
        if not is_there:
            raise DidNotRun("the screen has no DAMAGE extension")
        self._server.sendall(struct.pack("<BBHII", request, _DAMAGE_VERSION, 3, 1, 1))
        self._read(32)
        return request, event

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._server.recv(size - len(data))
            if not more:
                raise DidNotRun("the screen has gone")
            data += more
        return data
