"""A sealed folder is replaced by one under another key: what became of it is told apart, and nothing is lost."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.recording import create_recording
from balint_desktop.vault.folder_rewrite import FolderRewrite, Swap, roll_back_others

OURS, STRANGER = new_identity(), new_identity()


@pytest.fixture
def rewrite(tmp_path):
    return FolderRewrite(tmp_path / "texts" / "one", tmp_path / "texts-rewritten" / "one")


def make(folder, words, reader=OURS):
    key = create_recording(folder, [reader.recipient])
    (folder / "text.age").write_text(words)
    return key


def words_in(folder):
    return (folder / "text.age").read_text()


def test_the_new_folder_is_in_its_place_and_the_old_one_is_nowhere(rewrite):
    make(rewrite.place, "old")
    new = make(rewrite.begin(), "new")

    assert rewrite.swap_in(new.recipient, [OURS]) is Swap.DONE
    assert words_in(rewrite.place) == "new"
    assert list(rewrite.staging.iterdir()) == []
    # Called again, as after a kill, it finds its own work.
    assert rewrite.swap_in(new.recipient, [OURS]) is Swap.DONE
    rewrite.end()
    assert not rewrite.staging.exists()


def test_the_first_folder_of_a_recording_needs_no_old_one(rewrite):
    new = make(rewrite.begin(), "new")

    assert rewrite.swap_in(new.recipient, [OURS]) is Swap.DONE
    assert words_in(rewrite.place) == "new"


def test_one_that_is_nowhere_is_lost_whether_another_is_in_its_place_or_none(rewrite):
    assert rewrite.swap_in("age1new", [OURS]) is Swap.LOST
    make(rewrite.place, "of a backup")

    assert rewrite.swap_in("age1new", [OURS]) is Swap.LOST
    assert words_in(rewrite.place) == "of a backup"


def test_one_that_does_not_open_here_cannot_be_told_and_is_left_with_the_old_one(rewrite):
    new = make(rewrite.place, "sealed to a stranger", STRANGER)
    make(rewrite.staging / "old", "old")

    assert rewrite.swap_in(new.recipient, [OURS]) is Swap.LOCKED
    assert words_in(rewrite.staging / "old") == "old"
    assert rewrite.swap_in(new.recipient, [STRANGER]) is Swap.DONE
    assert not (rewrite.staging / "old").exists()


def test_a_damaged_key_is_reported_and_both_folders_stay(rewrite):
    make(rewrite.place, "in its place")
    make(rewrite.staging / "old", "old")
    (rewrite.place / "key.age").write_bytes(b"not sealed")

    with pytest.raises(Trouble) as raised:
        rewrite.swap_in("age1new", [OURS])
    assert raised.value.code is TroubleCode.SEALED_DAMAGED
    assert (words_in(rewrite.place), words_in(rewrite.staging / "old")) == ("in its place", "old")


def test_without_an_intent_the_old_folder_comes_back_and_the_new_one_goes(rewrite):
    make(rewrite.staging / "old", "old")
    make(rewrite.new, "new")
    rewrite.roll_back()

    assert words_in(rewrite.place) == "old"
    assert not rewrite.staging.exists()


def test_an_old_folder_is_not_put_over_one_that_is_in_the_place(rewrite):
    make(rewrite.place, "in its place")
    make(rewrite.staging / "old", "old")
    rewrite.roll_back()

    assert words_in(rewrite.place) == "in its place"
    assert not rewrite.staging.exists()


def test_only_what_no_intent_names_is_rolled_back(tmp_path):
    def rewrite_of(recording):
        return FolderRewrite(tmp_path / "texts" / recording, tmp_path / "rewritten" / recording)

    roll_back_others(tmp_path / "rewritten", (), rewrite_of)
    for recording in ("known", "unknown"):
        make(rewrite_of(RecordingId(recording)).begin(), recording)
    roll_back_others(tmp_path / "rewritten", {RecordingId("known")}, rewrite_of)

    assert [path.name for path in (tmp_path / "rewritten").iterdir()] == ["known"]
    assert words_in(rewrite_of(RecordingId("known")).new) == "known"
