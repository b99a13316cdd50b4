"""Transcribing in the background: one after another, giving way, and going on after a lock, a stop and a kill."""

from __future__ import annotations

import gc
import threading

import pytest
from correcting_bench import SOUND, FakeDeck
from kept_sessions import GROUP, P1
from kept_vaults import keep_session
from qt_events import process_events
from transcribing_bench import bench, gate
from waiting import GENEROUS_S

from balint_desktop.app.transcription import QueuedTranscription
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.transcript.queue import WaitReason
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.transcription import engine_location, model_store
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["bench", "gate"]


def test_two_recordings_are_transcribed_one_after_another(bench):
    bench.add(bench.first)
    bench.add(bench.second)

    assert (bench.host.running, bench.host.queued) == (bench.first, (bench.second,))
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.first) and bench.is_written(bench.second))
    assert (bench.host.running, bench.host.queued) == (None, ())
    row = bench.transcripts.row(bench.first)
    assert (row.engine, row.model, row.language, row.is_queued) == ("played", "small.en", "en", False)


def test_asked_for_twice_it_is_done_once(bench):
    bench.add(bench.first)
    bench.add(bench.first)

    assert bench.host.queued == ()


def test_progress_is_told_while_it_runs_and_forgotten_at_its_end(bench):
    bench.add(bench.first)
    bench.let_through(0)
    bench.until(lambda: bench.host.state.share > 0)
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.first))

    assert bench.host.progress is None


@pytest.mark.parametrize("why", [WaitReason.SESSION, WaitReason.PLAYING, WaitReason.BATTERY])
def test_it_gives_way_and_goes_on_by_itself(bench, why):
    bench.add(bench.first)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    bench.host.hold(why)
    bench.open_gate()

    assert bench.host.running == (None if why is WaitReason.SESSION else bench.first)
    assert not bench.is_written(bench.first)
    bench.host.release(why)
    bench.until(lambda: bench.is_written(bench.first))


def test_a_withdrawal_stops_it_before_the_next_piece_is_told_and_nothing_is_written(bench):
    bench.add(bench.first)
    bench.add(bench.second)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    log = bench.app.slot.open_vault().log
    taking = ConsentCollection(log.consents.today())
    log.consents.enter(GROUP, [(P1, Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)
    bench.open_gate()
    bench.until(lambda: bench.host.running is None and bench.host.queued == ())

    assert [row.text_wall for row in bench.transcripts.rows()] == [None, None]
    assert bench.app.context.messages.last is None or bench.app.context.messages.last.kind is not MessageKind.TROUBLE


def test_one_that_was_deleted_while_it_waited_is_not_begun_again(bench):
    bench.add(bench.first)
    bench.add(bench.second)
    bench.transcripts.delete(bench.second)
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.first) and bench.host.running is None)

    assert [row.recording for row in bench.transcripts.rows()] == [bench.first]


def test_for_a_session_its_process_ends_at_once(bench):
    bench.add(bench.first)
    bench.until(lambda: bench.host.progress is not None)
    run = bench.host._run
    bench.host.hold(WaitReason.SESSION)

    assert run.wait(60)
    assert bench.host.queued == (bench.first,)


def test_nothing_begins_while_somebody_leads(bench):
    bench.host.hold(WaitReason.SESSION)
    bench.add(bench.first)

    assert (bench.host.running, bench.host.queued) == (None, (bench.first,))


def test_two_reasons_to_wait_must_both_end(bench):
    bench.host.hold(WaitReason.SESSION)
    bench.host.hold(WaitReason.PLAYING)
    bench.add(bench.first)
    bench.host.release(WaitReason.SESSION)
    assert bench.host.running is None
    bench.host.release(WaitReason.PLAYING)

    assert bench.host.running == bench.first


def lock(bench):
    """Lock as the window does: the host first, then the vault, whose log stays open while a run needs it."""
    bench.host.hold(WaitReason.LOCKED)
    bench.app.slot.close_once_released()


