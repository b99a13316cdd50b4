"""Bad input in the real window: one clear sentence for each, nothing lost, and the session or the vault continues.

Everything below the window is real: children, PortAudio, sealed files, the log. A substitute for a microphone or a
disk is described where it is used. The command line's bad input is in tests/cli/test_bad_input.py.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import bad_vaults
import pytest
from bad_microphones import BadSound, bad_sound
from kept_vaults import Kept, keep_session
from PySide6.QtWidgets import QComboBox
from real_window import opened, window_on
from small_disk import small_disk
from vaults import PASSPHRASE
from virtual_microphone import find, microphone, samples, spoken, voice

from balint_desktop import resources
from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed.reading import read_part

__all__ = ["bad_sound", "microphone", "small_disk", "spoken", "voice", "window_on"]
pytestmark = pytest.mark.journey

NOT_WRITABLE = (
    "The disk is read-only.",
    "Everything sealed so far is safe.",
    "Choose a folder on another disk.",
)
FULL = ("The disk is full.", "Everything sealed so far is safe.", "Free up some space on this disk, then continue.")
GOES_ON = "Free up some space on this disk. Recording then resumes by itself."


# --- the vault, at its gate ---


class SecondCopy:
    """Another process that has the vault open."""

    _HOLD = (
        "import sys, pathlib; from balint_desktop.sealed.lock import FileLock;"
        " print(FileLock(pathlib.Path(sys.argv[1])).try_acquire(), flush=True); sys.stdin.read()"
    )

    def __init__(self, made):
        command = [sys.executable, "-c", self._HOLD, str(made.folder / "in-use")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout.readline() == "True\n"

    def close(self):
        self._process.communicate()


@dataclass
class Vault:
    """A stored vault with a defect, and its repair."""

    kept: Kept
    typed: str = PASSPHRASE

    def __post_init__(self):
        self.made = self.kept.made
        self._whole = self.kept.data.with_name("whole")
        shutil.copytree(self.kept.data, self._whole)

    def spoil(self, spoiling):
        spoiling(self.made)
        return self.put_right

    def put_right(self):
        """Follow the sentence's advice: restore a file from a backup."""
        shutil.rmtree(self.kept.data)
        shutil.copytree(self._whole, self.kept.data)

    def mistype(self):
        self.typed = PASSPHRASE.upper()
        return lambda: None

    def open_elsewhere(self):
        return SecondCopy(self.made).close


AT_THE_GATE = {
    "a wrong passphrase": (
        Vault.mistype,
        "That is not this vault’s passphrase.",
        "Nothing was changed.",
        "Try again. Capital letters and spaces matter.",
    ),
    "a missing vault file": (
        lambda vault: vault.spoil(bad_vaults.lose_passphrase_file),
        "The vault’s file passphrase.age is missing, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    "a damaged vault file": (
        lambda vault: vault.spoil(bad_vaults.damage_passphrase_file),
        "The vault’s file passphrase.age is damaged, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    "a missing log": (
        lambda vault: vault.spoil(bad_vaults.lose_log),
        "The log is missing from the vault.",
        "The recordings are separate files and still open.",
        "Restore the file log.db from a backup.",
    ),
    "a damaged log": (
        lambda vault: vault.spoil(bad_vaults.damage_log),
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Restore the log from a backup.",
    ),
    "a data folder from a newer version": (
        lambda vault: vault.spoil(bad_vaults.write_as_a_newer_version),
        "This vault was written by a newer version of the app.",
        "Nothing was changed.",
        "Install the newer version to open it.",
    ),
    "a second copy of the app": (
        Vault.open_elsewhere,
        "The vault in {vault} is already open in another window.",
        "Nothing was changed.",
        "Use that window, or close it first.",
    ),
}


@pytest.mark.parametrize("situation", AT_THE_GATE)
def test_a_defect_of_the_vault_is_reported_and_the_vault_opens_once_repaired(window_on, tmp_path, situation):
    arrange, *sentence = AT_THE_GATE[situation]
    vault = Vault(keep_session(tmp_path / "data", redacted=False))
    put_right = arrange(vault)
    before = bad_vaults.files(vault.kept.data)
    window = window_on(vault.kept.data)

    window.unlock(vault.typed)

    assert window.reads("unlock-problem") == " ".join(sentence).format(vault=vault.made.folder)
    assert bad_vaults.files(vault.kept.data) == before

    put_right()
    window.unlock()
    window.press("place-log")
    window.find_any("log-open")


