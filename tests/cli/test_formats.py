import subprocess
import sys

import pytest

from balint_desktop import resources


@pytest.fixture
def run(tmp_path):
    def ran(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "balint_desktop", "formats", *arguments, "--data-dir", str(tmp_path / "data")],
            capture_output=True,
            text=True,
            check=False,
        )

    return ran


def test_list_shows_the_shipped_formats(run):
    done = run("list")

    assert done.returncode == 0
    assert "student-hour" in done.stdout
    assert "rehearsal" not in done.stdout


def test_a_usable_format_is_reported_as_usable(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(resources.text("formats/student-hour.toml"))

    done = run("check", str(path))

    assert (done.returncode, done.stderr) == (0, "")
    assert "7 phases, 60 minutes" in done.stdout


def test_an_error_is_reported_with_its_line_and_reason(run, tmp_path):
    path = tmp_path / "mine.toml"
    text = resources.text("formats/student-hour.toml")
    path.write_text(text.replace("until = 3\n", "until = 4\n", 1))

    done = run("check", str(path))

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "mine.toml" in done.stderr
    assert "line" in done.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00binary"])
def test_an_unreadable_file_is_reported(run, tmp_path, content):
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)

    done = run("check", str(path))

    assert done.returncode == 1
    assert "cannot be read" in done.stderr


def test_a_copy_can_be_changed_and_is_listed(run):
    done = run("copy", "student-hour", "--name", "Our hour")

    assert done.returncode == 0
    path = done.stdout.strip().rsplit(" ", 1)[1]
    assert run("check", path).returncode == 0
    assert "Our hour" in run("list").stdout


def test_a_missing_format_is_reported(run):
    assert run("copy", "nothing").returncode == 1