def test_a_lock_stops_it_and_an_unlock_lets_it_go_on_from_the_same_piece(bench):
    bench.add(bench.first)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    lock(bench)
    assert bench.app.slot.current is None
    bench.unlock()
    assert bench.host.running == bench.first
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.first))

    assert len(bench.transcripts.open(bench.first).machine_text()) == 2


def test_with_the_tick_it_goes_on_while_locked_without_a_secret_and_then_the_vault_closes(bench):
    bench.add(bench.first, while_locked=True)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    files = bench.host._run._files
    lock(bench)

    assert bench.app.slot.is_locked
    assert files._secret is None
    bench.open_gate()
    bench.until(lambda: bench.app.slot.current is None)
    bench.unlock()
    assert bench.is_written(bench.first)


def held_vault_keys():
    """Return the recordings, as they were asked to be opened, that still hold the vault's secret keys in memory."""
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, RecordingInputs) and one.identities]


def test_while_it_goes_on_locked_no_key_of_the_vault_is_in_memory(bench):
    bench.add(bench.first, while_locked=True)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    lock(bench)

    assert bench.app.slot.is_locked
    assert held_vault_keys() == []


def test_locked_before_the_recording_was_opened_it_stops_for_it_would_need_the_vaults_keys(bench, monkeypatch):
    verified, checking = threading.Event(), threading.Event()
    real = model_store.ModelStore.verified

    def slowly(store, name):
        checking.set()
        verified.wait(GENEROUS_S)
        return real(store, name)

    monkeypatch.setattr(model_store.ModelStore, "verified", slowly)
    bench.add(bench.first, while_locked=True)
    assert checking.wait(GENEROUS_S)
    lock(bench)
    verified.set()

    assert bench.app.slot.current is None
    assert bench.host.running is None


def test_a_lock_succeeds_where_what_was_heard_cannot_be_read_any_more(bench, monkeypatch):
    bench.add(bench.first, while_locked=True)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)

    def fails(_files):
        raise Trouble(TroubleCode.TRANSCRIPT_DAMAGED, name="plan.json.age")

    monkeypatch.setattr("balint_desktop.vault.transcript_files.TranscriptFiles.drop_secret", fails)
    lock(bench)

    assert bench.app.slot.current is None


def test_stopped_by_a_person_it_does_not_go_on_by_itself_and_goes_on_when_asked(bench):
    bench.add(bench.first)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    bench.host.remove(bench.first)
    bench.app.slot.close()
    bench.unlock()
    assert bench.host.running is None
    bench.open_gate()
    bench.add(bench.first)

    bench.until(lambda: bench.is_written(bench.first))


def test_after_a_kill_what_was_queued_goes_on_once_the_vault_is_open(bench):
    bench.add(bench.first)
    bench.add(bench.second)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    # As after a kill: nothing is told to the log.
    bench.host.close()
    bench.app.slot.close()
    bench.host = bench.new_host()
    bench.unlock()

    assert (bench.host.running, bench.host.queued) == (bench.first, (bench.second,))


def test_stopping_one_leaves_the_rest(bench):
    bench.add(bench.first)
    bench.add(bench.second)
    bench.until_heard(bench.first, 1)
    bench.host.remove(bench.first)
    assert bench.host.state.line == (bench.second,)
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.second) and bench.host.running is None)

    assert not bench.is_written(bench.first)


def test_one_that_cannot_begin_leaves_the_rest(bench):
    bench.host.hold(WaitReason.SESSION)
    bench.host.add(QueuedTranscription(bench.first, "a model that is not here", "en"))
    bench.add(bench.second)
    bench.host.release(WaitReason.SESSION)

    assert bench.host.state.line == (bench.second,)
    assert bench.host.running == bench.second


def test_unplugged_to_29_per_cent_it_waits_and_at_30_it_goes_on(bench):
    bench.add(bench.first, keep_awake=True)
    bench.until_heard(bench.first, 1)
    bench.read_battery(29)
    bench.open_gate()
    assert bench.host.state.waits_for is WaitReason.BATTERY
    assert bench.awake == [True, False]
    bench.read_battery(30)
    bench.until(lambda: bench.is_written(bench.first))

    assert bench.awake == [True, False, True, False]


