"""The fingerprint of a part: of its sound alone once it is closed, and of the tails a dead recorder left."""

from __future__ import annotations

import hashlib

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.fingerprint import compute_fingerprint, matches_fingerprint


def sha256(data):
    return hashlib.sha256(data).hexdigest()


SOUND = sha256(b"sealed sound")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / names.AUDIO).write_bytes(b"sealed sound")
    (tmp_path / names.FACTS).write_bytes(b"sealed facts")
    return tmp_path


def test_a_part_without_tails_has_the_fingerprint_of_its_sound(folder):
    assert compute_fingerprint(folder) == SOUND


def test_tails_are_listed_after_the_sound_by_name_and_fingerprint(folder):
    for name, data in (("tail-0-2.age", b"two"), ("tail-0-10.age", b"ten"), ("tail-65536-1.age", b"one")):
        (folder / name).write_bytes(data)
    listing = f"tail-0-10.age {sha256(b'ten')}\ntail-0-2.age {sha256(b'two')}\ntail-65536-1.age {sha256(b'one')}\n"

    assert compute_fingerprint(folder) == sha256(f"{SOUND}\n{listing}".encode())


def test_a_part_matches_the_fingerprint_of_its_sound_and_the_one_with_its_tails(folder):
    (folder / "tail-0-1.age").write_bytes(b"tail")
    whole = compute_fingerprint(folder)

    assert whole != SOUND
    assert matches_fingerprint(folder, SOUND) is True
    assert matches_fingerprint(folder, whole) is True
    assert matches_fingerprint(folder, sha256(b"another")) is False


def test_a_part_without_sound_matches_no_fingerprint(folder):
    (folder / names.AUDIO).unlink()

    assert matches_fingerprint(folder, SOUND) is False
    with pytest.raises(Trouble) as caught:
        compute_fingerprint(folder)
    assert (caught.value.code, caught.value.details) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(folder)})
