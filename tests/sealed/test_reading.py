"""Reading a part: what there is of it, when it was last written, and what a disk that fails makes of it."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.reading import (
    PartSound,
    PartState,
    has_sound,
    is_being_written,
    last_written_wall,
    read_facts,
    read_part,
    sha256_of,
)

KEY = new_identity()
OPEN = PartFacts(offset_s=4.5)


def part(folder, *, audio=None, facts=None):
    """Write a part's files as they are given: bytes, or facts to be sealed to our key."""
    if audio is not None:
        (folder / names.AUDIO).write_bytes(audio)
    if facts is not None:
        (folder / names.FACTS).write_bytes(seal(facts.to_json(), [KEY.recipient]))
    return folder


def written_at(path, wall):
    path.write_bytes(b"")
    os.utime(path, (0, wall))


def test_the_last_write_is_the_latest_of_the_sound_and_its_tails(tmp_path):
    written_at(tmp_path / names.AUDIO, 100.0)
    assert last_written_wall(tmp_path) == 100.0

    written_at(tmp_path / "tail-0-1.age", 99.0)
    assert last_written_wall(tmp_path) == 100.0
    written_at(tmp_path / "tail-0-2.age", 107.5)
    assert last_written_wall(tmp_path) == 107.5


def test_facts_and_other_files_say_nothing_of_the_last_write(tmp_path):
    written_at(tmp_path / names.FACTS, 500.0)
    assert last_written_wall(tmp_path) is None

    written_at(tmp_path / "tail-0-2.age", 3.0)
    assert last_written_wall(tmp_path) == 3.0


def test_a_part_that_is_not_there_was_never_written(tmp_path):
    assert last_written_wall(tmp_path / "01") is None


def test_a_tail_deleted_while_it_is_looked_at_is_passed_over(tmp_path, monkeypatch):
    written_at(tmp_path / names.AUDIO, 100.0)
    path = tmp_path / "tail-0-1.age"
    monkeypatch.setattr(names, "tails", lambda _folder: [(names.TailName(0, 1), path)])

    assert last_written_wall(tmp_path) == 100.0


def test_a_part_has_sound_once_its_file_is_there(tmp_path):
    assert has_sound(tmp_path) is False
    assert has_sound(part(tmp_path, audio=b"")) is True


def test_a_part_is_being_written_while_its_lock_is_held(tmp_path):
    assert is_being_written(tmp_path) is False
    lock = FileLock(tmp_path / names.LOCK)
    assert lock.try_acquire()
    assert is_being_written(tmp_path) is True
    lock.release()
    assert is_being_written(tmp_path) is False


def test_the_sha_256_is_that_of_the_sealed_file(tmp_path):
    assert sha256_of(part(tmp_path, audio=b"sealed")) == hashlib.sha256(b"sealed").hexdigest()


def test_facts_are_read_and_told_apart_from_missing_damaged_and_foreign_ones(tmp_path):
    assert read_facts(tmp_path, [KEY.secret]) == (None, False)
    assert read_facts(part(tmp_path, facts=OPEN), [KEY.secret]) == (OPEN, False)
    assert read_facts(tmp_path, [new_identity().secret]) == (None, True)
    (tmp_path / names.FACTS).write_bytes(b"age-encryption.org/v1\n")
    assert read_facts(tmp_path, [KEY.secret]) == (None, False)


@pytest.mark.parametrize(("ogg", "first"), [(b"begin", (Piece(0, b"begin"),)), (b"", ())])
def test_the_pieces_of_a_part_are_its_beginning_and_those_after_a_loss(ogg, first):
    further = (Piece(65_536, b"after"),)

    assert PartSound(ogg, None, PartState.DAMAGED, further).pieces == (*first, *further)


@pytest.mark.parametrize(("held", "state"), [(False, PartState.COMPLETE), (True, PartState.IN_USE)])
def test_a_part_whose_first_reading_fails_is_read_again_at_once(tmp_path, monkeypatch, held, state):
    part(tmp_path, audio=seal(b"sound", [KEY.recipient]), facts=OPEN)
    lock = FileLock(tmp_path / names.LOCK)
    assert not held or lock.try_acquire()
    real, refused = Path.open, []

    def refuse_once(path, *arguments, **more):
        if path.name == names.AUDIO and not refused:
            refused.append(path)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse_once)

    assert read_part(tmp_path, [KEY.secret]) == PartSound(b"sound", OPEN, state)
    lock.release()


def test_sound_sealed_to_another_key_beside_open_facts_of_ours_is_damage(tmp_path):
    part(tmp_path, audio=seal(b"sound", [new_identity().recipient]), facts=OPEN)

    assert read_part(tmp_path, [KEY.secret]) == PartSound(b"", OPEN, PartState.DAMAGED)


def test_facts_sealed_to_another_key_without_sound_are_a_wrong_key(tmp_path):
    part(tmp_path, facts=OPEN)

    with pytest.raises(Trouble) as caught:
        read_part(tmp_path, [new_identity().secret])
    assert caught.value.code is TroubleCode.WRONG_KEY


def test_a_sound_that_cannot_be_opened_at_all_is_reported_with_its_folder(tmp_path):
    (tmp_path / names.AUDIO).mkdir()

    with pytest.raises(Trouble) as caught:
        read_part(tmp_path, [KEY.secret])
    assert (caught.value.code, caught.value.details) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(tmp_path / names.AUDIO)},
    )
