import json
import os
import pty
import shutil
import stat
import subprocess
import sys
import wave
from datetime import datetime
from hashlib import sha256

import numpy as np
import pytest
from attacks import KEYS, Attacked
from kept_sessions import GROUP, P2, at
from kept_vaults import keep_session, kept, passphrase_file
from readme import at_terminal, into_file, lines_that_open
from sounds import RATE_HZ, pitch, stair_hz
from vaults import PASSPHRASE

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.ogg.duration import duration_s
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault

__all__ = ["kept"]
FOR_THE_RECORD = ("--not-encrypted", "--purpose", "transcription")


@pytest.fixture
def run(tmp_path):
    def ran(data, *arguments, stdin=None):
        result = ["--data-dir", str(data), "recordings", *arguments]
        if stdin is None:
            result += ["--passphrase-file", str(passphrase_file(tmp_path))]
        return subprocess.run(
            [sys.executable, "-m", "balint_desktop", *result], input=stdin, capture_output=True, text=True, check=False
        )

    return ran


def one_line(text):
    return len(text.strip().splitlines()) == 1


def test_list_shows_the_recordings(kept, run):
    done = run(kept.data, "list")

    assert (done.returncode, done.stderr) == (0, "")
    assert kept.recording in done.stdout
    assert "Wednesday group" in done.stdout
    assert "readable; 4 s not recorded" in done.stdout
    assert "microphone only" in done.stdout


def test_a_recording_of_a_call_is_listed_with_its_sources(kept, run):
    vault = kept.made.open()
    vault.log.sessions.add_fact(
        vault.log.sessions.sessions()[0].id, f.ComputerRecorded(at=at(60), recording=kept.recording, part=1)
    )
    vault.close()

    assert "microphone and call" in run(kept.data, "list").stdout
    assert json.loads(run(kept.data, "list", "--json").stdout)["call"] is True


def test_list_as_json_is_for_other_programs(kept, run):
    (line,) = run(kept.data, "list", "--json").stdout.splitlines()
    content = json.loads(line)

    assert datetime.fromisoformat(content.pop("began")).timestamp() == at(0).wall
    assert content == {
        "id": kept.recording,
        "session": session_of(kept),
        "group": GROUP,
        "group_name": "Wednesday group",
        "number": 3,
        "seconds": 14.0,
        "parts": 2,
        "call": False,
        "condition": "complete",
        "not_recorded_seconds": 4.0,
        "redaction": "to-cut",
        "imported": None,
        "sealed_copy": None,
        "purposes": ["recording", "transcription"],
    }


def session_of(kept):
    vault = kept.made.open()
    session = vault.log.sessions.sessions()[0].id
    vault.close()
    return session


def test_the_passphrase_may_be_piped_in(kept, run):
    assert run(kept.data, "list", stdin=PASSPHRASE + "\n").returncode == 0


def test_the_passphrase_is_asked_for_at_a_terminal_and_never_shown(kept):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "balint_desktop", "--data-dir", str(kept.data), "recordings", "list"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Passphrase: " not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, PASSPHRASE.encode() + b"\n")
        out = process.stdout.read()
    shown += os.read(ours, 1024)
    os.close(ours)

    assert process.returncode == 0
    assert kept.recording.encode() in out
    assert PASSPHRASE.encode() not in shown + out


def test_a_wrong_passphrase_is_one_line_and_changes_nothing(kept, run):
    done = run(kept.data, "list", stdin="not it\n")

    assert done.returncode == 1
    assert one_line(done.stderr)
    assert "passphrase" in done.stderr


def test_a_missing_vault_is_reported_before_a_passphrase_is_asked_for(tmp_path, run):
    done = run(tmp_path / "empty", "list", stdin="")

    assert done.returncode == 1
    assert "There is no vault" in done.stderr
    assert not (tmp_path / "empty").exists()


