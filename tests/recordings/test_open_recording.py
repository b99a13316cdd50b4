import pytest
from kept_sessions import RECORDING, at
from kept_sessions import kept as kept_session
from sealed_recordings import SealedRecording, bytes_under

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import MarkKind, SoundSource
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.open_recording import open_recording, summarise_recording, verify_recording
from balint_desktop.recordings.summary import Condition
from balint_desktop.recordings.timeline import StretchKind
from balint_desktop.sealed.lock import FileLock
from balint_desktop.text import recordings


@pytest.fixture
def kept(tmp_path):
    return SealedRecording(tmp_path / "recording")


def sources(kept, **named):
    result = {"identities": kept.identities, "fingerprints": kept.fingerprints} | named
    return RecordingInputs(RECORDING, kept.folder, **result)


def glance(kept, **named):
    return summarise_recording(sources(kept, **named)).condition


def session(*facts):
    return kept_session(f.Began(at=at(0)), *facts)


def kinds(opened):
    return [stretch.kind for stretch in opened.joined.stretches]


def test_a_complete_recording_opens_and_nothing_on_disk_changes(kept):
    kept.part(1, 2.0, offset_s=10.0)
    before = bytes_under(kept.folder)

    opened = open_recording(sources(kept))

    assert opened.listed.condition is Condition.COMPLETE
    assert (opened.joined.from_s, round(opened.joined.seconds, 3)) == (10.0, 2.0)
    assert bytes_under(kept.folder) == before


def test_a_killed_recorders_part_opens_as_far_as_it_goes(kept):
    kept.killed_part(1, 6.0)

    opened = open_recording(sources(kept))

    assert opened.listed.condition is Condition.INTERRUPTED
    assert 2.0 < opened.joined.seconds < 6.0


def test_parts_are_laid_out_by_the_sessions_facts(kept):
    kept.killed_part(1, 6.0, offset_s=1.0).part(2, 2.0, offset_s=30.0)
    session_kept = session(
        f.RecordingStarted(at=at(1), recording=RECORDING, part=1),
        f.RecordingLost(at=at(2), seconds=50, why="recorder-died"),
        f.RecordingStarted(at=at(3), recording=RECORDING, part=2),
        f.RecordingStopped(at=at(4)),
    )

    opened = open_recording(sources(kept, session=session_kept))

    assert kinds(opened) == [StretchKind.SOUND, StretchKind.GAP, StretchKind.SOUND]
    assert opened.joined.from_s == 60.0
    assert opened.joined.stretches[-1].from_s == 180.0


def test_a_recording_with_a_loss_is_readable_and_says_how_much_was_not_recorded(kept):
    kept.part(1, 2.0).part(2, 2.0, offset_s=81.0)
    session_kept = session(
        f.RecordingStarted(at=at(0), recording=RECORDING, part=1),
        f.RecordingLost(at=at(1.35), seconds=21, why="recorder-died"),
        f.RecordingStarted(at=at(1.35), recording=RECORDING, part=2),
        f.RecordingStopped(at=at(2)),
    )
    with_loss = sources(kept, session=session_kept)

    for found in (summarise_recording(with_loss), verify_recording(with_loss), open_recording(with_loss).listed):
        assert found.condition is Condition.COMPLETE
        assert round(found.not_recorded_s) == 21
        assert recordings.whole_sentence(found) == "Readable, but 21 s were not recorded."
    assert recordings.listed_condition(summarise_recording(with_loss)) == "readable; 21 s not recorded"
    assert recordings.verdict(verify_recording(with_loss)).startswith("Readable, but 21 s were not recorded.")


def test_what_was_off_the_record_is_no_loss(kept):
    kept.part(1, 2.0).part(2, 2.0, offset_s=81.0)
    session_kept = session(
        f.RecordingStarted(at=at(0), recording=RECORDING, part=1),
        f.RecordingPaused(at=at(0.5)),
        f.RecordingLost(at=at(1.35), seconds=21, why="recorder-died"),
        f.RecordingStarted(at=at(1.35), recording=RECORDING, part=2),
        f.RecordingPaused(at=at(1.35)),
        f.RecordingStopped(at=at(2)),
    )
    found = summarise_recording(sources(kept, session=session_kept))

    assert recordings.whole_sentence(found) == "Complete and readable."


def test_phases_and_marks_are_on_the_same_clock(kept):
    kept.part(1, 4.0)
    session_kept = session(
        f.RecordingStarted(at=at(2), recording=RECORDING, part=1),
        f.Marked(at=at(2.03), mark=MarkKind.NAME_TO_REMOVE),
        f.StepTaken(at=at(2.05), phase=1),
        f.StepTaken(at=at(30), phase=2),
    )

    opened = open_recording(sources(kept, session=session_kept))

    assert [(p.label, p.at_s) for p in opened.phases] == [("Open", 120.0), ("Call", 123.0)]
    assert [(m.mark, round(m.at_s, 1)) for m in opened.moments] == [(MarkKind.NAME_TO_REMOVE, 121.8)]


def test_redactions_noted_in_a_part_are_silent_even_without_the_log(kept):
    kept.part(1, 5.0, offset_s=100.0, marks=[(4.0, "struck 2"), (4.5, "phase call"), (4.6, "struck it out")])

    opened = open_recording(sources(kept, fingerprints=None))

    assert opened.listed.condition is Condition.UNKNOWN
    assert kinds(opened) == [StretchKind.SOUND, StretchKind.STRUCK, StretchKind.SOUND]
    assert (opened.joined.stretches[1].from_s, opened.joined.stretches[1].until_s) == (101.5, 104.5)


