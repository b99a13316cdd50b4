"""What the log and the disk say of a recording before it is opened, and the condition of its key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_sessions import RECORDING, at
from kept_sessions import kept as kept_session
from sealed_recordings import SealedRecording

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.recording_view import RecordingView
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.inputs import KnownPart, RecordingInputs, recording_key
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity


@pytest.fixture
def kept(tmp_path):
    return SealedRecording(tmp_path / "recording")


@pytest.fixture
def inputs(kept):
    return RecordingInputs(RECORDING, kept.folder, kept.identities, recipient=kept.key.recipient, this_vault_reads=True)


def found(inputs):
    key = recording_key(inputs)
    return key.secrets, key.condition, key.trouble and (key.trouble.code, key.trouble.details)


def test_the_key_that_the_log_names_is_complete(kept, inputs):
    assert found(inputs) == ((kept.key.secret,), Condition.COMPLETE, None)
    assert found(replace(inputs, recipient=None)) == ((kept.key.secret,), Condition.COMPLETE, None)


def test_another_key_than_the_logs_opens_what_it_fits_and_is_a_change(kept, inputs):
    assert found(replace(inputs, recipient=new_identity().recipient)) == (
        (kept.key.secret,),
        Condition.CHANGED,
        (TroubleCode.RECORDING_CHANGED, {}),
    )


@pytest.mark.parametrize(
    ("reads", "condition", "code"),
    [
        (False, Condition.NOT_OURS, TroubleCode.WRONG_KEY),
        (True, Condition.DAMAGED, TroubleCode.RECORDING_KEY_DAMAGED),
    ],
)
def test_a_key_sealed_to_others_is_damage_only_where_this_vault_should_read_it(inputs, reads, condition, code):
    key = recording_key(replace(inputs, identities=(new_identity().secret,), this_vault_reads=reads))

    assert (key.secrets, key.condition, key.trouble.code) == ((), condition, code)


@pytest.mark.parametrize(
    ("folder", "code"), [("recording", TroubleCode.RECORDING_KEY_DAMAGED), ("none", TroubleCode.SEALED_DAMAGED)]
)
def test_a_missing_key_is_named_with_its_file(kept, inputs, folder, code):
    (kept.folder / names.KEY).unlink()
    path = kept.folder.with_name(folder)

    assert found(replace(inputs, folder=path)) == ((), Condition.DAMAGED, (code, {"name": str(path / names.KEY)}))


def test_the_parts_on_the_disk_are_known_by_number(kept, inputs):
    for name in ("01", "12", "notes"):
        (kept.folder / name).mkdir()

    assert inputs.part_folders() == {1: kept.folder / "01", 12: kept.folder / "12"}
    assert replace(inputs, folder=kept.folder / "none").part_folders() == {}


def test_a_part_is_known_by_its_fingerprint_length_and_redaction(inputs):
    logged = replace(inputs, fingerprints={1: "a", 2: None}, lengths={1: 2.5}, cutting={1: frozenset({"b"})})

    assert logged.known(1) == KnownPart("a", 2.5, cutting=frozenset({"b"}))
    assert logged.known(1).accepted == {"a", "b"}
    assert (logged.known(2), logged.known(2).accepted) == (KnownPart(), frozenset())
    assert logged.known(3) == KnownPart(unknown=True)
    assert inputs.known(1) == KnownPart()


def test_an_imported_recording_has_the_redactions_of_the_room_and_no_parts_of_its_own(inputs):
    session = kept_session(
        f.Began(at=at(0)),
        f.RecordingStarted(at=at(1), recording=RECORDING, part=1),
        f.Redacted(at=at(2), seconds=30),
        f.RecordingStopped(at=at(3)),
    )
    recorded = replace(inputs, session=session)
    imported = replace(recorded, id=RecordingId("imported"))

    assert [part.part for part in recorded.view.parts] == [1]
    assert [(span.from_s, span.until_s) for span in recorded.view.redacted] == [(90.0, 120.0)]
    assert imported.view == replace(recorded.view, parts=())
    assert inputs.view == RecordingView()
    assert [recorded.is_removed(part) for part in (1, 2)] == [True, False]
    assert [imported.is_removed(part) for part in (1, 2)] == [False, False]
    assert [replace(inputs, fingerprints={1: "a", 2: None}).is_removed(part) for part in (1, 2, 3)] == [
        True,
        False,
        False,
    ]
