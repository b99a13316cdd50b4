"""The list of transcripts of a real vault: how far each is, and what goes on with one that was stopped."""

from __future__ import annotations

import dataclasses

import pytest
from transcribing_bench import bench, gate

from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.transcript.imported_text import ImportedText, ImportedTurn, TimedText
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.transcript import LEADER, Speaker
from balint_desktop.ui.transcripts.deps import TranscribeChoices, TranscriptState, TranscriptWay
from balint_desktop.ui.transcripts.import_page import PlacedSpeakers
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.open_transcripts import TranscriptMatters

__all__ = ["bench", "gate"]

TEXT = ImportedText((ImportedTurn("S1", (TimedText("It stayed with me."),)),))
BY_HAND = TranscribeChoices(TranscriptWay.BY_HAND)


@pytest.fixture
def service(bench):
    return TranscriptWork(bench.app.context, bench.host)


def state(service, recording):
    return next(one.state for one in service.list() if one.recording == recording)


def drafts_on_today(bench):
    log = bench.app.slot.open_vault().log
    return [
        one.recording
        for one in TranscriptMatters(log).open_matters(log.retention.today())
        if one.kind is OpenKind.FIRST_DRAFT
    ]


def write_by_machine(bench, _service):
    bench.open_gate()
    bench.add(bench.first)
    bench.until(lambda: bench.is_written(bench.first))


def type_by_hand(bench, service):
    service.start(bench.first, BY_HAND)


def import_text(bench, service):
    service.import_text(bench.first, TEXT, PlacedSpeakers({"S1": LEADER}, 0))


def change(service, recording):
    """Give the first turn to another speaker, as a person does who corrects."""
    opened = service.open(recording)
    first, *others = opened.transcript.turns
    changed = dataclasses.replace(first, speaker=Speaker("P1"))
    service.save(recording, dataclasses.replace(opened.transcript, turns=(changed, *others)))


def listen_to_all(service, recording):
    opened = service.open(recording)
    service.save_listened(recording, Listened(opened.audible))


def save_as_it_was(service, recording):
    service.save(recording, service.open(recording).transcript)


def sign_off_and_edit_again(service, recording):
    service.open(recording)
    service.sign_off(recording, "AB", "as it is")
    service.reopen(recording)


@pytest.mark.parametrize(
    ("begin", "first"),
    [
        (write_by_machine, TranscriptState.DRAFT),
        (type_by_hand, TranscriptState.TO_TYPE),
        (import_text, TranscriptState.IMPORTED),
    ],
)
def test_a_text_that_no_one_has_touched_is_called_by_where_it_comes_from(bench, service, begin, first):
    begin(bench, service)
    assert state(service, bench.first) is first
    save_as_it_was(service, bench.first)

    assert state(service, bench.first) is first


@pytest.mark.parametrize("begin", [write_by_machine, import_text])
@pytest.mark.parametrize("act", [change, listen_to_all, sign_off_and_edit_again])
def test_a_text_that_was_changed_listened_to_or_signed_off_is_being_corrected(bench, service, begin, act):
    begin(bench, service)
    act(service, bench.first)

    assert state(service, bench.first) is TranscriptState.CORRECTING


def test_a_text_is_being_typed_until_all_of_it_was_listened_to(bench, service):
    type_by_hand(bench, service)
    change(service, bench.first)
    assert state(service, bench.first) is TranscriptState.TYPING
    listen_to_all(service, bench.first)

    assert state(service, bench.first) is TranscriptState.CORRECTING


@pytest.mark.parametrize("begin", [write_by_machine, type_by_hand, import_text])
@pytest.mark.parametrize("act", [save_as_it_was, change, listen_to_all, sign_off_and_edit_again])
def test_today_has_a_first_draft_where_the_list_says_so_and_nowhere_else(bench, service, begin, act):
    begin(bench, service)
    act(service, bench.first)

    is_draft = state(service, bench.first) is TranscriptState.DRAFT
    assert drafts_on_today(bench) == ([bench.first] if is_draft else [])


def stop_on_the_way(bench, service):
    bench.add(bench.first, while_locked=True, keep_awake=True)
    bench.until_heard(bench.first, 1)
    service.stop(bench.first)


def test_what_was_chosen_goes_on_with_continue(bench, service):
    stop_on_the_way(bench, service)
    assert state(service, bench.first) is TranscriptState.INTERRUPTED
    service.start(bench.first, TranscribeChoices(TranscriptWay.BY_MACHINE))
    wanted = bench.host._running

    assert (wanted.recording, wanted.model, wanted.language) == (bench.first, "small.en", "en")
    assert (wanted.while_locked, wanted.keep_awake) == (True, True)
    assert bench.pieces(bench.first) == 1


def test_the_page_before_is_given_what_was_chosen_for_one_that_was_stopped(bench, service):
    assert service.card(bench.first).chosen is None
    stop_on_the_way(bench, service)

    chosen = TranscribeChoices(TranscriptWay.BY_MACHINE, "small.en", "en", while_locked=True, keep_awake=True)
    assert service.card(bench.first).chosen == chosen
    assert TranscriptWork(bench.app.context, bench.new_host()).card(bench.first).chosen == dataclasses.replace(
        chosen, while_locked=False, keep_awake=False
    )


@pytest.mark.parametrize(
    ("begin", "source"), [(type_by_hand, TranscriptSource.HAND), (import_text, TranscriptSource.IMPORT)]
)
def test_one_that_was_stopped_can_be_typed_or_imported_instead(bench, service, begin, source):
    stop_on_the_way(bench, service)
    begin(bench, service)

    assert bench.transcripts.row(bench.first).source is source
    assert bench.pieces(bench.first) == 0
