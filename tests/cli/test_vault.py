import errno
import json
import os
import subprocess
import sys
import wave

import pytest
from bad_vaults import damage, files
from kept_vaults import kept, passphrase_file
from sounds import RATE_HZ, opus, pitch

from balint_desktop.cli import main as cli
from balint_desktop.cli import vault
from balint_desktop.vault.opening import secret_by_recovery_key

__all__ = ["kept"]
FOR_THE_RECORD = ("--not-encrypted", "--purpose", "transcription")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path):
    def ran(data, *arguments, word=True):
        result = ["--data-dir", str(data), *arguments]
        if word:
            result += ["--passphrase-file", str(passphrase_file(tmp_path))]
        return subprocess.run(
            [sys.executable, "-m", "balint_desktop", *result], capture_output=True, text=True, check=False
        )

    return ran


def test_a_vault_is_created_and_its_recovery_key_printed_only_once(tmp_path, run):
    done = run(tmp_path / "data", "vault", "create", "--json")
    (line,) = done.stdout.splitlines()
    made = json.loads(line)
    again = run(tmp_path / "data", "vault", "create")

    assert (done.returncode, done.stderr) == (0, "")
    assert made["id"] == made["folder"] == str(tmp_path / "data" / "vault")
    assert secret_by_recovery_key(tmp_path / "data" / "vault", made["recovery_key"])
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["vault"]
    assert run(tmp_path / "data", "groups", "list").returncode == 0
    assert (again.returncode, again.stdout) == (1, "")
    assert "There is already a vault in" in again.stderr


def test_a_guessable_passphrase_creates_no_vault(tmp_path, run):
    weak = tmp_path / "weak.txt"
    weak.write_text("secret\n")
    done = run(tmp_path / "data", "vault", "create", "--passphrase-file", str(weak), word=False)

    assert done.returncode == 1
    assert "That passphrase is too easy to guess." in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_vault_whose_recovery_key_could_not_be_read_is_not_left_behind(tmp_path, monkeypatch, capsys):
    def full(*_):
        raise OSError(errno.ENOSPC, "no room for the key")

    monkeypatch.setattr(vault, "print_json", full)
    with pytest.raises(OSError, match="no room"):
        cli.main(
            [
                *("--data-dir", str(tmp_path / "data"), "vault", "create", "--json"),
                *("--passphrase-file", str(passphrase_file(tmp_path))),
            ]
        )

    assert list((tmp_path / "data").iterdir()) == []


def test_a_recovery_key_printed_to_a_closed_reader_creates_no_vault(tmp_path):
    reads, writes = os.pipe()
    os.close(reads)
    word = ["--passphrase-file", str(passphrase_file(tmp_path))]
    command = [sys.executable, "-m", "balint_desktop", "--data-dir", str(tmp_path / "data"), "vault", "create", *word]
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)

    assert (done.returncode, done.stderr) == (
        1,
        "The recovery key could not be printed, so no vault was created. Run the command again.\n",
    )
    assert list((tmp_path / "data").iterdir()) == []


def test_back_up_restore_and_verify_from_the_command_line(kept, run, stick, tmp_path):
    made = run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()
    restored = run(tmp_path / "other", "vault", "restore", "--from", str(backup), word=False)
    verified = run(tmp_path / "other", "recordings", "verify")

    assert (made.returncode, made.stderr) == (0, "")
    assert f"Backed up to {backup} and checked: the log and 1 recording" in made.stdout
    assert (restored.returncode, restored.stderr) == (0, "")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "Part 2: complete" in verified.stdout


def test_a_vault_that_was_never_backed_up_says_so(kept, run):
    assert run(kept.data, "vault", "backups").stdout == "No backup is recorded in the log.\n"


def test_the_backups_of_a_recording_are_reported(kept, run, stick):
    run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()

    assert str(backup) in run(kept.data, "vault", "backups", "--holding", kept.recording).stdout
    assert "No backup of this recording is listed" in run(kept.data, "vault", "backups", "--holding", "zzz").stdout


def test_a_damaged_backup_is_refused_and_named_and_partly_restored_on_request(kept, run, stick, tmp_path):
    run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()
    damage(backup / "recordings" / kept.recording / "02" / "audio.opus.age")
    other = tmp_path / "other"

    refused = run(other, "vault", "restore", "--from", str(backup), word=False)
    assert refused.returncode == 1
    assert "02/audio.opus.age" in refused.stderr
    assert not (other / "vault").exists()

    restored = run(other, "vault", "restore", "--from", str(backup), "--intact-only", word=False)
    assert restored.returncode == 1
    assert "as far as possible" in restored.stdout
    assert "damaged" in run(other, "recordings", "verify").stdout


