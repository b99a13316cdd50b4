import json
import shutil

import pytest
from kept_vaults import keep_session, kept, vault
from sealed_recordings import SealedRecording
from sounds import RATE_HZ, loudness, opus

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.recording_view import RecordingView, Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.duration import duration_s
from balint_desktop.recordings.redact_part import redact_folder, redact_part
from balint_desktop.recordings.redact_vault import RedactionResult, VaultRedaction
from balint_desktop.recordings.redaction import span_seconds
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition, PendingRedaction
from balint_desktop.recordings.timeline import StretchKind
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.part_facts import PartRedaction
from balint_desktop.sealed.reading import PartState, read_part, sha256_of
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["kept", "vault"]


@pytest.fixture
def shelf(vault):
    return RecordingService(vault, open_pcm, encode_pcm)


@pytest.fixture
def cutting(vault, shelf):
    return VaultRedaction(vault, shelf)


def heard(ogg, from_s, until_s):
    stream = open_pcm(ogg, from_s)
    try:
        return loudness(stream.read(round((until_s - from_s) * RATE_HZ) * 2))
    finally:
        stream.close()


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_redacted_sound_is_removed_from_the_sealed_recording_and_the_rest_remains(vault, kept, cutting):
    # Redacted two seconds after the start plus two: seconds 2 to 4 of the first part, and its margins.
    assert cutting.cut_all() == RedactionResult(1, pytest.approx(2.0))

    key = vault.recording_key(kept.recording)
    sound = read_part(kept.folder / "01", [key.secret])
    assert sound.state is PartState.COMPLETE
    assert sound.facts.cut == (PartRedaction(1.5, 4.58),)
    assert heard(sound.ogg, 0.2, 1.4) > 0.2
    assert heard(sound.ogg, 1.55, 4.5) == 0
    assert heard(sound.ogg, 4.7, 5.9) > 0.2
    assert files(kept.folder) == [
        "01/audio.opus.age",
        "01/facts.json.age",
        "02/audio.opus.age",
        "02/facts.json.age",
        "key.age",
    ]


def test_a_part_without_redactions_is_not_touched(kept, cutting):
    before = (kept.folder / "02" / names.AUDIO).read_bytes()

    cutting.cut_all()

    assert (kept.folder / "02" / names.AUDIO).read_bytes() == before


def test_the_redaction_is_chained_with_when_where_and_both_fingerprints_only(vault, kept, cutting):
    before = sha256_of(kept.folder / "01")

    cutting.cut_all()

    (row,) = [row for row in vault.log.audit.rows() if row.act == AuditAct.PART_CUT]
    assert json.loads(row.details) == {
        "recording": kept.recording,
        "part": 1,
        "from_s": 1.5,
        "until_s": 4.58,
        "sha256_before": before,
        "sha256": sha256_of(kept.folder / "01"),
    }
    assert vault.log.audit.broken_at() is None
    assert vault.log.redactions.pending() == ()


def test_afterwards_it_is_complete_unchanged_and_shown_as_redacted(shelf, cutting):
    (before,) = shelf.sources()
    assert shelf.read_summary(before).pending_redaction is PendingRedaction.TO_CUT

    cutting.cut_all()

    (after,) = shelf.sources()
    assert shelf.read_summary(after).pending_redaction is PendingRedaction.NOTHING
    for sources in (before, after):
        assert shelf.verify(sources).condition is Condition.COMPLETE
        opened = shelf.open(sources)
        assert opened.listed.condition is Condition.COMPLETE
        assert [s.kind for s in opened.joined.stretches][:3] == [
            StretchKind.SOUND,
            StretchKind.STRUCK,
            StretchKind.SOUND,
        ]


def test_it_is_redacted_once(vault, kept, cutting):
    cutting.cut_all()
    before = files(kept.folder), sha256_of(kept.folder / "01"), vault.log.audit.head_words()

    assert cutting.cut_all() == RedactionResult()
    assert (files(kept.folder), sha256_of(kept.folder / "01"), vault.log.audit.head_words()) == before


def test_nothing_is_redacted_in_a_session_or_while_locked(vault, kept, cutting):
    before = sha256_of(kept.folder / "01")

    vault.begin_session()
    assert cutting.cut_all() == RedactionResult()
    vault.lock()
    assert cutting.cut_all() == RedactionResult()
    assert sha256_of(kept.folder / "01") == before


