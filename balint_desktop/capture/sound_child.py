"""Pipe audio through a child process that decodes or encodes it: bytes in, bytes out."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Collection, Generator, Iterable, Iterator

from balint_desktop.command import start_child
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.pipes import drop_errors

_CHUNK = 1 << 16
_END_TIMEOUT_S = 10.0


class SoundChild:
    """A child process that is fed on its own thread while the caller reads its output.

    Unencrypted audio is only in the memory of the two processes. Closing this early ends the child.
    """

    def __init__(self, *arguments: str, feed: Iterable[bytes], fine: Collection[int] | None = (0,)) -> None:
        """Start the child. `fine` are the exit codes that count as success, None for any."""
        self._process: subprocess.Popen[bytes] = start_child(*arguments)
        self._feed = feed
        self._feed_failed: BaseException | None = None
        self._fine = fine
        self.code: int | None = None
        self._feeder = threading.Thread(target=self._feed_in, name=f"feeds {arguments[0]}", daemon=True)
        self._errors = drop_errors(self._process, arguments[0])
        self._feeder.start()

    def read(self, size: int) -> bytes:
        """Return exactly `size` bytes, or fewer at the end. Raise Trouble if the child failed."""
        if self._process.stdout is None:
            return b""
        data = self._process.stdout.read(size)
        if len(data) < size:
            self._end()
        return data

    def chunks(self) -> Iterator[bytes]:
        """Yield the output until its end. Raise Trouble if the child failed."""
        while data := self.read(_CHUNK):
            yield data

    def close(self) -> None:
        """Kill the child, whatever it is doing."""
        if self._process.poll() is None:
            self._process.kill()
        self._wait()

    def _end(self) -> None:
        self.code = code = self._wait()
        if self._feed_failed is not None:
            failed, self._feed_failed = self._feed_failed, None
            raise failed
        if self._fine is not None and code not in self._fine:
            raise Trouble(TroubleCode.CHILD_FAILED)

    def _wait(self) -> int:
        code = self._process.wait(_END_TIMEOUT_S)
        for thread in (self._feeder, self._errors):
            thread.join(_END_TIMEOUT_S)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.stdout = None
        return code

    def _feed_in(self) -> None:
        stdin = self._process.stdin
        if stdin is None:
            return
        try:
            for data in self._feed:
                stdin.write(data)
        except OSError:
            # The child has failed, or has read enough: its exit code distinguishes them.
            pass
        except BaseException as error:  # noqa: BLE001  the top of a thread: raised again by `read`
            self._feed_failed = error
            self._process.kill()
        finally:
            with contextlib.suppress(OSError):
                stdin.close()
            if isinstance(self._feed, Generator):
                self._feed.close()