def test_restoring_never_overwrites_a_vault(kept, run, stick):
    run(kept.data, "vault", "backup", "--to", str(stick))
    (backup,) = stick.iterdir()
    before = files(kept.data)

    done = run(kept.data, "vault", "restore", "--from", str(backup), word=False)

    assert done.returncode == 1
    assert "There is already a vault" in done.stderr
    assert files(kept.data) == before


@pytest.mark.parametrize("act", [("vault", "backup", "--to"), ("recordings", "share", "x", "--to")])
def test_a_missing_folder_is_wrong_usage(kept, run, tmp_path, act):
    done = run(kept.data, *act, str(tmp_path / "nowhere"))

    assert done.returncode == 2
    assert "Connect the disk" in done.stderr


def test_a_synced_folder_gets_a_warning_and_is_not_refused(kept, run, tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()

    done = run(kept.data, "vault", "backup", "--to", str(folder))

    assert done.returncode == 0
    assert "cannot delete it from there" in done.stdout


def test_a_recording_is_transferred(kept, run, stick):
    done = run(kept.data, "recordings", "share", kept.recording[:8], "--purpose", "transcription", "--to", str(stick))

    assert (done.returncode, done.stderr) == (0, "")
    content = json.loads((stick / f"recording-{kept.recording}" / "manifest.json").read_text())
    assert content["recording"] == kept.recording


def session_of(kept):
    vault = kept.made.open()
    session = vault.log.sessions.sessions()[0].id
    vault.close()
    return session


def test_a_file_of_another_recorder_is_imported_and_opens(kept, run, tmp_path):
    file = tmp_path / "ZOOM0001.opus"
    file.write_bytes(opus(3.0, 440.0))
    session = session_of(kept)

    assert session in run(kept.data, "sessions", "list").stdout
    done = run(kept.data, "recordings", "import", str(file), "--session", session[:8], "--begins-at", "1:30")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Delete it there" in done.stdout
    recording = done.stdout.split(":")[0]
    target = tmp_path / "out.wav"
    exported = run(kept.data, "recordings", "export", recording, "--to", str(target), *FOR_THE_RECORD)

    assert exported.returncode == 0
    with wave.open(str(target)) as sound:
        assert abs(pitch(sound.readframes(RATE_HZ)) - 440) < 5
    assert run(kept.data, "recordings", "verify").returncode == 0
    assert file.read_bytes() == opus(3.0, 440.0)


def test_an_incomplete_file_is_imported_with_a_warning_to_keep_the_original(kept, run, tmp_path):
    file = tmp_path / "ZOOM0001.opus"
    file.write_bytes(opus(6.0, 440.0)[:-3000])

    done = run(kept.data, "recordings", "import", str(file), "--session", session_of(kept))

    assert done.returncode == 1
    assert "(Opus): " in done.stdout
    assert "The file is cut short" in done.stdout
    assert done.stderr.startswith("Do not delete the original yet")
    listed = [json.loads(line) for line in run(kept.data, "recordings", "list", "--json").stdout.splitlines()]
    (found,) = (one["imported"] for one in listed if one["imported"])
    assert (found["complete"], found["findings"]) == (False, ["cut-short"])


def test_a_file_name_that_is_not_text_is_accepted(kept, run, tmp_path):
    file = tmp_path / os.fsdecode(b"Sitzung_M\xe4rz.opus")
    file.write_bytes(opus(3.0, 440.0))

    done = run(kept.data, "recordings", "import", str(file), "--session", session_of(kept))

    assert (done.returncode, done.stderr) == (0, "")
    assert "Sitzung_M\N{REPLACEMENT CHARACTER}rz.opus (Opus): 3 s read" in done.stdout


@pytest.mark.parametrize(("given", "code", "words"), [("1:75", 2, "minutes and seconds"), ("soon", 2, "minutes and")])
def test_the_start_of_an_import_is_reported_in_minutes_and_seconds(kept, run, given, code, words):
    done = run(kept.data, "recordings", "import", "x.wav", "--session", "y", "--begins-at", given)

    assert done.returncode == code
    assert words in done.stderr


def test_a_file_that_is_not_sound_is_one_line_and_nothing_is_imported(kept, run, tmp_path):
    file = tmp_path / "letter.wav"
    file.write_text("Dear group")

    done = run(kept.data, "recordings", "import", str(file), "--session", session_of(kept))

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "No audio could be read from letter.wav." in done.stderr
    assert len(run(kept.data, "recordings", "list", "--json").stdout.splitlines()) == 1