def test_a_vault_open_elsewhere_is_left_alone(kept, run):
    lock = FileLock(kept.made.folder / "in-use")
    assert lock.try_acquire()

    done = run(kept.data, "list")
    lock.release()

    assert done.returncode == 1
    assert "open in another window" in done.stderr


def test_a_missing_passphrase_file_is_wrong_usage(kept, run, tmp_path):
    done = run(kept.data, "list", "--passphrase-file", str(tmp_path / "nowhere"), stdin="")

    assert done.returncode == 2
    assert one_line(done.stderr)


def test_verify_checks_every_part_and_the_audit_trail(kept, run):
    done = run(kept.data, "verify")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Part 1: complete, 6 s" in done.stdout
    assert "Part 2: complete, 4 s" in done.stdout
    assert len(done.stdout.strip().splitlines()[-1].split(": ")[1].split()) == 8


def test_verify_finds_a_changed_byte(kept, run):
    path = kept.folder / "02" / "audio.opus.age"
    data = bytearray(path.read_bytes())
    data[-500] ^= 1
    path.write_bytes(bytes(data))

    done = run(kept.data, "verify", kept.recording)

    assert done.returncode == 1
    assert "Part 2: damaged" in done.stdout
    assert one_line(done.stderr)


def test_a_recording_unknown_to_the_log_is_an_alarm(kept, run):
    shutil.copytree(kept.folder, kept.folder.parent / "11111111-1111-4111-8111-111111111111")

    done = run(kept.data, "list")

    assert done.returncode == 1
    assert "no log entry" in done.stdout
    assert "1 recording has a problem" in done.stderr


def test_export_joins_the_parts_and_silences_redacted_sound(kept, run, tmp_path):
    target = tmp_path / "out.wav"

    done = run(kept.data, "export", kept.recording, "--to", str(target), *FOR_THE_RECORD)

    assert (done.returncode, done.stderr) == (0, "")
    assert "not encrypted" in done.stdout
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert len(sound) == 14 * RATE_HZ
    assert abs(pitch(sound[:RATE_HZ]) - 440) < 5
    assert not sound[2 * RATE_HZ : 4 * RATE_HZ].any()
    assert not sound[6 * RATE_HZ : 10 * RATE_HZ].any()
    assert abs(pitch(sound[11 * RATE_HZ : 13 * RATE_HZ]) - 880) < 5


def test_export_as_opus_plays_in_a_stock_player(kept, run, tmp_path):
    target = tmp_path / "out.opus"
    done = run(kept.data, "export", kept.recording[:8], "--to", str(target), *FOR_THE_RECORD, "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "id": kept.recording,
        "file": str(target),
        "seconds": 14.0,
        "purpose": "transcription",
    }
    assert abs(duration_s(target.read_bytes()) - 14.0) < 0.001
    info = subprocess.run(["opusinfo", str(target)], capture_output=True, text=True, check=True).stdout
    assert "Playback length: 0m:14" in info


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--purpose", "analysis"), "To confirm, add --not-encrypted."),
        (("--not-encrypted",), "--purpose with one of transcription, analysis, quotations"),
        (("--not-encrypted", "--purpose", "research"), "There is no purpose “research”. Choose one of: transcription,"),
    ],
)
def test_export_asks_to_confirm_an_unencrypted_file_and_its_purpose(kept, run, tmp_path, more, said):
    done = run(kept.data, "export", kept.recording, "--to", str(tmp_path / "out.wav"), *more)

    assert done.returncode == 2
    assert said in done.stderr
    assert one_line(done.stderr)
    assert not (tmp_path / "out.wav").exists()


