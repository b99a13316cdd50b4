"""What a command prints has its hidden signs written out, and is otherwise as it is."""

from __future__ import annotations

import sys

import pytest

from balint_desktop.cli.output import escaped_output


def test_hidden_signs_are_written_out_on_both_streams(capsys):
    with escaped_output():
        print("Wednes\u202eyad \x1b[2J")
        print("err\x07", file=sys.stderr)

    assert capsys.readouterr() == ("Wednes\\u202eyad \\u001b[2J\n", "err\\u0007\n")


def test_lines_tabs_and_letters_of_any_script_are_printed_as_they_are(capsys):
    with escaped_output():
        print("a\tb\nTāne نی‌ما “quoted”")

    assert capsys.readouterr().out == "a\tb\nTāne نی‌ما “quoted”\n"


def test_everything_else_is_the_streams_own():
    before = sys.stdout
    with escaped_output():
        assert sys.stdout.encoding == before.encoding
        assert sys.stdout.isatty() == before.isatty()

    assert sys.stdout is before


def test_the_streams_come_back_after_an_error():
    before = (sys.stdout, sys.stderr)
    with pytest.raises(KeyError), escaped_output():
        raise KeyError

    assert (sys.stdout, sys.stderr) == before
