"""The pages' service over a real vault: what is found, decided, approved, read and redacted."""

from __future__ import annotations

import pytest
from deidentified_values import decided
from kept_sessions import GROUP, P1, P2
from kept_vaults import keep_session

from balint_desktop import i18n
from balint_desktop.app.deidentify import _language
from balint_desktop.app.deidentify_pages import deidentify_deps
from balint_desktop.domain.deidentify.approved import Redaction
from balint_desktop.domain.deidentify.decisions import DecisionKind, Decisions, PageTick
from balint_desktop.domain.deidentify.gate import FindingKind
from balint_desktop.domain.deidentify.marks import marks_of, page_sha256, page_text
from balint_desktop.domain.deidentify.replacements import ReplacementProblem
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import LEADER, Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.deidentify.deps import Approval
from balint_desktop.vault.deidentified import SignedText
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.transcripts import TranscriptVault

PURPOSES = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS)
WHOLE = SignOffState(10_000, 10_000, {})


def spoken(number, speaker, begin, text):
    words = tuple(Word(one, begin + at * 100, begin + at * 100 + 100) for at, one in enumerate(text.split()))
    return Turn(number, speaker, begin, words[-1].until_ms, words)


TEXT = Transcript(
    (
        spoken(1, Speaker(P1), 60_000, "I talked to Aroha about her in Blenheim"),
        spoken(2, LEADER, 62_000, "and she was tired"),
        spoken(3, Speaker(P2), 64_000, "yes she was"),
    )
)


class Bench:
    """A vault with a signed-off transcript, a roster, and the service of the pages."""

    def __init__(self, app):
        kept = keep_session(app.data.root, purposes=PURPOSES, redacted=False, made=app.made, number=3)
        self.recording = kept.recording
        app.slot.unlock(app.made.secret)
        self.vault = app.slot.open_vault()
        self.vault.rosters.save({GROUP: Roster((Person(P2, "Aroha Ngata"),))})
        transcripts = TranscriptVault(self.vault)
        transcripts.begin(self.recording, TranscriptSource.HAND, "en").write_transcript(TEXT)
        transcripts.note_text(self.recording, WHOLE)
        transcripts.sign_off(self.recording, TEXT, WHOLE, "facilitator", "")
        self.service = deidentify_deps(app.context).service()

    def work(self):
        return self.service.open(self.recording)

    def decide(self, *decisions, readers=("AB",)):
        """Decide, read every page as it then is, and save."""
        work = self.work()
        known = Decisions()
        for one in decisions:
            known = known.with_decision(one)
        marks = marks_of(work.reading, self.service.suggest(work, known), known)
        for page in work.reading.pages():
            sha256 = page_sha256(page_text(work.reading, marks, page, str))
            for by in readers:
                known = known.with_tick(PageTick(page, by, sha256, 1.0))
        self.service.save(self.recording, known)

    def approve(self):
        return self.service.approve(self.recording, "AB")


@pytest.fixture
def bench(app):
    return Bench(app)


BLENHEIM = decided("Blenheim", replacement="[place]", layer=Layer.CAPITAL)


def test_a_text_is_opened_with_what_may_identify_in_it(bench):
    work = bench.work()
    found = {one.text: one.layer for one in work.suggestions}

    assert found["Aroha"] is Layer.ROSTER
    assert "Blenheim" in found
    assert (work.has_roster, work.capitals_off, work.readers_needed, work.approval) == (True, False, 1, None)
    assert set(work.people) == {P1, P2}


def test_an_everyday_word_by_which_a_name_is_heard_is_asked_about_and_may_be_left(bench):
    bench.vault.rosters.save({GROUP: Roster((Person(P2, "Zzyx Quorn", heard_as=("tired",)),))})
    (asked,) = [one for one in bench.work().suggestions if one.text == "tired"]
    left = decided("tired", DecisionKind.LEAVE, layer=Layer.NAME_OR_WORD)
    bench.decide(BLENHEIM, decided("Aroha", replacement="[name]", layer=Layer.CAPITAL), left)
    approval = bench.approve()

    assert (asked.layer, asked.replacement) == (Layer.NAME_OR_WORD, f"[{P2}]")
    assert isinstance(approval, Approval)
    assert "she was tired" in bench.service.read(bench.recording)[0].text


def test_nothing_is_approved_while_anything_is_undecided_or_unread(bench):
    kinds = {one.kind for one in bench.approve()}

    assert kinds == {FindingKind.UNDECIDED, FindingKind.UNREAD}
    assert bench.work().approval is None


def test_it_is_approved_with_study_numbers_and_the_names_replaced(bench):
    bench.decide(BLENHEIM)
    approval = bench.approve()
    text, same = bench.service.read(bench.recording)

    assert isinstance(approval, Approval)
    assert same == approval
    assert (approval.version, approval.by, len(approval.words)) == (1, "AB", 8)
    assert "Aroha" not in text.text
    assert "Blenheim" not in text.text
    assert "P1" not in text.text
    assert "P2" not in text.text
    assert "Facilitator: and she was tired" in text.text
    assert bench.work().approval == approval


def test_a_page_changed_since_it_was_read_is_not_read(bench):
    bench.decide(BLENHEIM)
    work = bench.work()
    bench.service.save(bench.recording, work.decisions.with_decision(decided("Blenheim", replacement="[town]")))

    assert {one.kind for one in bench.approve()} == {FindingKind.UNREAD}


