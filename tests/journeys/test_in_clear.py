"""No session data is unencrypted in any file written meanwhile, wherever, and however short-lived."""

from __future__ import annotations

import random
import re
import subprocess
import wave

import numpy as np
import pytest
from journeys.conftest import PLANTED

from balint_desktop.domain.clock import SystemClock
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault

pytestmark = [pytest.mark.journey, pytest.mark.audio, pytest.mark.xdist_group("rehearsal")]
WORDS = ("Rehearsal group", "the student support line", "the voice was a machine")
# Typed into the sealed roster, shown in the window for a moment, and hidden again.
NAMES = ("Someone by the window", "ask at the ward desk")
EXPORTED, PLAYED, PICTURES = "recording.opus", "what-was-played.wav", ".png"
# Eight consecutive samples, none silent: they appear nowhere by chance.
_SAMPLES, _PIECES = 8, 400


def forms(text):
    """Return the forms in which a file may hold a text."""
    return [text.encode(), text.encode("utf-16-le")]


@pytest.fixture(scope="module")
def written(rehearsed):
    if rehearsed.files is None or rehearsed.calls is None:
        pytest.skip("not run: watching every file needs root, and strace")
    # The trace knows which processes had ended by then.
    rehearsed.files.leave_out(int(pid) for pid in re.findall(r"^(\d+) ", rehearsed.calls, re.MULTILINE))
    return rehearsed.files


@pytest.fixture(scope="module")
def keys(rehearsed):
    """Return every key of the vault, as text and as raw bytes."""
    secret = secret_by_passphrase(rehearsed.vault, rehearsed.passphrase)
    vault_keys = [one.secret for one in secret.identities]
    keys = [*vault_keys, read_key(rehearsed.recording, vault_keys).secret, "AGE-SECRET-KEY-1", secret.log_key]
    return [*(form for key in keys for form in forms(key)), bytes.fromhex(secret.log_key)]


@pytest.fixture(scope="module")
def pieces_of_sound(rehearsed):
    """Return the microphone's input, bit for bit, in short pieces."""
    with wave.open(str(rehearsed.folder / PLAYED)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    loud = [at for at in range(0, len(samples) - _SAMPLES, _SAMPLES) if np.abs(samples[at : at + _SAMPLES]).min() > 99]
    return [samples[at : at + _SAMPLES].tobytes() for at in random.Random(1).sample(loud, _PIECES)]


def test_the_watch_recorded_what_was_written(written, rehearsed):
    """Including files deleted a moment later: a planted file, and every tail of the recording."""
    paths = {one.path for one in written.written}

    assert written.holding(forms(PLANTED)) == {str(rehearsed.folder.parent / "planted")}
    assert str(rehearsed.vault / "log.db-wal") in paths
    assert len({path for path in paths if "/tail-" in path}) > 10
    assert str(rehearsed.recording / "01" / "audio.opus.age") in paths


def test_no_word_name_passphrase_or_key_appears_in_any_file(written, rehearsed, keys):
    secrets = [form for text in (*WORDS, rehearsed.passphrase) for form in forms(text)]

    assert written.holding([*secrets, *keys]) == set()


def test_no_name_of_the_roster_appears_in_any_file_and_its_sealed_file_was_written(written, rehearsed):
    """Nor is one in the exports by code: the exported recording, and what the window printed."""
    assert written.holding([form for text in NAMES for form in forms(text)]) == set()
    assert any("/roster/" in path for path in {one.path for one in written.written})
    assert not any(text in rehearsed.said + rehearsed.errors for text in NAMES)


def test_the_roster_holds_the_name_and_no_column_of_the_log_does(rehearsed):
    vault = OpenVault(rehearsed.vault, secret_by_passphrase(rehearsed.vault, rehearsed.passphrase), SystemClock())
    (group,) = vault.log.groups.groups()
    people = [(person.name, person.contact) for person in vault.rosters.read(group.id).people]
    tables = [name for (name,) in vault.log._database.run("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = repr([vault.log._database.run(f'SELECT * FROM "{table}"') for table in tables])
    vault.close()

    assert people == [NAMES]
    assert WORDS[0] in found
    assert not any(text in found for text in NAMES)


def test_no_sound_is_in_any_file_except_the_export(written, rehearsed, pieces_of_sound):
    """Neither encoded nor as samples. The search finds it in the played sound and in the export."""
    export = str(rehearsed.folder / EXPORTED)
    encoded = written.holding([b"OggS", b"OpusHead"])

    # It is written beside its destination, and renamed once it is complete.
    assert encoded
    assert {re.sub(r"/\.(recording\.opus)\.[0-9a-f]+\.unfinished$", r"/\1", path) for path in encoded} == {export}
    assert written.holding(pieces_of_sound) == {str(rehearsed.folder / PLAYED)}
    decode = ["ffmpeg", "-v", "error", "-i", export, "-f", "s16le", "-"]
    heard = np.frombuffer(subprocess.run(decode, capture_output=True, check=True).stdout, "<i2")
    assert np.sqrt(np.mean(np.square(heard / 32768.0))) > 0.01


def test_nothing_was_written_to_an_unexpected_place(written, rehearsed):
    """Outside the rehearsal's own folder and its private sound server it wrote no file."""
    allowed = (str(rehearsed.folder.parent), "/tmp/microphone-", "/tmp/.X", "/tmp/balint-")  # noqa: S108  looked at
    elsewhere = [one for one in written.written if not one.path.startswith(allowed)]

    # Python writes this word to find a folder for temporary files, and deletes it.
    unknown = {one.path for one in elsewhere if written.contents[one.digest] not in {b"blat", b""}}
    assert {path for path in unknown if not is_the_systems(path)} == set()


def is_the_systems(path):
    """Return whether it belongs to the desktop and its libraries, which are searched with the rest."""
    return bool(
        re.search(
            r"/fontconfig/|\.xkm$|/\.X11-unix|mesa_shader_cache|/pulse-|/pulse/cookie$|/dev/shm/jack"
            r"|/dev/(null|pts|ptmx|tty)",
            path,
        )
    )


def test_shared_memory_holds_only_the_logs_index_and_the_sound_server(rehearsed, written):
    """Only the trace shows a file written through mapped memory."""
    mapped = re.findall(
        r"mmap\([^,]+, \d+, (?:PROT_READ\|)?PROT_WRITE[^,]*, MAP_SHARED[^,]*, \d+<([^>]+)>", rehearsed.calls
    )
    names = {re.sub(r" \(deleted\)$", "", path).rsplit("/", 1)[-1].split(":")[-1] for path in mapped}

    assert "log.db-shm" in names
    # The sound server shares memory with recorders, the screen with windows; JACK has a list of clients.
    assert {name for name in names if not re.match(r"pulse|xorg|xshmfence|__db\.", name)} == {"log.db-shm"}


def test_the_stored_log_opens_only_with_its_key(rehearsed, keys):
    vault = OpenVault(rehearsed.vault, secret_by_passphrase(rehearsed.vault, rehearsed.passphrase), SystemClock())
    (group,) = vault.log.groups.groups()
    vault.close()

    assert group.name == WORDS[0]
    assert group.name.encode() not in (rehearsed.vault / "log.db").read_bytes()
