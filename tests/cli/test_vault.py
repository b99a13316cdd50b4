import json
import subprocess
import sys

import pytest
from bad_vaults import damage, files
from kept_vaults import keep_session, passphrase_file


@pytest.fixture
def kept(tmp_path):
    return keep_session(tmp_path / "data")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path):
    def ran(data, *arguments, word=True):
        told = ["--data-dir", str(data), *arguments]
        if word:
            told += ["--passphrase-file", str(passphrase_file(tmp_path))]
        return subprocess.run(
            [sys.executable, "-m", "balint_desktop", *told], capture_output=True, text=True, check=False
        )

    return ran


def test_back_up_restore_and_verify_from_the_command_line(kept, run, stick, tmp_path):
    made = run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()
    restored = run(tmp_path / "other", "vault", "restore", "--from", str(backup), word=False)
    verified = run(tmp_path / "other", "recordings", "verify")

    assert (made.returncode, made.stderr) == (0, "")
    assert f"Backed up to {backup}: the log and 1 recording" in made.stdout
    assert (restored.returncode, restored.stderr) == (0, "")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "Part 2: complete" in verified.stdout


def test_the_backups_of_a_recording_are_told(kept, run, stick):
    run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()

    assert str(backup) in run(kept.data, "vault", "backups", "--holding", kept.recording).stdout
    assert "knows of no such backup" in run(kept.data, "vault", "backups", "--holding", "zzz").stdout


def test_a_damaged_backup_is_refused_and_named_and_restored_as_far_as_it_goes_when_asked(kept, run, stick, tmp_path):
    run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()
    damage(backup / "recordings" / kept.recording / "02" / "audio.opus.age")
    other = tmp_path / "other"

    refused = run(other, "vault", "restore", "--from", str(backup), word=False)
    assert refused.returncode == 1
    assert "02/audio.opus.age" in refused.stderr
    assert not (other / "vault").exists()

    restored = run(other, "vault", "restore", "--from", str(backup), "--what-is-sound", word=False)
    assert restored.returncode == 1
    assert "as far as it goes" in restored.stdout
    assert "damaged" in run(other, "recordings", "verify").stdout


def test_restoring_never_goes_over_a_vault(kept, run, stick):
    run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()
    before = files(kept.data)

    done = run(kept.data, "vault", "restore", "--from", str(backup), word=False)

    assert done.returncode == 1
    assert "There is a vault" in done.stderr
    assert files(kept.data) == before


@pytest.mark.parametrize("act", [("vault", "backup", "--to"), ("recordings", "hand-over", "x", "--to")])
def test_a_folder_that_is_not_there_is_wrong_usage(kept, run, tmp_path, act):
    done = run(kept.data, *act, str(tmp_path / "nowhere"))

    assert done.returncode == 2
    assert "Plug the disk in" in done.stderr


def test_a_synced_folder_is_warned_of_and_not_refused(kept, run, tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()

    done = run(kept.data, "vault", "backup", "--to", str(folder))

    assert done.returncode == 0
    assert "cannot be called back" in done.stdout


def test_a_recording_is_handed_over(kept, run, stick):
    done = run(kept.data, "recordings", "hand-over", kept.recording[:8], "--to", str(stick))

    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads((stick / f"recording-{kept.recording}" / "manifest.json").read_text())
    assert told["recording"] == kept.recording
