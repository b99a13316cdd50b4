"""A session without a recording: a text is imported, signed off, de-identified and approved as any other."""

from __future__ import annotations

import pytest
from deidentified_values import decided
from kept_sessions import GROUP, P1, P2
from kept_vaults import enter_session, keep_session
from killing import deaths_of
from vaults import make_vault

from balint_desktop.app.deidentify_pages import deidentify_deps
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.app.vault_services import recordings_service
from balint_desktop.domain.deidentify.decisions import Decisions, PageTick
from balint_desktop.domain.deidentify.marks import marks_of, page_sha256, page_text
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.imported_text import ImportedText, ImportedTurn, TimedText
from balint_desktop.domain.transcript.transcript import Speaker
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.transcripts import speaker_words
from balint_desktop.ui.deidentify.deps import Approval
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.transcripts.deps import ClosedBy, TranscriptState
from balint_desktop.ui.transcripts.import_page import PlacedSpeakers
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.text_only import add_text_recording, sessions_for_text
from balint_desktop.vault.transcripts import TranscriptVault

PURPOSES = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS)
SAID = ImportedText(
    (
        ImportedTurn("S1", (TimedText("It stayed with me in Blenheim."),)),
        ImportedTurn("S2", (TimedText("Me too, all night."),)),
    )
)
SPEAKERS = PlacedSpeakers({"S1": Speaker(P1), "S2": Speaker(P2)}, 0)


class Bench:
    """A vault with a session that was entered afterwards, and what its pages ask."""

    def __init__(self, app):
        app.slot.unlock(app.made.secret)
        self.context = app.context
        self.vault = app.slot.open_vault()
        self.session = enter_session(self.vault)
        self.work = TranscriptWork(app.context, TranscriptionHost(app.context))

    def row(self):
        return next(one for one in self.work.list() if one.recording == self.session)

    def import_text(self):
        self.work.import_text(self.session, SAID, SPEAKERS)

    def sign_off(self):
        self.work.open(self.session)
        return self.work.sign_off(self.session, "facilitator", "imported")

    def approve(self):
        service = deidentify_deps(self.context).service()
        work = service.open(self.session)
        known = Decisions().with_decision(decided("Blenheim"))
        marks = marks_of(work.reading, service.suggest(work, known), known)
        for page in work.reading.pages():
            sha256 = page_sha256(page_text(work.reading, marks, page, speaker_words))
            known = known.with_tick(PageTick(page, "AB", sha256, 1.0))
        service.save(self.session, known)
        return service.approve(self.session, "AB")

    def withdraw(self, asks):
        log = self.vault.log
        log.consents.save_study(GROUP, Study(withdrawal_asks=asks))
        consent_gate.withdraw(log, GROUP, P1, ConsentCollection(log.consents.today()))
        return consent_gate.withdrawals(log, GROUP)[0]

    def matters(self):
        log = self.vault.log
        return [one.kind for one in log.consent_matters.open_matters(log.consents.today())]


@pytest.fixture
def bench(app):
    return Bench(app)


def test_it_is_listed_with_a_text_to_import_and_nothing_is_in_the_log_yet(bench):
    assert (bench.row().state, bench.row().number) == (TranscriptState.TEXT_TO_IMPORT, 3)
    assert bench.vault.log.recordings.recordings() == ()


def test_it_stays_listed_with_its_reason_once_someone_who_was_not_there_has_withdrawn(bench):
    bench.withdraw(Asks.REMOVE_WORDS)
    row = bench.row()

    assert (row.state, row.closed, wording.step(row)) == (TranscriptState.CLOSED, ClosedBy.WITHDRAWN, "")
    assert wording.state(row) == "not everyone agrees to transcription any more"
    assert (row.has_recording, row.seconds) == (False, 3000.0)
    with pytest.raises(Trouble) as raised:
        bench.import_text()
    assert raised.value.code is TroubleCode.TRANSCRIPTION_NOT_AGREED


def test_an_approved_text_that_is_closed_says_why_instead_of_a_next_step(bench):
    bench.import_text()
    bench.sign_off()
    bench.approve()
    assert wording.step(bench.row()) == "Approved text"
    bench.withdraw(Asks.REMOVE_WORDS)
    row = bench.row()

    assert (row.state, wording.step(row)) == (TranscriptState.APPROVED, "")
    assert wording.state(row) == "approved, closed: not everyone agrees to its use any more"


