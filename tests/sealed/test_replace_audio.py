import errno
import os

import pytest
from sealed_recordings import SealedRecording, bytes_under

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names, replace_audio
from balint_desktop.sealed.keys import unseal
from balint_desktop.sealed.reading import PartState, read_part, sha256_of


@pytest.fixture
def kept(tmp_path):
    return SealedRecording(tmp_path / "recording").part(1, 3.0)


@pytest.fixture
def folder(kept):
    return kept.folder / "01"


def test_the_new_sound_is_in_place_and_the_old_one_awaits_overwriting(kept, folder):
    old = (folder / names.AUDIO).read_bytes()
    heard = []

    sha256 = replace_audio.swap_in(folder, b"new sound", kept.key, heard.append)

    assert heard == [sha256] == [sha256_of(folder)]
    assert unseal((folder / names.AUDIO).read_bytes(), [kept.key.secret]) == b"new sound"
    assert (folder / names.OUTGOING).read_bytes() == old
    assert replace_audio.needs_recovery(folder)

    replace_audio.delete_replaced(folder)

    assert sorted(path.name for path in folder.iterdir()) == [names.AUDIO, names.FACTS]
    assert not replace_audio.needs_recovery(folder)


def test_nothing_is_touched_before_the_log_records_it(kept, folder):
    before = bytes_under(folder)

    def refused(_sha256):
        raise Trouble(TroubleCode.DISK_FULL)

    with pytest.raises(Trouble):
        replace_audio.swap_in(folder, b"new sound", kept.key, refused)
    replace_audio.recover(folder)

    assert bytes_under(folder) == before


def test_a_full_disk_replaces_nothing_and_leaves_nothing(kept, folder, monkeypatch):
    before = bytes_under(folder)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "flush_to_disk", full)
    with pytest.raises(Trouble) as caught:
        replace_audio.swap_in(folder, b"new sound", kept.key, lambda _sha256: None)

    assert caught.value.code is TroubleCode.DISK_FULL
    assert bytes_under(folder) == before


def test_sound_that_does_not_read_back_never_replaces_the_old(kept, folder, monkeypatch):
    before = bytes_under(folder)
    monkeypatch.setattr(replace_audio, "unseal", lambda _data, _keys: b"something else")

    with pytest.raises(Trouble) as caught:
        replace_audio.swap_in(folder, b"new sound", kept.key, lambda _sha256: None)

    assert caught.value.code is TroubleCode.SEALED_DAMAGED
    assert bytes_under(folder) == before


def test_removing_a_second_hard_link_does_not_harm_the_sound(kept, folder):
    before = bytes_under(folder)
    os.link(folder / names.AUDIO, folder / names.OUTGOING)

    replace_audio.recover(folder)

    assert bytes_under(folder) == before
    assert read_part(folder, [kept.key.secret]).state is PartState.COMPLETE


def test_recovery_with_nothing_begun_changes_nothing(folder):
    before = bytes_under(folder)

    replace_audio.recover(folder)

    assert bytes_under(folder) == before


def test_the_tails_of_a_dead_recorder_are_erased_with_the_old_sound(kept, folder):
    tails = [folder / "tail-0-1.age", folder / "tail-65536-2.age"]
    for path in tails:
        path.write_bytes(b"the end of what was said")
    held = [path.open("rb") for path in (folder / names.AUDIO, *tails)]
    replace_audio.swap_in(folder, b"new sound", kept.key, lambda _sha256: None)
    assert all(path.exists() for path in tails)

    replace_audio.delete_replaced(folder)

    left = [file.read() for file in held]
    for file in held:
        file.close()
    assert [set(data) for data in left] == [{0}, {0}, {0}]
    assert sorted(path.name for path in folder.iterdir()) == [names.AUDIO, names.FACTS]