@pytest.mark.parametrize("spoiling", [bad_vaults.lose_passphrase_file, bad_vaults.damage_passphrase_file])
def test_the_recovery_key_opens_a_vault_without_its_passphrase_file(window_on, tmp_path, spoiling):
    kept = keep_session(tmp_path / "data", redacted=False)
    spoiling(kept.made)
    before = bad_vaults.files(kept.data)
    window = window_on(kept.data)

    window.press("unlock-other-way")
    window.unlock(kept.made.recovery_key)

    assert "set a new one in Settings" in window.reads("banner-words")
    window.press("place-log")
    window.find_any("log-open")
    assert {name: sealed for name, sealed in before.items() if name in bad_vaults.files(kept.data)} == before


def test_a_vault_on_a_read_only_disk_is_open_for_reading_and_says_so(window_on, tmp_path, small_disk):
    kept = keep_session(small_disk.folder / "data", redacted=False)
    small_disk.set_read_only()
    before = bad_vaults.files(small_disk.folder)
    window = window_on(kept.data)

    window.unlock()

    assert "open for reading only" in window.reads("banner-words")
    window.press("place-log")
    window.find_any("log-open")
    window.close()
    assert bad_vaults.files(small_disk.folder) == before
    small_disk.set_read_only(read_only=False)


# --- making a vault ---


def choose_a_passphrase(window):
    window.press("set-up")
    window.type("passphrase-first", PASSPHRASE)
    window.type("passphrase-second", PASSPHRASE)
    window.wait("passphrase-strength", lambda: bool(window.reads("passphrase-strength")))
    window.press("passphrase-next")
    window.wait("an answer", lambda: window.sees("banner-words") or window.sees("recovery-next"))


def test_no_vault_is_created_in_a_folder_without_write_permission(window_on):
    # Not by removing permissions: a test running as root would write there all the same.
    window = window_on(Path("/proc/nothing-here"))

    choose_a_passphrase(window)

    assert window.reads("banner-words") == (
        "The folder /proc is not writable. Nothing was lost."
        " Choose a folder of your own, or ask the person who manages this computer."
    )


DISKS = {
    "a full disk": (
        lambda disk: disk.fill(),
        lambda disk: disk.make_room(),
        *FULL,
    ),
    "a disk that cannot be written to": (
        lambda disk: disk.set_read_only(),
        lambda disk: disk.set_read_only(read_only=False),
        *NOT_WRITABLE,
    ),
}


@pytest.mark.parametrize("situation", DISKS)
def test_a_disk_error_prevents_creating_a_vault_until_it_is_over(window_on, small_disk, situation):
    arrange, put_right, *sentence = DISKS[situation]
    arrange(small_disk)
    before = bad_vaults.files(small_disk.folder)
    window = window_on(small_disk.folder / "data")

    choose_a_passphrase(window)

    assert window.reads("banner-words") == " ".join(sentence)
    assert not (window.data / "vault").exists()
    assert {name: there for name, there in bad_vaults.files(small_disk.folder).items() if name in before} == before

    put_right(small_disk)
    window.press("passphrase-next")
    window.find_any("recovery-next")


# --- the microphone ---

MICROPHONES = {
    "no microphone": (
        BadSound.without_any,
        "No microphone was found.",
        "The clock and the prompts work without one.",
        "Plug one in, close any program that may be using it, or continue without recording.",
    ),
    "a sound server that is not there": (
        BadSound.without_a_server,
        "No microphone was found.",
        "The clock and the prompts work without one.",
        "Plug one in, close any program that may be using it, or continue without recording.",
    ),
    "a microphone that ALSA does not list, since another program holds it": (
        BadSound.held,
        "No microphone was found.",
        "The clock and the prompts work without one.",
        "Plug one in, close any program that may be using it, or continue without recording.",
    ),
    "a microphone that only does 44.1 kHz": (
        BadSound.with_one_rate,
        "This microphone cannot record at 48 kHz.",
        "Nothing was lost.",
        "Choose the system’s default microphone or another one.",
    ),
}