def test_where_the_group_asks_for_two_one_reader_is_not_enough(bench):
    bench.service._texts.set_second_reader(GROUP, is_needed=True)
    bench.decide(BLENHEIM)
    assert {one.kind for one in bench.approve()} == {FindingKind.UNREAD}
    bench.decide(BLENHEIM, readers=("AB", "CD"))

    assert isinstance(bench.approve(), Approval)


def test_a_name_added_to_the_roster_after_it_was_read_is_found_at_approval(bench):
    bench.decide(BLENHEIM)
    bench.vault.rosters.save({GROUP: Roster((Person(P2, "Aroha Ngata"), Person(P1, "Tired Person")))})

    assert {one.kind for one in bench.approve()} & {FindingKind.UNREAD, FindingKind.UNDECIDED}


def test_a_redaction_with_a_code_has_its_study_number(bench):
    bench.decide(BLENHEIM)
    bench.approve()
    text, _ = bench.service.read(bench.recording)
    at = text.text.index("she was tired")
    approval = bench.service.redact(bench.recording, [Redaction(at, at + 3, "[P2]")], "CD")
    after, _ = bench.service.read(bench.recording)

    assert (approval.version, approval.by) == (2, "CD")
    assert "[P2]" not in after.text
    assert "] was tired" in after.text


def test_an_approval_that_is_undone_can_be_decided_and_approved_again_as_version_1(bench):
    bench.decide(BLENHEIM)
    bench.approve()
    bench.service.undo_approval(bench.recording)
    assert bench.work().approval is None
    assert set(bench.work().decisions.everywhere)
    bench.decide(decided("Blenheim", replacement="[town]", layer=Layer.CAPITAL))

    assert bench.approve().version == 1
    assert "[town]" in bench.service.read(bench.recording)[0].text


def test_a_typed_replacement_with_a_name_of_the_roster_or_the_word_itself_has_a_problem(bench):
    typed = ("[Aroha]", "[near Blenheim]", "[up north]")

    assert [
        bench.service.replacement_problem(bench.recording, one, "Blenheim", bench.work().decisions) for one in typed
    ] == [ReplacementProblem.NAME, ReplacementProblem.ITSELF, None]


def test_it_is_read_and_redacted_once_the_recording_is_destroyed(bench):
    bench.decide(BLENHEIM)
    bench.approve()
    bench.vault.destroy(bench.recording, "approved")
    text, approval = bench.service.read(bench.recording)
    at = text.text.index("tired")
    after = bench.service.redact(bench.recording, [Redaction(at, at + 5, "[left out]")], "AB")

    assert (approval.version, after.version) == (1, 2)
    with pytest.raises(Trouble) as raised:
        bench.work()
    assert raised.value.code is TroubleCode.TRANSCRIPT_MISSING


def test_a_text_that_is_open_again_for_editing_is_not_de_identified(bench):
    TranscriptVault(bench.vault).reopen(bench.recording)
    with pytest.raises(Trouble) as raised:
        bench.work()

    assert raised.value.code is TroubleCode.NOT_SIGNED_OFF


def test_the_sound_that_may_not_be_heard_is_a_bracket_in_what_is_read(bench):
    assert any(bench.work().reading.text[begin:end] == "[not available]" for begin, end in bench.work().reading.fixed)


@pytest.fixture
def german_window():
    before = i18n.language()
    i18n.use(["de"])
    yield
    i18n.use([before])


def test_the_language_of_the_window_changes_nothing_in_a_text(bench, german_window):
    german = bench.work()
    i18n.use(["en"])
    english = bench.work()

    assert german.reading == english.reading
    assert [(one.text, one.replacement, one.others) for one in german.suggestions] == [
        (one.text, one.replacement, one.others) for one in english.suggestions
    ]
    assert (german.language, german.capitals_off) == ("en", False)


def test_pages_read_in_one_language_of_the_window_are_read_in_another(bench, german_window):
    bench.decide(BLENHEIM)
    i18n.use(["en"])
    approval = bench.approve()
    i18n.use(["de"])

    assert isinstance(approval, Approval)
    assert "Facilitator: and she was tired" in bench.service.read(bench.recording)[0].text


def test_an_approved_text_has_the_roles_of_its_own_language(bench, german_window):
    bench.decide(BLENHEIM)
    bench.approve()
    text = bench.service.read(bench.recording)[0]

    assert "Facilitator: and she was tired" in text.text
    assert text.gap == "[not available]"


def test_what_a_text_is_in_is_seen_by_its_words_where_nobody_said():
    assert _language(SignedText(None, TEXT, "")) == "en"
    german = Transcript((spoken(1, LEADER, 0, "ich war bei der Patientin und sie war müde"),))
    assert _language(SignedText(None, german, "")) == "de"
    assert _language(SignedText(None, german, "en_NZ")) == "en"


def test_a_redaction_that_names_is_not_made_and_is_shown_at_its_words(bench):
    bench.decide(BLENHEIM)
    bench.approve()
    text, _ = bench.service.read(bench.recording)
    at = text.text.index("tired")
    for typed in ("[Aroha]", "[so tired]", "[from Blenheim]"):
        (finding,) = bench.service.redact(bench.recording, [Redaction(at, at + 5, typed)], "AB")

        assert (finding.kind, finding.begin, finding.end) == (FindingKind.NAME, at, at + 5)


def test_a_redaction_inside_brackets_takes_them_whole(bench):
    bench.decide(BLENHEIM)
    bench.approve()
    text, _ = bench.service.read(bench.recording)
    at = text.text.index("place]")
    bench.service.redact(bench.recording, [Redaction(at, at + 5, "[a town]")], "AB")
    after, _ = bench.service.read(bench.recording)

    assert "in [a town]" in after.text
