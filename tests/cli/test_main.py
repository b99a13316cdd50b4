import os
import subprocess
import sys

import pytest

from balint_desktop.cli import formats
from balint_desktop.cli import main as cli
from balint_desktop.cli.result import CommandResult, table


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "balint_desktop", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [("formats", "--help"), ("recordings", "export", "--help"), ("doctor", "-h")])
def test_help_is_available(arguments):
    done = run(*arguments)

    assert done.returncode == 0
    assert "usage: balint-desktop" in done.stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_closes_early_is_no_error(unbuffered):
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "balint_desktop", "formats", "list"]
    whole = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, env=whole, check=False)
    os.close(writes)

    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_is_quiet(monkeypatch, capsys):
    def interrupted(_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(formats, "_list", interrupted)

    assert cli.main(["formats", "list"]) == 1
    assert capsys.readouterr().err == ""


def test_a_reported_failure_goes_to_standard_error(monkeypatch, capsys):
    monkeypatch.setattr(formats, "_list", lambda _options: CommandResult("Something is wrong."))

    assert cli.main(["formats", "list"]) == 1
    assert capsys.readouterr() == ("", "Something is wrong.\n")


def test_a_table_aligns_its_columns():
    assert table([("a", "b"), ("long", "c")]) == "a     b\nlong  c"


def test_no_command_imports_qt():
    code = (
        "import sys; from balint_desktop.cli import main; main.main(['formats', 'list']);"
        " print([m for m in sys.modules if 'PySide' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip().endswith("[]")