@pytest.mark.audio
@pytest.mark.parametrize("situation", MICROPHONES)
def test_without_a_usable_microphone_the_session_continues_unrecorded(window_on, tmp_path, bad_sound, situation):
    arrange, *sentence = MICROPHONES[situation]
    arrange(bad_sound)
    kept = keep_session(tmp_path / "data", redacted=False)
    recordings = bad_vaults.files(kept.made.folder / "recordings")
    window = window_on(kept.data)
    window.unlock()
    window.get_ready()

    window.wait("its sentence", lambda: window.reads("microphone-problem") not in {"", "Looking for a microphone…"})
    assert window.reads("microphone-problem") == " ".join(sentence)
    assert window.reads("recording-available") == "Recording not available today"

    window.press("open-room")
    window.press("begin")
    assert window.reads("recording-words") == "Not recording"
    assert not window.sees("recording-start")
    window.lead_to_the_end()
    window.debrief()
    window.close()

    assert bad_vaults.files(kept.made.folder / "recordings") == recordings
    with opened(kept) as vault:
        session = vault.log.sessions.sessions()[0]
        assert session.closed
        kinds = [fact.kind for fact in vault.log.sessions.facts(session.id)]
        assert kinds == ["began", "prompts-on", *["step-taken"] * 6, "ended"]
        assert vault.log.audit.broken_at() is None


@pytest.mark.audio
def test_a_busy_microphone_is_reported_before_and_in_the_session_and_used_once_free(window_on, tmp_path, bad_sound):
    held = bad_sound.busy()
    kept = keep_session(tmp_path / "data", redacted=False)
    before = bad_vaults.files(kept.made.folder / "recordings")
    sentence = (
        "Another program is using the microphone. Nothing was lost. Close that program, or choose another microphone."
    )
    window = window_on(kept.data)
    window.unlock()
    window.get_ready()
    window.wait("its sentence", lambda: window.reads("microphone-problem") == sentence)

    window.press("open-room")
    window.press("begin")
    window.start_recording()
    window.wait("its sentence", lambda: window.sees("recording-trouble"))
    assert window.reads("recording-trouble") == sentence
    assert window.reads("recording-words") == "Not recording"
    window.press("step")
    assert window.reads("phase-title") == "Call for a case"

    held.unlink()
    window.start_recording()
    window.find_any("recording-pause")
    # The microphone is silent here: by now that may have been reported too.
    assert not window.sees("recording-trouble") or window.reads("recording-trouble") != sentence
    window.lead_to_the_end()
    window.stop_recording()
    window.debrief()
    window.close()

    after = bad_vaults.files(kept.made.folder / "recordings")
    assert {name: sealed for name, sealed in after.items() if name in before} == before
    with opened(kept) as vault:
        assert conditions(vault) == ["complete", "complete"]


@pytest.mark.audio
def test_a_44100_hertz_microphone_behind_a_sound_server_is_recorded_properly(window_on, tmp_path, microphone, spoken):
    give_44100_hertz(microphone)
    kept = keep_session(tmp_path / "data", redacted=False)
    window = window_on(kept.data)
    window.unlock()
    window.get_ready()
    window.wait("a microphone", lambda: window.sees("open-room-without"))
    window.press("open-room")
    window.press("begin")
    window.start_recording()
    window.find_any("recording-pause")
    playing = microphone.play(spoken)
    window.wait("the voice's end", lambda: playing.poll() is not None)
    window.lead_to_the_end()
    window.stop_recording()
    window.debrief()
    window.close()

    with opened(kept) as vault:
        recorded = newest_sound(vault)
    _, alike = find(samples(spoken), recorded)
    assert alike > 0.9


