"""Nothing of a session is in clear in any file that was written meanwhile, wherever, and however short its life was."""

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
NAMES = ("Somebody by the window", "ask at the ward desk")
EXPORTED, PLAYED, PICTURES = "recording.opus", "what-was-played.wav", ".png"
# Eight samples in a row, none of them silent: by chance they stand nowhere.
_SAMPLES, _PIECES = 8, 400


def forms(text):
    """Return a text as a file may hold it."""
    return [text.encode(), text.encode("utf-16-le")]


@pytest.fixture(scope="module")
def written(rehearsed):
    if rehearsed.files is None or rehearsed.calls is None:
        pytest.skip("not run: watching every file needs root, and strace")
    # Who had ended by the time is known by the trace.
    rehearsed.files.leave_out(int(pid) for pid in re.findall(r"^(\d+) ", rehearsed.calls, re.MULTILINE))
    return rehearsed.files


@pytest.fixture(scope="module")
def keys(rehearsed):
    """Return every key of the vault, as text and as what the text stands for."""
    secret = secret_by_passphrase(rehearsed.vault, rehearsed.passphrase)
    vault_keys = [one.secret for one in secret.identities]
    keys = [*vault_keys, read_key(rehearsed.recording, vault_keys).secret, "AGE-SECRET-KEY-1", secret.log_key]
    return [*(form for key in keys for form in forms(key)), bytes.fromhex(secret.log_key)]


@pytest.fixture(scope="module")
def pieces_of_sound(rehearsed):
    """Return what the microphone heard, bit for bit, in short pieces."""
    with wave.open(str(rehearsed.folder / PLAYED)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    loud = [at for at in range(0, len(samples) - _SAMPLES, _SAMPLES) if np.abs(samples[at : at + _SAMPLES]).min() > 99]
    return [samples[at : at + _SAMPLES].tobytes() for at in random.Random(1).sample(loud, _PIECES)]


def test_the_watch_saw_what_was_written(written, rehearsed):
    """Also what was gone a moment later: a planted file, and every tail of the recording."""
    paths = {one.path for one in written.written}

    assert written.holding(forms(PLANTED)) == {str(rehearsed.folder.parent / "planted")}
    assert str(rehearsed.vault / "log.db-wal") in paths
    assert len({path for path in paths if "/tail-" in path}) > 10
    assert str(rehearsed.recording / "01" / "audio.opus.age") in paths


def test_no_word_name_passphrase_or_key_is_in_any_file(written, rehearsed, keys):
    secrets = [form for text in (*WORDS, rehearsed.passphrase) for form in forms(text)]

    assert written.holding([*secrets, *keys]) == set()


def test_no_name_of_the_roster_is_in_any_file_and_its_sealed_file_was_written(written, rehearsed):
    """Nor is one in what was taken out by code: the exported recording, and what the window printed."""
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


def test_no_sound_is_in_any_file_but_the_export(written, rehearsed, pieces_of_sound):
    """Neither encoded nor as samples. The search finds it in what was played, and in what was taken out."""
    export = str(rehearsed.folder / EXPORTED)
    encoded = written.holding([b"OggS", b"OpusHead"])

    # It is written beside its place, and gets its name once it is whole.
    assert encoded
    assert {re.sub(r"/\.(recording\.opus)\.[0-9a-f]+\.unfinished$", r"/\1", path) for path in encoded} == {export}
    assert written.holding(pieces_of_sound) == {str(rehearsed.folder / PLAYED)}
    decode = ["ffmpeg", "-v", "error", "-i", export, "-f", "s16le", "-"]
    heard = np.frombuffer(subprocess.run(decode, capture_output=True, check=True).stdout, "<i2")
    assert np.sqrt(np.mean(np.square(heard / 32768.0))) > 0.01


def test_nothing_was_written_where_nobody_would_look_for_it(written, rehearsed):
    """Beside the rehearsal's own folder and its private sound server there is no file of it anywhere."""
    allowed = (str(rehearsed.folder.parent), "/tmp/microphone-", "/tmp/.X", "/tmp/balint-")  # noqa: S108  looked at
    elsewhere = [one for one in written.written if not one.path.startswith(allowed)]

    # Python writes this word to see which folder it may put temporary files in, and takes it away.
    unknown = {one.path for one in elsewhere if written.contents[one.digest] not in {b"blat", b""}}
    assert {path for path in unknown if not is_the_systems(path)} == set()


def is_the_systems(path):
    """Tell what belongs to the desktop and its libraries, and is searched with the rest."""
    return bool(
        re.search(
            r"/fontconfig/|\.xkm$|/\.X11-unix|mesa_shader_cache|/pulse-|/dev/shm/jack|/dev/(null|pts|ptmx|tty)", path
        )
    )


def test_memory_that_others_map_is_the_logs_index_and_the_sound_servers(rehearsed, written):
    """A file that is written through memory is told by nobody but the trace."""
    mapped = re.findall(
        r"mmap\([^,]+, \d+, (?:PROT_READ\|)?PROT_WRITE[^,]*, MAP_SHARED[^,]*, \d+<([^>]+)>", rehearsed.calls
    )
    names = {re.sub(r" \(deleted\)$", "", path).rsplit("/", 1)[-1].split(":")[-1] for path in mapped}

    assert "log.db-shm" in names
    # The sound server shares its memory with who records, the screen with who paints; JACK keeps a list of clients.
    assert {name for name in names if not re.match(r"pulse|xorg|xshmfence|__db\.", name)} == {"log.db-shm"}


def test_the_log_of_what_is_kept_opens_with_its_key_alone(rehearsed, keys):
    vault = OpenVault(rehearsed.vault, secret_by_passphrase(rehearsed.vault, rehearsed.passphrase), SystemClock())
    (group,) = vault.log.groups.groups()
    vault.close()

    assert group.name == WORDS[0]
    assert group.name.encode() not in (rehearsed.vault / "log.db").read_bytes()