def test_an_imported_text_is_corrected_and_signed_off_with_nothing_to_listen_to(bench):
    bench.import_text()
    assert bench.row().state is TranscriptState.IMPORTED
    opened = bench.work.open(bench.session)
    assert (opened.sound, opened.audible, opened.may_hear_again) == (None, (), False)
    bench.sign_off()

    assert bench.row().state is TranscriptState.SIGNED_OFF


def test_it_is_approved_as_any_other_and_its_transcript_destroyed(bench):
    bench.import_text()
    bench.sign_off()
    approval = bench.approve()
    assert isinstance(approval, Approval)
    assert not deidentify_deps(bench.context).destroying.offer(bench.session).has_sound
    bench.vault.destroy(bench.session, "approved")
    text, _ = deidentify_deps(bench.context).service().read(bench.session)

    assert "Blenheim" not in text.text
    assert "Me too, all night." in text.text
    assert not bench.vault.places.transcript(bench.session).exists()
    assert bench.row().state is TranscriptState.APPROVED


def test_no_list_of_recordings_has_it(bench):
    bench.import_text()
    recordings = recordings_service(bench.vault)

    assert recordings.sources() == ()
    assert bench.vault.log.summaries.refresh() in {True, False}
    kinds = [one.retained.kind for one in _retained(bench)]
    assert RetainedKind.AUDIO not in kinds
    assert RetainedKind.TRANSCRIPT in kinds
    with pytest.raises(Trouble) as raised:
        recordings.open(recordings.source(bench.session))
    assert raised.value.code is TroubleCode.RECORDING_MISSING


def _retained(bench):
    return GroupRetention(bench.vault.log, GROUP, bench.vault.log.retention.today()).items()


def test_a_deleted_text_may_be_imported_again(bench):
    bench.import_text()
    bench.work.delete(bench.session)
    assert bench.row().state is TranscriptState.TEXT_TO_IMPORT
    bench.import_text()

    assert bench.row().state is TranscriptState.IMPORTED
    assert len(bench.vault.log.recordings.recordings()) == 1


@pytest.mark.parametrize("purposes", [(), (Purpose.ANALYSIS,)])
def test_where_not_everyone_agreed_to_transcription_nothing_is_offered_or_imported(app, purposes):
    app.slot.unlock(app.made.secret)
    vault = app.slot.open_vault()
    session = enter_session(vault, purposes)

    assert sessions_for_text(vault.log) == ()
    with pytest.raises(Trouble) as raised:
        add_text_recording(vault, session)
    assert raised.value.code is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert vault.log.recordings.recordings() == ()
    assert vault.recording_folders() == {}


def test_a_session_with_a_recording_is_offered_no_text_of_its_own(app):
    keep_session(app.data.root, purposes=PURPOSES, redacted=False, made=app.made, number=3)
    app.slot.unlock(app.made.secret)

    assert sessions_for_text(app.slot.open_vault().log) == ()


def test_a_rule_to_destroy_destroys_the_texts_and_leads_to_no_recording(bench):
    bench.import_text()
    bench.withdraw(Asks.DESTROY)
    assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]
    transcripts = TranscriptVault(bench.vault)
    assert transcripts.has_only_text(bench.session)
    transcripts.destroy_texts(bench.session, "withdrawn")

    assert bench.matters() == []
    assert (bench.row().state, bench.row().has_transcript) == (TranscriptState.CLOSED, False)
    assert not bench.vault.places.transcript(bench.session).exists()


def test_a_rule_to_remove_words_takes_them_out_of_its_text(bench):
    bench.import_text()
    left = bench.withdraw(Asks.REMOVE_WORDS)
    turns = TranscriptVault(bench.vault).remove_words(left, bench.session)

    assert (turns.theirs, turns.unknown) == (1, 0)
    assert bench.matters() == []


def test_killed_at_any_moment_it_is_there_or_nothing_of_it_is(tmp_path):
    def make(at):
        made = make_vault(tmp_path / str(at))
        vault = made.open()
        return made, vault, enter_session(vault)

    def check(world):
        made, vault, session = world
        vault.close()
        vault = made.open()
        rows = vault.log.recordings.recordings()
        assert set(vault.recording_folders()) == {row.id for row in rows}
        add_text_recording(vault, session)
        assert vault.recording_key(session).recipient == vault.log.recordings.recording(session).recipient
        vault.close()

    assert deaths_of(make, lambda world: add_text_recording(world[1], world[2]), check) > 5