def change(kept):
    """Replace a part's sound, sealed to its own key as anyone could."""
    vault = kept.made.open()
    key = vault.recording_key(kept.recording)
    vault.close()
    (kept.folder / "01" / names.AUDIO).write_bytes(seal(opus(6.0, 300.0), [key.recipient]))


def damage(kept):
    path = kept.folder / "01" / names.AUDIO
    data = bytearray(path.read_bytes())
    data[300] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(("harm", "condition"), [(change, Condition.CHANGED), (damage, Condition.DAMAGED)])
def test_a_part_that_differs_from_what_was_sealed_is_left_and_its_alarm_remains(kept, harm, condition):
    harm(kept)
    vault = kept.made.open()
    shelf = RecordingService(vault, open_pcm, encode_pcm)
    before = sha256_of(kept.folder / "01")

    assert VaultRedaction(vault, shelf).cut_all() == RedactionResult()
    (sources,) = shelf.sources()
    with pytest.raises(Trouble) as raised:
        VaultRedaction(vault, shelf).cut(sources)

    assert raised.value.code is TroubleCode.NOT_CUT
    assert vault.log.redactions.pending() == ()
    assert sha256_of(kept.folder / "01") == before
    assert shelf.verify(sources).condition is condition
    assert shelf.read_summary(sources).pending_redaction is PendingRedaction.TO_CUT
    vault.close()


def test_damaged_facts_are_not_overwritten(kept):
    (kept.folder / "01" / names.FACTS).write_bytes(b"age-encryption.org/v1\nnot any more")
    vault = kept.made.open()
    shelf = RecordingService(vault, open_pcm, encode_pcm)

    assert VaultRedaction(vault, shelf).cut_all() == RedactionResult()
    assert vault.log.redactions.pending() == ()
    assert shelf.read_summary(shelf.sources()[0]).condition is Condition.DAMAGED
    vault.close()


def test_a_recording_that_the_log_does_not_have_is_not_cut(kept, vault, shelf, cutting):
    shutil.copytree(kept.folder, kept.folder.parent / "stray")

    with pytest.raises(Trouble) as raised:
        cutting.cut(shelf.source("stray"))

    assert (raised.value.code, raised.value.details) == (TroubleCode.RECORDING_UNKNOWN, {"recording": "stray"})


def test_a_recording_this_vault_cannot_read_is_unchanged_and_names_who_will_hear_it(tmp_path):
    reader = new_identity()
    kept = keep_session(tmp_path / "data", this_vault_reads=False, readers=[Reader("The study", reader.recipient)])
    vault = kept.made.open()
    shelf = RecordingService(vault, open_pcm, encode_pcm)

    assert VaultRedaction(vault, shelf).cut_all() == RedactionResult()
    assert shelf.read_summary(shelf.sources()[0]).pending_redaction is PendingRedaction.HEARD_BY_ITS_READER
    vault.close()


def test_a_part_still_held_by_a_recorder_is_left_alone(vault, kept, cutting):
    recorder = FileLock(kept.folder / "01" / names.LOCK)
    assert recorder.try_acquire()
    before = sha256_of(kept.folder / "01")

    assert cutting.cut_all() == RedactionResult()

    assert sha256_of(kept.folder / "01") == before
    assert vault.log.redactions.pending() == ()
    recorder.release()
    assert cutting.cut_all().recordings == 1


# --- without a vault ---


@pytest.fixture
def bare(tmp_path):
    return SealedRecording(tmp_path / "handed-over")


def test_a_reader_redacts_a_bare_recording_by_the_marks_included_in_it(bare):
    bare.part(1, 6.0, offset_s=100.0, marks=[(4.0, "struck 2"), (4.0, "pause")])
    bare.part(2, 4.0, hz=880.0, offset_s=110.0)
    second = (bare.folder / "02" / names.AUDIO).read_bytes()

    (done,) = redact_folder(bare.folder, bare.identities)

    assert (done.part, span_seconds(done.redacted), done.spans) == (1, pytest.approx(2.0), (PartRedaction(1.5, 4.58),))
    sound = read_part(bare.folder / "01", [bare.key.secret])
    assert (sound.facts.closed, sound.facts.sha256) == (True, sha256_of(bare.folder / "01"))
    assert heard(sound.ogg, 1.55, 4.5) == 0
    assert heard(sound.ogg, 0.2, 1.4) > 0.2
    assert (bare.folder / "02" / names.AUDIO).read_bytes() == second
    assert redact_folder(bare.folder, bare.identities) == ()


