"""The pages that de-identify over a real vault: from a text that is signed off to one without its recording."""

import pytest
from correcting_bench import turn
from kept_sessions import GROUP, P1, P2
from kept_vaults import keep_session

from balint_desktop.app.deidentify_pages import deidentify_deps
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind, Decisions, PageTick
from balint_desktop.domain.deidentify.marks import marks_of, page_sha256, page_text, terms_of
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import transcript_of
from balint_desktop.ui.deidentify.deps import Approval
from balint_desktop.ui.transcripts.deps import TranscriptState
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.open_transcripts import TranscriptMatters
from balint_desktop.vault.transcripts import TranscriptVault

PURPOSES = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS)
TEXT = transcript_of(
    (
        turn(1, P1, 60, "She came from Papakura at 26 and siobhan knew her."),
        turn(2, P2, 65, "I was angry with the registrar."),
    )
)
DONE = SignOffState(10_000, 10_000, {})


@pytest.fixture
def recording(app):
    kept = keep_session(app.data.root, purposes=PURPOSES, redacted=False, made=app.made)
    vault = app.vault
    vault.rosters.save({GROUP: Roster((Person(P1, "Siobhan O’Neill"), Person(P2, "Tama Ngata")))})
    transcripts = TranscriptVault(vault)
    transcripts.begin(kept.recording, TranscriptSource.HAND).write_transcript(TEXT)
    transcripts.note_text(kept.recording, DONE)
    transcripts.sign_off(kept.recording, TEXT, DONE, "facilitator", "")
    return kept.recording


@pytest.fixture
def deps(app, recording):
    return deidentify_deps(app.context)


def listed(app):
    (row,) = TranscriptWork(app.context, TranscriptionHost(app.context)).list()
    return row.state, row.version


def on_today(app):
    log = app.vault.log
    return [one.kind for one in TranscriptMatters(log).open_matters(log.retention.today())]


def decide_all(deps, recording):
    """Leave or replace every word, and tick every page."""
    work = deps.service().open(recording)
    made = Decisions()
    for term in terms_of(marks_of(work.reading, work.suggestions, made)):
        if term.is_open:
            made = made.with_decision(Decision(term.text, term.key, DecisionKind.REPLACE, "[x]", term.layer, "AB", 1.0))
    marks = marks_of(work.reading, deps.service().suggest(work, made), made)
    for page in work.reading.pages():
        sha256 = page_sha256(page_text(work.reading, marks, page, str))
        made = made.with_tick(PageTick(page, "AB", sha256, 1.0))
    deps.service().save(recording, made)


def test_every_layer_looks_and_a_name_of_the_roster_is_taken_out_at_once(deps, recording):
    work = deps.service().open(recording)
    found = {one.text: one.layer for one in work.suggestions}

    assert (found["siobhan"], found["Papakura"]) == (Layer.ROSTER, found["Papakura"])
    assert any("26" in text for text in found)
    assert (work.people, work.has_roster, work.capitals_off) == ((P1, P2), True, False)


def test_a_term_that_is_marked_has_the_key_of_what_is_found(deps, recording):
    work = deps.service().open(recording)
    term = "the Registrar"
    decision = Decision(term, deps.key_of(term), DecisionKind.REPLACE, "[staff]", Layer.MARKED, "AB", 1.0)
    (found,) = (
        one for one in deps.service().suggest(work, Decisions().with_decision(decision)) if one.text == "the registrar"
    )

    assert found.key == deps.key_of(term)


def test_the_list_says_how_far_a_text_is(app, deps, recording):
    assert listed(app) == (TranscriptState.SIGNED_OFF, 0)
    decide_all(deps, recording)
    assert listed(app) == (TranscriptState.DEIDENTIFYING, 0)
    assert isinstance(deps.service().approve(recording, "AB"), Approval)
    assert listed(app) == (TranscriptState.APPROVED, 1)


def test_an_approved_text_is_listed_and_read_once_its_recording_is_destroyed(app, deps, recording):
    decide_all(deps, recording)
    deps.service().approve(recording, "AB")
    assert deps.destroying.offer(recording).is_there
    deps.destroying.destroy(recording, "approved", "coordinator")

    assert not deps.destroying.offer(recording).is_there
    assert listed(app) == (TranscriptState.APPROVED, 1)
    text, approval = deps.service().read(recording)
    assert "siobhan" not in text.text.casefold()
    assert (approval.version, len(approval.words)) == (1, 8)


def test_a_place_for_a_speaker_of_another_language_is_said_with_the_offer(app, deps, recording):
    app.vault.log.transcripts.set_state(recording, SignOffState(1, 1, {Need.OTHER_LANGUAGE: 2}))

    assert deps.destroying.offer(recording).stretches_waiting == 2


def test_today_counts_what_waits_to_be_de_identified_until_it_is_approved(app, deps, recording):
    assert on_today(app) == [OpenKind.TO_DEIDENTIFY]
    decide_all(deps, recording)
    assert on_today(app) == [OpenKind.TO_DEIDENTIFY]
    deps.service().approve(recording, "AB")
    assert on_today(app) == []


def test_today_says_nothing_of_a_text_that_may_not_be_analysed(app, recording):
    answers = [(P2, Purpose.ANALYSIS)]
    app.vault.log.consents.enter(GROUP, answers, Answer.DECLINED, ConsentCollection(app.vault.log.consents.today()))

    assert on_today(app) == []
