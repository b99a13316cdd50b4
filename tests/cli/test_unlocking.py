"""Reading the passphrase: from a file as editors and systems write it, piped, or typed; never shown."""

from __future__ import annotations

import codecs
import io

import pytest
from vaults import PASSPHRASE

from balint_desktop.cli import unlock
from balint_desktop.cli.result import UsageError


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def file(tmp_path):
    """Write a passphrase file, and return its name."""

    def written(data):
        (tmp_path / "passphrase.txt").write_bytes(data)
        return str(tmp_path / "passphrase.txt")

    return written


@pytest.mark.parametrize(
    "data",
    [
        PASSPHRASE.encode(),
        f"{PASSPHRASE}\n".encode(),
        f"{PASSPHRASE}\r\n".encode(),
        f"{PASSPHRASE}\nnot this line\n".encode(),
        codecs.BOM_UTF8 + f"{PASSPHRASE}\r\n".encode(),
        f"{PASSPHRASE}\r\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + f"{PASSPHRASE}\n".encode("utf-16-be"),
    ],
    ids=["bare", "line feed", "carriage return", "two lines", "byte order mark", "utf-16", "utf-16 big endian"],
)
def test_a_byte_order_mark_and_a_trailing_line_break_are_not_part_of_the_passphrase(file, data):
    assert unlock.passphrase(file(data)) == PASSPHRASE


def test_leading_and_trailing_spaces_are_part_of_the_passphrase(file):
    assert unlock.passphrase(file(b" two words \n")) == " two words "


@pytest.mark.parametrize("data", [b"", b"\nsecond line\n", codecs.BOM_UTF8 + b"\r\n"])
def test_a_file_with_an_empty_first_line_is_reported(file, data):
    with pytest.raises(UsageError, match=r"The first line of the passphrase file .* is empty"):
        unlock.passphrase(file(data))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"caf\xe9\n"])
def test_a_file_that_is_not_text_is_reported(file, data):
    with pytest.raises(UsageError, match="cannot be read"):
        unlock.passphrase(file(data))


@pytest.mark.parametrize("piped", [f"{PASSPHRASE}\n", f"\ufeff{PASSPHRASE}\r\n", PASSPHRASE])
def test_piped_input_loses_its_byte_order_mark_and_its_line_break_too(monkeypatch, piped):
    monkeypatch.setattr("sys.stdin", io.StringIO(piped))

    assert unlock.passphrase(None) == PASSPHRASE


@pytest.fixture
def types(monkeypatch):
    """Simulate a terminal at which these are typed, one after another."""

    def typing(*typed):
        left = list(typed)
        monkeypatch.setattr("sys.stdin", Terminal())
        monkeypatch.setattr(unlock.getpass, "getpass", lambda _prompt: left.pop(0))

    return typing


def test_a_new_passphrase_is_typed_twice(types):
    types(PASSPHRASE, PASSPHRASE)

    assert unlock.new_passphrase(None) == PASSPHRASE


def test_two_entries_that_do_not_match_create_no_vault(types):
    types(PASSPHRASE, "seven quiet herons")

    with pytest.raises(UsageError, match=r"The two don’t match\. No vault was created\."):
        unlock.new_passphrase(None)


def test_a_new_passphrase_from_a_file_is_not_asked_for_again(file, types):
    types()

    assert unlock.new_passphrase(file(PASSPHRASE.encode())) == PASSPHRASE