def test_export_for_a_purpose_that_not_all_present_agreed_to_is_refused_and_names_no_one(run, tmp_path):
    kept = keep_session(tmp_path / "data", purposes=[Purpose.ANALYSIS])
    target = tmp_path / "out.wav"
    arguments = ("export", kept.recording, "--to", str(target), "--not-encrypted", "--purpose", "analysis")
    withdrawn = answer(kept, P2, Answer.WITHDRAWN)
    refused = run(kept.data, *arguments)
    assert not target.exists()
    take_back(kept, withdrawn)
    done = run(kept.data, *arguments)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Not everyone has agreed to this use of the recording. Nothing left the vault.")
    assert "P2" not in refused.stderr
    assert (done.returncode, target.exists()) == (0, True)


def test_being_recorded_is_no_purpose_of_an_export(run, kept, tmp_path):
    target = tmp_path / "out.wav"
    done = run(kept.data, "export", kept.recording, "--to", str(target), "--not-encrypted", "--purpose", "recording")

    assert (done.returncode, done.stdout, target.exists()) == (1, "", False)
    assert done.stderr.startswith("Not everyone has agreed to this use of the recording.")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Give the purpose: --purpose with one of"),
        (("--purpose", "sharing"), "Not everyone has agreed to this use"),
    ],
)
def test_a_sealed_copy_is_shared_for_an_agreed_purpose_only(run, kept, tmp_path, more, said):
    stick = tmp_path / "stick"
    stick.mkdir()
    done = run(kept.data, "share", kept.recording, "--to", str(stick), *more)

    assert done.returncode != 0
    assert said in done.stderr
    assert list(stick.iterdir()) == []


def answer(kept, code, said):
    vault = kept.made.open()
    cells = [(code, Purpose.ANALYSIS)]
    places = vault.log.consents.enter(GROUP, cells, said, ConsentCollection(vault.log.consents.today()))
    vault.close()
    return places


def take_back(kept, places):
    vault = kept.made.open()
    vault.log.consents.undo_answers(GROUP, places)
    vault.close()


def test_a_recording_missing_from_the_log_is_not_exported_as_attendance_is_unknown(kept, run, tmp_path):
    stranger = "11111111-1111-4111-8111-111111111111"
    shutil.copytree(kept.folder, kept.folder.parent / stranger)
    target = tmp_path / "out.wav"
    done = run(kept.data, "export", stranger, "--to", str(target), *FOR_THE_RECORD)

    assert done.returncode == 1
    assert "The log has no entry for a recording in this vault." in done.stderr
    assert not target.exists()


def test_export_never_overwrites_a_file(kept, run, tmp_path):
    (tmp_path / "out.wav").write_bytes(b"mine")

    done = run(
        kept.data,
        "export",
        kept.recording,
        "--to",
        str(tmp_path / "out.wav"),
        *FOR_THE_RECORD,
    )

    assert done.returncode == 1
    assert (tmp_path / "out.wav").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["out.mp3", "out"])
def test_export_supports_two_kinds_of_file(kept, run, tmp_path, name):
    done = run(kept.data, "export", kept.recording, "--to", str(tmp_path / name), *FOR_THE_RECORD)

    assert done.returncode == 2
    assert ".opus" in done.stderr


def test_a_missing_recording_is_reported(kept, run, tmp_path):
    done = run(kept.data, "export", "nothing", "--to", str(tmp_path / "out.wav"), *FOR_THE_RECORD)

    assert done.returncode == 1
    assert "There is no recording nothing" in done.stderr


def test_a_recording_sealed_to_others_cannot_be_exported_but_can_be_verified(tmp_path, run):
    study = new_identity()
    kept = keep_session(
        tmp_path / "data",
        this_vault_reads=False,
        readers=[Reader("study", study.recipient)],
        purposes=[Purpose.TRANSCRIPTION],
    )

    assert "sealed to others" in run(kept.data, "list").stdout
    assert run(kept.data, "verify").returncode == 0
    done = run(
        kept.data,
        "export",
        kept.recording,
        "--to",
        str(tmp_path / "out.wav"),
        *FOR_THE_RECORD,
    )
    assert done.returncode == 1
    assert "cannot be opened with this key" in done.stderr


