"""The app's handle on the child that holds an open recording's audio and decodes any second of it on request."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable, Mapping

from balint_desktop.capture.reel_protocol import ANSWER, REQUEST, ReelRequest
from balint_desktop.command import start_child
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.pipes import drop_errors, kill, read_exactly

_FRAME_BYTES = 2


class ReelHandle:
    """Holds a recording's audio in a child, which has no key. Called on one thread, except for `close`.

    `sounds` returns each part's Ogg Opus whenever a child starts. If a child ends, because of a damaged file for
    example, its current request fails; the next start sends all audio again.
    """

    def __init__(self, sounds: Callable[[], Mapping[int, bytes]]) -> None:
        self._sounds = sounds
        self._held: frozenset[int] = frozenset()
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Return the process id, None without a child."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the child unless it is running, and send it the audio. Raise Trouble."""
        with self._guard:
            if self._closed or (self._process is not None and self._process.poll() is None):
                return
            self._end_child()
            self._process = process = start_child("reel")
        drop_errors(process, "reel")
        sounds = self._sounds()
        self._held = frozenset(sounds)
        for part, ogg in sounds.items():
            self._send(process, REQUEST.pack(ReelRequest.HOLD, part, len(ogg), 0), ogg)

    def open_part(self, part: int, from_s: float) -> PartStream | None:
        """Return a part's audio from a position in seconds, None if the part has none. Raise Trouble."""
        self.start()
        return PartStream(self, part, round(from_s * RATE_HZ)) if part in self._held else None

    def read(self, part: int, at: int, frames: int) -> bytes:
        """Return a part's audio from a frame, fewer frames at its end. Raise Trouble CHILD_FAILED."""
        process = self._process
        if process is None or process.stdout is None:
            raise Trouble(TroubleCode.CHILD_FAILED)
        self._send(process, REQUEST.pack(ReelRequest.READ, part, at, frames))
        try:
            head = read_exactly(process.stdout.read, ANSWER.size)
            done, size = ANSWER.unpack(head) if head is not None else (False, 0)
            sound = read_exactly(process.stdout.read, size) if done else None
        except (OSError, ValueError):
            sound = None  # closed during the read
        if sound is None:
            raise Trouble(TroubleCode.CHILD_FAILED)
        return sound

    def close(self) -> None:
        """Kill the child, and drop the audio. Any thread."""
        with self._guard:
            self._closed = True
            self._sounds = dict
            self._end_child()

    def _end_child(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            kill(process)

    @staticmethod
    def _send(process: subprocess.Popen[bytes], *pieces: bytes) -> None:
        # A child that has ended receives nothing; reading its answer fails then.
        with contextlib.suppress(OSError, ValueError):
            for data in pieces:
                if process.stdin is not None:
                    process.stdin.write(data)
            if process.stdin is not None:
                process.stdin.flush()


class PartStream:
    """The audio of one part, read from a given frame."""

    def __init__(self, reel: ReelHandle, part: int, at: int) -> None:
        self._reel = reel
        self._part = part
        self._at = at

    def read(self, size: int) -> bytes:
        """Return `size` bytes, or fewer at the end. Raise Trouble."""
        sound = self._reel.read(self._part, self._at, size // _FRAME_BYTES)
        self._at += len(sound) // _FRAME_BYTES
        return sound

    def close(self) -> None:
        """Do nothing: the child still holds the part."""