def test_a_bare_part_that_a_recorder_holds_is_not_cut(bare):
    bare.part(1, 6.0, marks=[(4.0, "struck 2")])
    recorder = FileLock(bare.folder / "01" / names.LOCK)
    assert recorder.try_acquire()

    with pytest.raises(Trouble) as raised:
        redact_folder(bare.folder, bare.identities)

    recorder.release()
    assert raised.value.code is TroubleCode.PART_IN_USE


def test_a_mark_soon_after_a_new_part_began_extends_back_into_the_previous_one(bare):
    bare.part(1, 6.0, offset_s=100.0)
    bare.part(2, 4.0, offset_s=106.5, marks=[(1.0, "struck 4")])

    first, second = redact_folder(bare.folder, bare.identities)

    assert first.spans == (PartRedaction(3.0, 6.0),)
    assert second.spans == (PartRedaction(0.0, 1.58),)
    assert span_seconds((*first.redacted, *second.redacted)) == pytest.approx(3.5)


def test_a_part_of_a_dead_recorder_is_complete_and_closed_afterwards_with_its_tail(bare):
    bare.killed_part(1, 30.0)
    folder = bare.folder / "01"
    before = read_part(folder, [bare.key.secret])
    assert before.state is PartState.INTERRUPTED
    assert names.tails(folder)
    view = RecordingView(redacted=(Span(10.0, 12.0),))

    done = redact_part(folder, bare.key, view, lambda _sha256: None)

    after = read_part(folder, [bare.key.secret])
    assert after.state is PartState.COMPLETE
    assert (after.facts.closed, after.facts.seconds, after.facts.sha256) == (True, done.seconds, done.sha256)
    assert files(folder) == [names.AUDIO, names.FACTS]
    assert done.seconds == duration_s(before.ogg)
    assert heard(after.ogg, 9.55, 12.5) == 0
    assert heard(after.ogg, 13.0, done.seconds - 0.1) > 0.2


def test_redacting_to_the_last_sample_of_a_dead_recorders_part_removes_its_tail_too(bare):
    bare.killed_part(1, 30.0)
    folder = bare.folder / "01"
    view = RecordingView(redacted=(Span(15.0, 40.0),))

    done = redact_part(folder, bare.key, view, lambda _sha256: None)

    assert files(folder) == [names.AUDIO, names.FACTS]
    assert heard(read_part(folder, [bare.key.secret]).ogg, 14.6, done.seconds) == 0


def test_a_stranger_redacts_nothing(bare):
    bare.part(1, 6.0, marks=[(4.0, "struck 2")])

    with pytest.raises(Trouble) as raised:
        redact_folder(bare.folder, [new_identity().secret])

    assert raised.value.code is TroubleCode.WRONG_KEY


def test_a_part_of_a_dead_recorder_remains_marked_as_first_seen_at_recovery(tmp_path):
    kept = keep_session(tmp_path / "data")
    vault = kept.made.open()
    vault.log._database.run("UPDATE parts SET sha256 = NULL, seconds = NULL WHERE part = 1")
    VaultRedaction(vault, RecordingService(vault, open_pcm, encode_pcm)).cut_all()

    row = vault.log.recordings.recording(kept.recording).parts[0]
    assert (row.sha256, row.first_seen_at_recovery) == (sha256_of(kept.folder / "01"), True)
    assert row.seconds == 6.0
    vault.close()


def test_a_later_redaction_in_a_redacted_part_is_applied_too(vault, kept, cutting):
    cutting.cut_all()
    session = vault.log.recordings.recording(kept.recording).session
    facts = vault.log.sessions.facts(session)
    earlier = next(fact for fact in facts if isinstance(fact, f.Redacted))
    lost = next(place for place, fact in enumerate(facts, 1) if isinstance(fact, f.RecordingLost))
    vault.log._database.run("UPDATE facts SET place = place + 100 WHERE place >= ?", (lost,))
    vault.log.sessions._database.run(
        "INSERT INTO facts SELECT session_id, place + 1, kind, wall + 1, boot + 1, boot_id, told FROM facts"
        " WHERE kind = 'struck'"
    )
    assert earlier.seconds == 2

    assert cutting.cut_all().recordings == 1

    sound = read_part(kept.folder / "01", [vault.recording_key(kept.recording).secret])
    assert sound.facts.cut == (PartRedaction(1.5, 5.58),)
    assert heard(sound.ogg, 1.55, 5.5) == 0
