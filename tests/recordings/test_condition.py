"""The condition of a part: at a glance from its facts, and in full from every byte and the log's fingerprint."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from sealed_recordings import SealedRecording
from sounds import opus

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.condition import is_changed, read_condition, read_whole_part
from balint_desktop.recordings.inputs import KnownPart
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import sha256_of

OTHER = "0" * 64


@pytest.fixture
def kept(tmp_path):
    return SealedRecording(tmp_path / "recording").part(1, 1.0)


@pytest.fixture
def folder(kept):
    return kept.folder / "01"


@pytest.fixture
def secrets(kept):
    return (kept.key.secret,)


def write_facts(kept, folder, facts):
    (folder / names.FACTS).write_bytes(seal(facts.to_json(), [kept.key.recipient]))


# --- at a glance ---


def test_a_closed_part_is_complete_at_a_glance(folder, secrets):
    assert read_condition(folder, secrets, KnownPart()) is Condition.COMPLETE
    assert read_condition(folder, secrets, KnownPart(unknown=True)) is Condition.UNKNOWN


def test_a_part_whose_recorder_died_is_interrupted_at_a_glance(kept, secrets):
    kept.killed_part(2, 3.0)

    assert read_condition(kept.folder / "02", secrets, KnownPart()) is Condition.INTERRUPTED


@pytest.mark.parametrize(
    ("audio", "condition"), [(None, Condition.EMPTY), (b"", Condition.EMPTY), (b"x", Condition.DAMAGED)]
)
def test_sound_without_facts_is_damage_at_a_glance_and_a_part_without_both_is_empty(tmp_path, audio, condition):
    if audio is not None:
        (tmp_path / names.AUDIO).write_bytes(audio)

    assert read_condition(tmp_path, (), KnownPart()) is condition


def test_facts_that_do_not_open_are_damage_at_a_glance(folder):
    assert read_condition(folder, (new_identity().secret,), KnownPart()) is Condition.DAMAGED


@pytest.mark.parametrize(("closed", "condition"), [(True, Condition.DAMAGED), (False, Condition.INTERRUPTED)])
def test_facts_without_sound_are_damage_only_if_they_are_closed(kept, folder, secrets, closed, condition):
    (folder / names.AUDIO).unlink()
    write_facts(kept, folder, PartFacts(0.0, closed=closed))

    assert read_condition(folder, secrets, KnownPart()) is condition


# --- in full ---


def test_a_whole_part_is_complete_with_its_sound_and_facts(folder, secrets):
    part = read_whole_part(folder, secrets, KnownPart(sha256_of(folder), 1.0))

    assert part.condition is Condition.COMPLETE
    assert (part.playable.ogg, part.playable.damaged, part.facts.seconds) == (opus(1.0, 440.0), (), 1.0)


def test_a_part_that_the_log_does_not_have_is_unknown(folder, secrets):
    assert read_whole_part(folder, secrets, KnownPart(unknown=True)).condition is Condition.UNKNOWN


def test_a_part_that_a_recorder_holds_is_in_use(folder, secrets):
    lock = FileLock(folder / names.LOCK)
    assert lock.try_acquire()

    assert read_whole_part(folder, secrets, KnownPart()).condition is Condition.IN_USE
    lock.release()


def test_sound_whose_facts_are_missing_is_damaged(folder, secrets):
    (folder / names.FACTS).unlink()

    part = read_whole_part(folder, secrets, KnownPart(sha256_of(folder)))

    assert (part.condition, part.facts, part.playable.ogg) == (Condition.DAMAGED, None, opus(1.0, 440.0))


def test_a_part_with_another_fingerprint_than_the_logs_is_changed(folder, secrets):
    assert read_whole_part(folder, secrets, KnownPart(OTHER)).condition is Condition.CHANGED


@pytest.mark.parametrize(
    ("cutting", "condition"), [(frozenset(), Condition.CHANGED), (frozenset({OTHER}), Condition.COMPLETE)]
)
def test_facts_of_other_sound_are_a_change_except_while_a_redaction_is_under_way(
    kept, folder, secrets, cutting, condition
):
    write_facts(kept, folder, PartFacts(0.0, seconds=1.0, closed=True, sha256=OTHER))

    known = KnownPart(sha256_of(folder), 1.0, cutting=cutting)

    assert read_whole_part(folder, secrets, known).condition is condition


@pytest.mark.parametrize("facts", [PartFacts(0.0, sha256=OTHER), PartFacts(0.0, closed=True)])
def test_open_facts_and_facts_without_a_fingerprint_contradict_no_sound(kept, folder, secrets, facts):
    write_facts(kept, folder, facts)

    assert read_whole_part(folder, secrets, KnownPart()).condition is Condition.COMPLETE


def test_a_part_whose_recorder_died_is_interrupted_with_sound_and_empty_without(kept, secrets, tmp_path):
    kept.killed_part(2, 3.0)
    (tmp_path / "03").mkdir()

    assert read_whole_part(kept.folder / "02", secrets, KnownPart()).condition is Condition.INTERRUPTED
    assert read_whole_part(tmp_path / "03", secrets, KnownPart()).condition is Condition.EMPTY


def test_a_part_sealed_to_another_key_is_not_ours_if_it_has_the_logs_fingerprint_and_damaged_otherwise(folder):
    others, sha256 = (new_identity().secret,), sha256_of(folder)

    def condition(known):
        part = read_whole_part(folder, others, known)
        assert (part.playable.ogg, part.facts) == (b"", None)
        return part.condition

    assert condition(KnownPart(sha256)) is Condition.NOT_OURS
    assert condition(KnownPart(OTHER, cutting=frozenset({sha256}))) is Condition.NOT_OURS
    assert condition(KnownPart(OTHER)) is Condition.DAMAGED
    assert condition(KnownPart()) is Condition.DAMAGED
    assert condition(KnownPart(unknown=True)) is Condition.UNKNOWN


def test_a_part_sealed_to_another_key_lacks_all_the_seconds_that_the_log_has_for_it(folder):
    part = read_whole_part(folder, (new_identity().secret,), KnownPart(sha256_of(folder), 12.5))

    assert [(span.from_s, span.until_s) for span in part.playable.damaged] == [(0.0, 12.5)]


def test_an_error_of_the_disk_is_no_condition(folder, secrets, monkeypatch):
    def refuse(*_arguments, **_named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Trouble) as caught:
        read_whole_part(folder, secrets, KnownPart())

    assert (caught.value.code, caught.value.details) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(folder)})


def test_a_part_is_changed_if_it_has_none_of_the_fingerprints_that_the_log_accepts(folder):
    sha256 = sha256_of(folder)

    assert is_changed(folder, KnownPart()) is False
    assert is_changed(folder, KnownPart(sha256)) is False
    assert is_changed(folder, KnownPart(OTHER)) is True
    assert is_changed(folder, KnownPart(OTHER, cutting=frozenset({sha256}))) is False
    assert is_changed(folder, KnownPart(None, cutting=frozenset({OTHER}))) is True