def test_after_a_session_two_that_were_queued_go_on_in_their_order(bench):
    bench.add(bench.first)
    bench.add(bench.second)
    bench.until_heard(bench.first, 1)
    bench.host.hold(WaitReason.SESSION)
    assert (bench.host.running, bench.host.state.line) == (None, (bench.first, bench.second))
    bench.host.release(WaitReason.SESSION)
    assert (bench.host.running, bench.host.queued) == (bench.first, (bench.second,))
    bench.open_gate()

    bench.until(lambda: bench.is_written(bench.first) and bench.is_written(bench.second))


def test_after_a_session_that_dropped_the_keys_it_waits_for_the_passphrase(bench):
    bench.add(bench.first)
    bench.host.hold(WaitReason.SESSION)
    bench.app.vault.begin_session()
    bench.host.release(WaitReason.SESSION)
    assert bench.host.state.waits_for is WaitReason.LOCKED
    bench.unlock()

    assert bench.host.state.waits_for is None
    assert bench.host.running == bench.first


def test_while_a_person_plays_the_piece_is_heard_to_its_end_and_no_other_is_begun(bench):
    playback = Playback(FakeDeck(), lambda call, _owner: call())
    playback.load(SOUND)
    bench.host.give_way_to(playback)
    bench.add(bench.first)
    # Before the first piece is with the engine, none would be begun.
    bench.until((bench.gate / "waits-0").exists)
    playback.play()
    bench.open_gate()
    bench.until(lambda: bench.pieces(bench.first) == 1 and bench.host.state.share > 0)
    assert bench.host.state.waits_for is WaitReason.PLAYING
    assert bench.pieces(bench.first) == 1
    playback.pause()

    bench.until(lambda: bench.is_written(bench.first))


def test_a_page_that_is_closed_while_it_plays_holds_nothing_back(bench):
    playback = Playback(FakeDeck(), lambda call, _owner: call())
    playback.load(SOUND)
    bench.host.give_way_to(playback)
    playback.play()
    assert bench.host.holds == {WaitReason.PLAYING}
    playback.deleteLater()
    process_events()

    assert bench.host.holds == frozenset()


@pytest.mark.parametrize("why", [WaitReason.PLAYING, WaitReason.BATTERY])
def test_locked_while_it_waits_it_goes_on_after_the_unlock_once_nothing_is_in_the_way(bench, why):
    bench.add(bench.first)
    bench.add(bench.second)
    bench.until_heard(bench.first, 1)
    bench.battery = 29 if why is WaitReason.BATTERY else None
    bench.host.hold(why)
    lock(bench)
    assert (bench.app.slot.current, bench.host.state.line) == (None, ())
    bench.unlock()
    assert bench.host.state.line == (bench.first, bench.second)
    assert bench.host.state.waits_for is why
    bench.battery = None
    bench.host.release(why)
    bench.open_gate()

    bench.until(lambda: bench.is_written(bench.first) and bench.is_written(bench.second))


def test_the_ticks_outlast_a_lock(bench):
    bench.add(bench.first, while_locked=True)
    bench.add(bench.second, while_locked=True)
    bench.until_heard(bench.first, 1)
    lock(bench)
    bench.let_through(1)
    bench.until(lambda: bench.app.slot.current is None)
    bench.shut_pieces()
    bench.unlock()
    bench.until_heard(bench.second, 1)
    lock(bench)

    assert bench.app.slot.is_locked
    assert bench.host.running == bench.second


