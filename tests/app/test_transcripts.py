"""A place heard again in a real vault: whether it is offered, by which model, and when it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_sessions import GROUP, P1
from kept_vaults import keep_session
from played_engine import COMMAND
from small_models import KNOWN, model_folder, store

from balint_desktop.app import navigation, transcripts_place
from balint_desktop.app.transcription import QueuedTranscription, TranscriptionHost, WaitReason
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.second_hearing import place_to_hear
from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.library.spellings import shipped_spellings
from balint_desktop.transcription import engine_location, model_store
from balint_desktop.ui.transcripts.deps import ClosedBy, TranscriptState
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.consents import ConsentCollection


class Bench:
    """A vault with a session that was transcribed, and its transcripts."""

    def __init__(self, app, qtbot):
        self.app = app
        self.recording = keep_session(
            app.data.root, purposes=(Purpose.TRANSCRIPTION,), redacted=False, made=app.made, number=3
        ).recording
        self.host = TranscriptionHost(app.context)
        app.slot.closing.connect(self.host.close)
        app.slot.unlock(app.made.secret)
        self.work = TranscriptWork(app.context, self.host)
        self.host.add(QueuedTranscription(self.recording, "small.en", "en"))
        qtbot.waitUntil(lambda: self.host.running is None and self.host.queued == ())
        self.opened = self.work.open(self.recording)

    def place(self):
        """Return the first place that may be heard again."""
        found = (
            place_to_hear(turn, at, at + 1) for turn in self.opened.transcript.turns for at in range(len(turn.words))
        )
        return next(place for place in found if place is not None)

    def hear(self):
        return self.work.hear_again(self.opened, self.opened.transcript, self.place())

    def withdraw(self):
        log = self.app.slot.open_vault().log
        taking = ConsentCollection(log.consents.today())
        log.consents.enter(GROUP, [(P1, Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)


@pytest.fixture
def bench(app, qtbot, monkeypatch):
    for module in (engine_location, "balint_desktop.app.transcripts"):
        target = module if isinstance(module, str) else module.__name__
        monkeypatch.setattr(f"{target}.engine_command", lambda: list(COMMAND))
    monkeypatch.setattr(model_store, "shipped_list", lambda: KNOWN)
    store(app.data.root).add(model_folder(app.data.root / "from"))
    made = Bench(app, qtbot)
    yield made
    made.host.close()


def test_a_place_is_heard_again_with_the_sound_that_was_opened(bench):
    reports = []
    readings = bench.hear().run(lambda number, many: reports.append((number, many)))
    bench.work.end_hearing()

    assert bench.opened.may_hear_again
    assert reports
    assert readings is not None
    assert bench.host.holds == frozenset()


def test_the_engine_is_given_words_of_the_list_and_no_name(bench):
    assert bench.hear()._task.prompt == shipped_spellings().prompt


def test_after_a_withdrawal_it_is_refused(bench):
    place = bench.place()
    bench.withdraw()
    with pytest.raises(Trouble) as raised:
        bench.work.hear_again(bench.opened, bench.opened.transcript, place)

    assert raised.value.code is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert bench.host.holds == frozenset()


def test_the_page_says_that_someone_has_withdrawn_where_everyone_had_agreed(bench):
    assert bench.work.card(bench.recording).row.closed is None
    bench.withdraw()
    row = bench.work.card(bench.recording).row

    assert (row.state, row.closed, row.has_transcript) == (TranscriptState.CLOSED, ClosedBy.WITHDRAWN, True)
    bench.work.delete(bench.recording)
    row = bench.work.card(bench.recording).row
    assert (row.closed, row.has_transcript) == (ClosedBy.WITHDRAWN, False)


def test_the_page_says_that_not_everyone_agreed_where_that_was_never_so(app, qtbot):
    recording = keep_session(app.data.root, redacted=False, made=app.made, number=3).recording
    app.slot.unlock(app.made.secret)
    work = TranscriptWork(app.context, TranscriptionHost(app.context))

    assert work.card(recording).row.closed is ClosedBy.NOT_AGREED


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_open_consents_leads_to_the_answers_or_to_what_a_withdrawal_asks_for(bench, monkeypatch, is_withdrawn):
    led = []
    monkeypatch.setattr(navigation, "show_group", lambda _shell, group, section: led.append((group, section)))
    monkeypatch.setattr(navigation, "show_leaving", lambda _shell, group: led.append((group, "leaving")))
    vault = bench.app.slot.open_vault()
    if is_withdrawn:
        consent_gate.withdraw(vault.log, GROUP, P1, ConsentCollection(vault.log.consents.today()))
    transcripts_place.show_consents(vault, bench.app.shell, bench.recording)

    assert led == [(GROUP, "leaving" if is_withdrawn else "consents")]


def test_a_saved_text_is_compared_with_the_withdrawals(bench):
    log = bench.app.slot.open_vault().log
    log.consents.save_study(GROUP, Study(withdrawal_asks=Asks.REMOVE_WORDS))
    consent_gate.withdraw(log, GROUP, P1, ConsentCollection(log.consents.today()))
    left = consent_gate.withdrawals(log, GROUP)[0]
    bench.work._transcripts.remove_words(left, bench.recording)
    text = bench.work.open(bench.recording).transcript
    theirs = Transcript((replace(text.turns[0], speaker=Speaker(P1)), *text.turns[1:]))
    bench.work.save(bench.recording, theirs)

    assert bench.work.card(bench.recording).row.closed is ClosedBy.WITHDRAWN


def test_where_the_text_may_be_read_and_nothing_be_transcribed_it_is_not_offered(bench, monkeypatch):
    passes = type(bench.work._transcripts).pass_door

    def pass_door(transcripts, door, recording):
        if door is Door.TRANSCRIBE:
            raise Trouble(TroubleCode.TRANSCRIPTION_NOT_AGREED)
        return passes(transcripts, door, recording)

    monkeypatch.setattr(type(bench.work._transcripts), "pass_door", pass_door)

    assert bench.work.open(bench.recording).sound is not None
    assert not bench.work.open(bench.recording).may_hear_again


def test_where_the_recording_was_destroyed_it_is_not_offered(bench, monkeypatch):
    def destroyed(_sources):
        raise Trouble(TroubleCode.RECORDING_MISSING)

    monkeypatch.setattr(bench.work._recordings, "open", destroyed)

    assert not bench.work.open(bench.recording).may_hear_again


def test_while_a_session_is_led_it_waits(bench):
    bench.host.hold(WaitReason.SESSION)
    with pytest.raises(Trouble) as raised:
        bench.hear()

    assert raised.value.code is TroubleCode.LISTENING_WAITS


def test_a_session_stops_it(bench):
    hearing = bench.hear()
    bench.host.hold(WaitReason.SESSION)

    assert hearing.run() is None


def test_without_the_engine_or_a_model_it_says_what_is_missing(bench, monkeypatch):
    store(bench.app.data.root).remove("small.en")
    with pytest.raises(Trouble) as raised:
        bench.hear()
    assert raised.value.code is TroubleCode.NO_MODEL
    monkeypatch.setattr("balint_desktop.app.transcripts.engine_command", lambda: None)
    with pytest.raises(Trouble) as raised:
        bench.hear()

    assert raised.value.code is TroubleCode.ENGINE_MISSING


def test_afterwards_nothing_of_it_holds_the_sound(bench):
    hearing = bench.hear()
    hearing.run()
    bench.work.end_hearing()

    assert hearing._task.sound._sounds() == {}


def test_without_the_model_that_wrote_the_text_another_of_the_language_hears_it(bench):
    models = store(bench.app.data.root)
    models.remove("small.en")
    models.add(model_folder(bench.app.data.root / "own", model__bin=b"other weights" * 99), not_checked=True)
    hearing = bench.hear()

    assert hearing._task.check_model().name == "own"
    assert hearing.run() is not None


def test_the_list_counts_the_places_of_the_page_and_apart_from_them_the_turns_without_a_speaker(bench):
    words = (Word("Yes.", 60_000, 60_300, 0.9), Word("tired", 60_400, 60_700, 0.2))
    bench.work.save(bench.recording, Transcript(tuple(Turn(n, UNKNOWN, 60_000, 60_700, words) for n in (1, 2))))
    row = next(one for one in bench.work.list() if one.recording == bench.recording)

    assert (row.open_count, row.unnamed_count) == (2, 2)


def test_how_a_name_was_heard_is_added_to_the_roster_and_undone(bench):
    vault = bench.app.slot.open_vault()
    group = vault.log.groups.group(GROUP)
    before = Roster((Person(P1, "Siobhán Walsh", "", ("Shiv",), ("Shivon",)),))
    vault.rosters.save({GROUP: before})
    transcripts_place.add_heard_as(bench.app.context, group, P1, "Chevonne")

    assert vault.rosters.read(GROUP).person(P1) == replace(before.people[0], heard_as=("Shivon", "Chevonne"))
    bench.app.context.undo.undo()
    assert vault.rosters.read(GROUP) == before


def test_nothing_is_added_for_a_code_without_a_name_and_that_is_said(bench):
    group = bench.app.slot.open_vault().log.groups.group(GROUP)
    transcripts_place.add_heard_as(bench.app.context, group, P1, "Chevonne")

    assert bench.app.context.messages.last.text == "The roster has no name for P1."
    assert not bench.app.slot.open_vault().rosters.has(GROUP)
