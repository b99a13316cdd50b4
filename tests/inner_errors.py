"""Fails every test in which an unexpected programming error of ours shows up.

What shows it: a traceback on standard error, the test's own or that of a child it started; the line that the window
writes there in place of one (`ui/shell/bugs.py`); and the banner that says it to the user. Exceptions in slots and
threads are pytest-qt's and pytest's to catch, and fail a test already.

A test that expects such an error uses the fixture `inner_errors`, which holds what was seen; if nothing appears, it
fails. With `-s` nothing is captured, and children's output to the terminal is not examined.
"""

from __future__ import annotations

import io
import re
import subprocess

import pytest

from balint_desktop.ui.shell import bugs
from balint_desktop.ui.shell.messages import Messages

SIGNS = re.compile(
    rb"^Traceback \(most recent call last\):|^balint-desktop: \w+ at |^Fatal Python error:", re.MULTILINE
)
_seen: list[str] = []
_asked_for: list[list[str]] = []


@pytest.fixture
def inner_errors():
    """Expect an inner error and return what was seen of it so far. It has to appear before the test ends."""
    one: list[str] = []
    _asked_for.append(one)
    yield one
    _asked_for.remove(one)
    assert one, "a mistake was expected, and none showed"


def note(words: bytes | str | None) -> None:
    """Examine text written to standard error, and note it if it shows an inner error."""
    data = words.encode(errors="replace") if isinstance(words, str) else words or b""
    if SIGNS.search(data):
        _note_seen(data.decode(errors="replace"))


def _note_seen(words: str) -> None:
    (_asked_for[-1] if _asked_for else _seen).append(words)


# --- what is examined ---


class _ErrorStream(io.RawIOBase):
    """A child's standard error, examined once it was read to its end, or is closed."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw
        self._read = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:
        count = self._raw.readinto(buffer)
        if count:
            self._read += bytes(buffer[:count])
        elif count == 0:
            self._look()
        return count

    def fileno(self) -> int:
        return self._raw.fileno()

    def close(self) -> None:
        if not self.closed:
            self._look()
            self._raw.close()
        super().close()

    def _look(self) -> None:
        read, self._read = self._read, b""
        note(read)


class WatchedPopen(subprocess.Popen):
    """A child whose standard error is examined. One that inherits it writes where the test does."""

    def __init__(self, args, *more, **options) -> None:
        if options.get("stderr") == subprocess.DEVNULL and "balint_desktop" in str(args):
            raise AssertionError("our own program's standard error is not to be thrown away in a test")
        super().__init__(args, *more, **options)
        if isinstance(self.stderr, io.TextIOWrapper):
            encoding, errors = self.stderr.encoding, self.stderr.errors
            self.stderr = io.TextIOWrapper(_watched(self.stderr.detach()), encoding=encoding, errors=errors)
        elif self.stderr is not None:
            self.stderr = _watched(self.stderr)

    def communicate(self, *args, **options):
        out, errors = super().communicate(*args, **options)
        # Read past the stream, by file descriptor.
        note(errors)
        return out, errors


def _watched(stream: io.RawIOBase | io.BufferedReader) -> io.BufferedReader:
    raw = stream.detach() if isinstance(stream, io.BufferedReader) else stream
    return io.BufferedReader(_ErrorStream(raw))


def _say_wrong(messages: Messages, text: str) -> None:
    if text == bugs.inner_error_words():
        _note_seen(text)
    _inner_wrong(messages, text)


def _read_captured(capture: pytest.CaptureFixture):
    """Examine what a test reads of its own standard error: pytest no longer has it afterwards."""
    read = _inner_read(capture)
    note(read.err)
    return read


_inner_wrong = Messages.wrong
_inner_read = pytest.CaptureFixture.readouterr
_inner_popen = subprocess.Popen


def pytest_configure():
    subprocess.Popen = WatchedPopen
    Messages.wrong = _say_wrong
    pytest.CaptureFixture.readouterr = _read_captured


def pytest_unconfigure():
    subprocess.Popen = _inner_popen
    Messages.wrong = _inner_wrong
    pytest.CaptureFixture.readouterr = _inner_read


# --- who fails for it ---


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    for name, words in report.sections:
        if name == f"Captured stderr {report.when}":
            note(words)
    # A child that is waited for reports the same in its stream and in what waiting returns.
    result = list(dict.fromkeys(_seen))
    _seen.clear()
    if result and not report.failed:
        report.outcome = "failed"
        report.longrepr = "\n".join(["A mistake of ours showed that this test had not asked for:", *result])
    return report