def test_a_part_being_recorded_is_not_opened(kept):
    kept.part(1, 1.0)
    lock = FileLock(kept.folder / "01" / "in-use")
    assert lock.try_acquire()

    with pytest.raises(Trouble) as raised:
        open_recording(sources(kept))

    assert raised.value.code is TroubleCode.PART_IN_USE
    assert glance(kept) is Condition.IN_USE
    assert verify_recording(sources(kept)).condition is Condition.IN_USE
    lock.release()


def test_a_stranger_is_refused_and_can_still_verify(kept):
    kept.part(1, 1.0)
    ours = sources(kept, identities=())

    with pytest.raises(Trouble) as raised:
        open_recording(ours)
    assert raised.value.code is TroubleCode.WRONG_KEY
    assert verify_recording(ours).condition is Condition.NOT_OURS
    kept.damage(1)
    assert verify_recording(ours).condition is Condition.CHANGED


def test_damage_is_found_on_opening_and_on_verifying(kept):
    kept.part(1, 3.0)
    kept.damage(1)

    assert open_recording(sources(kept)).listed.condition is Condition.DAMAGED
    assert verify_recording(sources(kept)).condition is Condition.DAMAGED


def test_a_part_replaced_by_another_is_reported_as_changed(kept):
    kept.part(1, 1.0)
    kept.fingerprints[1] = "0" * 64

    assert open_recording(sources(kept)).listed.condition is Condition.CHANGED
    assert verify_recording(sources(kept)).condition is Condition.CHANGED


def test_a_removed_part_is_reported_as_missing(kept):
    kept.part(1, 1.0)
    kept.fingerprints[2] = "0" * 64

    verdict = verify_recording(sources(kept))

    assert verdict.condition is Condition.DAMAGED
    assert [(p.part, p.condition) for p in verdict.parts] == [(1, Condition.COMPLETE), (2, Condition.DAMAGED)]


def test_a_failed_start_does_not_affect_the_rest(kept):
    kept.part(2, 1.0)
    kept.fingerprints[1] = None
    never_made = verify_recording(sources(kept))
    (kept.folder / "01").mkdir()

    for verdict in (never_made, verify_recording(sources(kept))):
        assert verdict.condition is Condition.COMPLETE
        assert [(p.part, p.condition) for p in verdict.parts] == [(1, Condition.EMPTY), (2, Condition.COMPLETE)]
    assert glance(kept) is Condition.COMPLETE
    assert open_recording(sources(kept)).listed.condition is Condition.COMPLETE


def test_a_part_begun_by_the_facts_is_reported_as_missing_without_its_fingerprint(kept):
    kept.part(2, 1.0)
    kept.fingerprints[1] = None
    begun = session(f.RecordingStarted(at=at(1), recording=RECORDING, part=1))

    assert verify_recording(sources(kept, session=begun)).condition is Condition.DAMAGED
    assert glance(kept, session=begun) is Condition.DAMAGED


def test_verifying_a_complete_recording_returns_the_length_of_each_part(kept):
    kept.part(1, 1.0).part(2, 2.0)

    verdict = verify_recording(sources(kept))

    assert verdict.condition is Condition.COMPLETE
    assert [round(p.seconds, 2) for p in verdict.parts] == [1.0, 2.0]
    assert all(p.known for p in verdict.parts)


def test_a_recording_unknown_to_the_log_is_an_alarm(kept):
    kept.part(1, 1.0)

    assert verify_recording(sources(kept, fingerprints=None)).condition is Condition.UNKNOWN


def test_the_condition_is_known_at_a_glance(kept):
    assert glance(kept) is Condition.EMPTY
    kept.part(1, 1.0)
    assert glance(kept) is Condition.COMPLETE
    assert glance(kept, fingerprints=None) is Condition.UNKNOWN
    assert glance(kept, identities=()) is Condition.NOT_OURS
    kept.killed_part(2, 3.0)
    assert glance(kept) is Condition.INTERRUPTED
    (kept.folder / "01" / "facts.json.age").write_bytes(b"junk")
    assert glance(kept) is Condition.DAMAGED


def test_a_recording_with_a_missing_folder_is_empty(tmp_path, kept):
    gone = RecordingInputs(RECORDING, tmp_path / "gone", kept.identities, None, {1: "0" * 64})

    with pytest.raises(Trouble) as raised:
        open_recording(gone)

    assert raised.value.code is TroubleCode.SEALED_DAMAGED
    assert summarise_recording(gone).condition is Condition.DAMAGED
    assert verify_recording(gone).condition is Condition.DAMAGED


def test_a_recording_of_a_call_tells_its_sources_and_where_one_was_missing(kept):
    kept.part(1, 2.0, offset_s=10.0, marks=[(0.5, "call lost"), (1.5, "call back")], computer="call.monitor")
    started = f.RecordingStarted(at=at(10 / 60), recording=RECORDING, part=1)
    call = f.ComputerRecorded(at=at(10 / 60), recording=RECORDING, part=1)
    seen = sources(kept, session=session(started, call))

    assert summarise_recording(seen).has_call
    assert [(loss.source, loss.from_s, loss.until_s) for loss in open_recording(seen).losses] == [
        (SoundSource.CALL, 10.5, 11.5)
    ]
    assert [part.has_call for part in verify_recording(seen).parts] == [True]


def test_a_recording_of_the_microphone_alone_has_no_call(kept):
    kept.part(1, 2.0)
    seen = sources(kept, session=session(f.RecordingStarted(at=at(0), recording=RECORDING, part=1)))

    assert not summarise_recording(seen).has_call
    assert open_recording(seen).losses == ()
    assert [part.has_call for part in verify_recording(seen).parts] == [False]