def test_the_export_is_in_the_audit_trail(kept, run, tmp_path):
    run(
        kept.data,
        "export",
        kept.recording,
        "--to",
        str(tmp_path / "out.opus"),
        *FOR_THE_RECORD,
    )

    vault = kept.made.open()
    acts = [row.act for row in vault.log.audit.rows()]
    vault.close()
    assert acts[-1] == "recording-exported"


@pytest.mark.parametrize("arguments", [[], ["play"], ["export", "x"]])
def test_wrong_usage_is_reported(kept, run, arguments):
    done = run(kept.data, *arguments, stdin="")

    assert done.returncode == 2
    assert "usage: balint-desktop" in done.stderr


def test_stock_age_opens_a_recording_by_the_lines_in_the_readme(kept, tmp_path):
    files = {path for path in tmp_path.rglob("*") if path.is_file()}
    played = tmp_path / "played"
    # The player's own driver for a disk instead of a loudspeaker; the second pair of names is for a newer SDL.
    driver = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(played), "SDL_DISKAUDIODELAY": "1"}
    newer = {"SDL_AUDIO_DRIVER": "disk", "SDL_AUDIO_DISK_OUTPUT_FILE": str(played)}

    lines = lines_that_open(kept.made.folder, kept.recording)
    code = at_terminal(lines, PASSPHRASE + "\n", asks="assphrase", **driver, **newer)

    assert code == 0
    sound = np.frombuffer(played.read_bytes(), "<i2")
    assert abs(len(sound) / RATE_HZ - 6.0) < 0.5
    assert abs(pitch(sound[RATE_HZ : 2 * RATE_HZ]) - 440) < 5
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {*files, played}


def test_stock_age_opens_a_recording_by_the_readmes_lines_for_the_recovery_key(kept, tmp_path):
    opened = tmp_path / "01.opus"

    lines = into_file(lines_that_open(kept.made.folder, kept.recording, by="recovery key"), opened)
    code = at_terminal(lines, kept.made.recovery_key + "\n\x04")

    assert code == 0
    assert abs(duration_s(opened.read_bytes()) - 6.0) < 0.001