def give_44100_hertz(microphone):
    """Let the sound server's only microphone support only 44.1 kHz."""
    microphone.unplug()
    ask = ["pactl", "load-module"]
    for module in (
        ("module-null-sink", "sink_name=cable", "rate=44100", "channels=2", "norewinds=1"),
        (
            "module-remap-source",
            "source_name=mic",
            "master=cable.monitor",
            "rate=44100",
            "channels=1",
            "remix=no",
            "master_channel_map=front-left",
            "channel_map=mono",
        ),
    ):
        subprocess.run([*ask, *module], env=dict(microphone.environment), check=True, capture_output=True)
    listing = ["pactl", "list", "short", "sources"]
    listed = subprocess.run(
        listing,
        env=dict(microphone.environment),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert listed
    assert all("44100Hz" in line for line in listed)


def conditions(vault):
    """Return the condition of each recording, newest first, after verifying every byte."""
    shelf = RecordingService(vault, open_pcm, encode_pcm)
    return [shelf.verify(sources).condition.value for sources in shelf.sources()]


def newest_sound(vault):
    """Return the newest recording's sound."""
    row = vault.log.recordings.recordings()[0]
    key = vault.recording_key(row.id)
    part = read_part(vault.part_folder(row.id, row.parts[-1].part), [key.secret])
    return samples(part.ogg)


# --- a disk that fills up in a session ---


@pytest.mark.audio
def test_a_disk_that_fills_up_is_reported_and_sound_before_and_after_is_saved(window_on, small_disk, microphone, voice):
    kept = keep_session(small_disk.folder / "data", redacted=False)
    before = bad_vaults.files(kept.made.folder / "recordings")
    window = window_on(kept.data)
    window.unlock()
    window.get_ready()
    window.wait("a microphone", lambda: window.sees("open-room-without"))
    window.press("open-room")
    window.press("begin")
    window.press("step")
    window.start_recording()
    window.find_any("recording-pause")
    microphone.play(spoken)
    session = window.desktop.session.flow.session
    window.wait("two seconds sealed", lambda: session.recording.controller.status.sealed_s > 2.0)
    small_disk.fill()

    window.press("step")

    assert window.reads("notice-trouble") == " ".join(FULL)
    assert window.reads("phase-title") == "Call for a case"
    # Low disk space may have been reported before.
    full = " ".join((*FULL[:2], GOES_ON))
    window.wait("its line", lambda: window.sees("recording-trouble") and window.reads("recording-trouble") == full)
    assert window.reads("recording-words") == "Not recording now"

    small_disk.make_room()
    window.press("step")
    assert window.reads("phase-title") == "Presenting the case"
    window.find_any("recording-pause")
    assert "not recorded" in window.reads("notice-gap")
    window.wait("its line's end", lambda: not window.sees("recording-trouble"))
    window.lead_to_the_end()
    window.stop_recording()
    window.debrief()
    window.close()

    after = bad_vaults.files(kept.made.folder / "recordings")
    assert {name: sealed for name, sealed in after.items() if name in before} == before
    with opened(kept) as vault:
        session = vault.log.sessions.sessions()[0]
        kinds = [fact.kind for fact in vault.log.sessions.facts(session.id)]
        assert kinds.count("step-taken") == 6
        assert kinds.count("recording-started") == 2
        assert kinds.count("recording-lost") == 1
        assert vault.log.audit.broken_at() is None
        assert set(conditions(vault)) <= {"complete", "interrupted"}


# --- a format file ---


def test_a_broken_format_file_is_reported_with_line_and_reason_and_another_can_be_used(window_on, tmp_path):
    kept = keep_session(tmp_path / "data", redacted=False)
    file = kept.data / "formats" / "our-hour.toml"
    file.parent.mkdir()
    sound = resources.text("formats/student-hour.toml").replace('key = "student-hour"', 'key = "our-hour"', 1)
    sound = sound.replace('name = "Student hour"', 'name = "Our hour"', 1)
    file.write_text(sound.replace("until = 3\n", "until = 4\n", 1), encoding="utf-8")
    with opened(kept) as vault:
        (group,) = vault.log.groups.groups()
        vault.log.groups.save_group(replace(group, format_key="our-hour"))
    before = file.read_bytes()
    sentence = (
        "The session format our-hour.toml cannot be used: line 36, this phase begins at minute 3, but the one before it"
        " ends at minute 4. The other formats are unaffected. Correct that line, or choose another format."
    )
    window = window_on(kept.data)
    window.unlock()

    window.press("place-settings")
    window.press("settings-parts-formats")
    assert window.reads("format-our-hour.toml-problem") == sentence
    window.press("place-today")
    window.get_ready()
    assert window.reads("banner-words") == sentence
    assert window.find(QComboBox, "ready-format").currentText() == "Student hour"
    assert file.read_bytes() == before

    file.write_text(sound, encoding="utf-8")
    window.press("ready-back")
    window.get_ready()
    assert not window.sees("banner-words")
    assert window.find(QComboBox, "ready-format").currentText() == "Our hour"
    window.press("open-room")
    window.press("begin")
    assert window.reads("phase-title") == "Open and frame"