def test_the_gate_is_asked_again_only_once_the_log_has_changed(bench, monkeypatch):
    asked = []
    real = TranscriptVault.pass_door

    def counted(transcripts, door, recording):
        asked.append(recording)
        return real(transcripts, door, recording)

    bench.add(bench.first)
    bench.until(lambda: bench.host.progress is not None and bench.host.progress.share is not None)
    run, progress = bench.host._run, bench.host.progress
    monkeypatch.setattr(TranscriptVault, "pass_door", counted)
    bench.host._on_progress(run, progress)
    asked.clear()
    for _ in range(50):
        bench.host._on_progress(run, progress)
    assert asked == []
    log = bench.app.slot.open_vault().log
    taking = ConsentCollection(log.consents.today())
    log.consents.enter(GROUP, [(P1, Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)
    bench.host._on_progress(run, progress)

    assert asked == [bench.first]
    assert bench.host.running is None


def test_what_was_withdrawn_while_it_waited_does_not_go_on_by_itself(bench):
    bench.add(bench.first)
    bench.host.hold(WaitReason.SESSION)
    log = bench.app.slot.open_vault().log
    taking = ConsentCollection(log.consents.today())
    log.consents.enter(GROUP, [(P1, Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)
    bench.host.release(WaitReason.SESSION)

    assert bench.host.state.line == ()
    assert not bench.transcripts.row(bench.first).is_queued


def test_a_low_battery_holds_it_back(bench):
    bench.battery = 29
    bench.add(bench.first)
    assert bench.host.holds == {WaitReason.BATTERY}
    assert bench.host.running is None
    bench.battery = 80
    bench.host._check_battery()

    assert bench.host.running == bench.first


def test_the_computer_is_kept_awake_only_where_that_was_ticked(bench):
    bench.open_gate()
    bench.add(bench.first, keep_awake=True)
    bench.until(lambda: bench.is_written(bench.first))

    assert bench.awake == [True, False]


def test_what_goes_wrong_is_said_once_and_not_tried_again(bench, monkeypatch):
    monkeypatch.setattr(engine_location, "engine_command", lambda: ["/nowhere/engine"])
    bench.add(bench.first)
    bench.until(lambda: "Transcribing stopped" in bench.app.said)

    assert bench.host.running is None
    assert not bench.transcripts.row(bench.first).is_queued


def test_without_an_engine_one_sentence_says_what_to_install(bench, monkeypatch):
    monkeypatch.setattr(engine_location, "engine_command", lambda: None)
    bench.add(bench.first)

    assert "balint-desktop-transcribe" in bench.app.said
    assert bench.host.queued == ()


def test_a_recording_that_may_not_become_text_is_refused(bench):
    kept = keep_session(bench.app.data.root / "other", redacted=False)
    vault = kept.made.open()
    vault.close()
    with pytest.raises(Trouble) as raised:
        bench.add(kept.recording)

    assert raised.value.code is TroubleCode.RECORDING_UNKNOWN


# --- a place that is heard again ---


def test_for_a_place_that_is_heard_again_it_stops_at_once_and_goes_on_by_itself(bench):
    bench.add(bench.first)
    bench.let_through(0)
    bench.until(lambda: bench.pieces(bench.first) == 1)
    run, stopped = bench.host._run, []
    bench.host.listen_first(lambda: stopped.append(1))

    assert run.wait(60)
    assert (bench.host.running, bench.host.queued) == (None, (bench.first,))
    bench.host.listened()
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.first))


@pytest.mark.parametrize("why", [WaitReason.SESSION, WaitReason.LOCKED])
def test_a_session_and_a_lock_stop_a_place_that_is_heard_again(bench, why):
    stopped = []
    bench.host.listen_first(lambda: stopped.append(1))
    bench.host.hold(why)

    assert stopped == [1]
    assert bench.host.holds == {why}


def test_closing_the_vault_stops_it_too(bench):
    stopped = []
    bench.host.listen_first(lambda: stopped.append(1))
    bench.app.slot.close()

    assert stopped == [1]


def test_while_somebody_leads_no_place_is_heard_again(bench):
    bench.host.hold(WaitReason.SESSION)
    with pytest.raises(Trouble) as raised:
        bench.host.listen_first(lambda: None)

    assert raised.value.code is TroubleCode.LISTENING_WAITS


def test_a_second_place_stops_the_first(bench):
    stopped = []
    bench.host.listen_first(lambda: stopped.append(1))
    bench.host.listen_first(lambda: stopped.append(2))

    assert stopped == [1]
    bench.host.listened()
    assert stopped == [1, 2]
    assert bench.host.holds == frozenset()