@pytest.fixture
def attacked(tmp_path):
    """Return the vault of the attack vectors in a data folder, agreed to be transcribed, to be modified."""
    (tmp_path / "data").mkdir()
    made = Attacked(tmp_path / "data" / "vault", "")
    vault = OpenVault(made.folder, secret_by_passphrase(made.folder, PASSPHRASE), SystemClock())
    for group in vault.log.groups.groups():
        cells = [(member.code, Purpose.TRANSCRIPTION) for member in group.participants]
        vault.log.consents.enter(group.id, cells, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
    vault.close()
    return made


def test_a_damaged_recording_is_exported_with_silence_for_the_damage_and_the_rest_in_place(attacked, run, tmp_path):
    attacked.edit("flip long/01/audio.opus.age inside chunk 2")
    target = tmp_path / "out.wav"

    verified = run(tmp_path / "data", "verify", KEYS["long"])
    done = run(tmp_path / "data", "export", KEYS["long"], "--to", str(target), *FOR_THE_RECORD)

    assert verified.returncode == 1
    assert "Part 1: damaged, 24 s; 5 s cannot be read" in verified.stdout
    assert "Part 2: complete, 3 s" in verified.stdout
    assert done.returncode == 0
    assert "1:10 to 1:15: damaged" in done.stdout
    with wave.open(str(target)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert len(sound) == 33 * RATE_HZ
    for second in (*range(10), *range(16, 24)):
        middle = sound[round((second + 0.2) * RATE_HZ) : round((second + 0.9) * RATE_HZ)]
        assert abs(pitch(middle) - stair_hz(second)) < 5, second
    assert not sound[11 * RATE_HZ : 15 * RATE_HZ].any()


def test_a_damaged_recording_exported_as_opus_has_a_proper_end(attacked, run, tmp_path):
    attacked.edit("flip long/01/audio.opus.age inside chunk 0")
    target = tmp_path / "out.opus"

    assert run(tmp_path / "data", "export", KEYS["long"], "--to", str(target), *FOR_THE_RECORD).returncode == 0
    assert abs(duration_s(target.read_bytes()) - 33.0) < 0.001


def test_a_key_file_of_another_recording_is_reported(attacked, run, tmp_path):
    attacked.edit("copy given/stranger/key.age long/key.age")

    listed = run(tmp_path / "data", "list")
    verified = run(tmp_path / "data", "verify")
    exported = run(
        tmp_path / "data",
        "export",
        KEYS["long"],
        "--to",
        str(tmp_path / "x.wav"),
        *FOR_THE_RECORD,
    )

    assert "changed since it was sealed" in listed.stdout
    assert "not the original one" in verified.stdout
    assert "Part 1: unchanged, 24 s" in verified.stdout
    assert (exported.returncode, one_line(exported.stderr)) == (1, True)


def test_redact_removes_redacted_sound_from_the_sealed_recording(kept, run):
    before = sha256((kept.folder / "01" / "audio.opus.age").read_bytes()).hexdigest()
    assert "removed stretch: deleted at the next unlock" in run(kept.data, "list").stdout

    done = run(kept.data, "redact", kept.recording)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Part 1: 0:01 to 0:04 deleted.",
        "The removed stretches have been deleted from the recording.",
    ]
    verified = run(kept.data, "verify")
    assert verified.returncode == 0
    assert "Readable, but 4 s were not recorded." in verified.stdout
    after = sha256((kept.folder / "01" / "audio.opus.age").read_bytes()).hexdigest()
    assert f"(UTC): part 1, 0:01 to 0:04. SHA-256 before {before}, after {after}" in verified.stdout
    assert "deleted at the next unlock" not in run(kept.data, "list").stdout
    assert run(kept.data, "redact", kept.recording).stdout == "There is nothing to delete.\n"


def test_a_reader_can_redact_what_the_vault_cannot_read(tmp_path, run):
    reader = new_identity()
    kept = keep_session(
        tmp_path / "data",
        this_vault_reads=False,
        readers=[Reader("The study", reader.recipient)],
        marks=[(4.0, "struck 2")],
    )
    assert "sealed to others; removed stretch: its readers can still hear it" in run(kept.data, "list").stdout
    refused = run(kept.data, "redact", kept.recording)
    assert refused.returncode == 1
    assert "cannot be opened with this key" in refused.stderr

    handed_over = tmp_path / "handed-over"
    shutil.copytree(kept.folder, handed_over)
    identity = tmp_path / "my-key.txt"
    identity.write_text(f"# mine\n{reader.secret}\n")
    done = run(kept.data, "redact", "--folder", str(handed_over), "--identity", str(identity))

    assert done.returncode == 0
    assert done.stdout.startswith("Part 1: 0:01 to 0:04 deleted.")
    assert (handed_over / "01" / "audio.opus.age").read_bytes() != (kept.folder / "01" / "audio.opus.age").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name a recording"),
        (("abc", "--folder", "{folder}", "--identity", "{key}"), "and no ID"),
        (("--folder", "{folder}"), "give --folder and --identity"),
        (("--folder", "{folder}/none", "--identity", "{key}"), "There is no folder"),
        (("--folder", "{folder}", "--identity", "{folder}/none"), "cannot be read"),
        (("--folder", "{folder}", "--identity", "{key}"), "contains no age identity"),
    ],
)
def test_redact_reports_what_it_needs(tmp_path, run, arguments, said):
    key = tmp_path / "key.txt"
    key.write_text("age1notasecret\n")
    done = run(tmp_path, "redact", *(one.format(folder=tmp_path, key=key) for one in arguments))

    assert done.returncode == 2
    assert said in done.stderr
    assert one_line(done.stderr)
