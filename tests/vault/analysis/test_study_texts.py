"""A withdrawal reaches what was coded: wholly withdrawn passages go, others are cut, and nobody is named."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import decrypted
import pytest
from kept_sessions import GROUP
from small_disk import small_disk
from study_vaults import ME, STUDY, begun, code_of, coding, lab, memo, work

from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.study import (
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Quotation,
    StudyTheme,
    ThemeWork,
)
from balint_desktop.domain.deidentify.approved import Redaction, redacted, without_turns_of
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["begun", "lab", "small_disk"]

# "R2: It made me angry with the registrar." The first turn is from 0 to 41.
GONE, CUT, AFTER = (4, 16), (10, 30), (46, 60)


@pytest.fixture
def coded(begun):
    """Passages wholly within what will be withdrawn, half within, and behind it: coded, written of and quoted."""
    spans = {"gone": GONE, "cut": CUT, "after": AFTER}
    begun.studies.save_work(
        STUDY, 1, ME.id, work(*(coding(begun.first, *span, guid=name) for name, span in spans.items()))
    )
    for name, (begin, end) in spans.items():
        begun.studies.add_memo(STUDY, memo(words=f"of {name}", memo_id=name, text=begun.first, begin=begin, end=end))
    begun.studies.add_memo(STUDY, memo(words="of all", memo_id="whole", text=begun.first))
    quotations = [
        Quotation(name, "t1", begun.first, *span, shown=f"shown {name}", may_be_quoted=True)
        for name, span in spans.items()
    ]
    begun.studies.save_themes(STUDY, ThemeWork((StudyTheme("t1", "Theme"),), tuple(quotations)))
    meeting = ConsensusMeeting("d1", 50.0, (ME.id,))
    made = [
        MatterDecision(name, 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), text=begun.first, begin=begin, end=end)
        for name, (begin, end) in spans.items()
    ]
    begun.studies.add_decisions(STUDY, meeting, made)
    return begun


def texts_of(lab, things):
    text = lab.studies.open(STUDY).texts[lab.first].text
    return {one[0]: text[one[1] : one[2]] for one in things}


def test_codings_memos_quotations_and_decisions_follow_a_redaction_at_once(coded):
    coded.studies.close_round(STUDY, 1, ME.id)
    coded.redact(coded.first, *GONE)
    opened = coded.studies.open(STUDY)
    codings = coded.studies.work(STUDY, 1, ME.id).codings.all

    assert texts_of(coded, [(one.guid, one.begin, one.end) for one in codings]) == {
        "cut": "ngry with the ",
        "after": "I would have f",
    }
    assert [one.id for one in opened.memos] == ["after", "cut", "whole"]
    assert [(one.id, one.shown) for one in opened.themes.quotations] == [
        ("cut", "ngry with the "),
        ("after", "shown after"),
    ]
    assert [(one.id, one.begin is None) for one in opened.decisions] == [
        ("gone", True),
        ("cut", False),
        ("after", False),
    ]
    assert opened.study.texts[0].version == 2
    assert opened.withdrawn == ("Session 1",)


def draft_keys(lab):
    """Return the names of half-typed forms of the study."""
    return {
        "quotation": f"analysis-quotation-{STUDY}-{lab.first}-4-16",
        "memo": f"analysis-memo-{STUDY}-{lab.first}-46-60",
        "whole": f"analysis-memo-{STUDY}-{lab.first}",
        "theme": f"analysis-memo-{STUDY}-theme-t1",
        "study": f"analysis-study-{STUDY}",
        "other study": f"analysis-memo-{STUDY}0-{lab.first}-4-16",
        "other place": "members-new",
    }


def drafts_left(lab):
    keys = draft_keys(lab)
    return {name for name, key in keys.items() if lab.vault.log.drafts.read(key)}


def test_what_is_half_typed_on_a_passage_goes_with_a_redaction(coded):
    for key in draft_keys(coded).values():
        coded.vault.log.drafts.save(key, "half")
    coded.redact(coded.first, *GONE)

    assert drafts_left(coded) == {"whole", "theme", "study", "other study", "other place"}


def test_nothing_half_typed_is_left_of_a_study_that_is_destroyed(coded):
    for key in draft_keys(coded).values():
        coded.vault.log.drafts.save(key, "half")
    coded.studies.destroy(STUDY)

    assert drafts_left(coded) == {"other study", "other place"}


def test_the_trail_says_how_many_went_and_were_cut_and_never_whose(coded):
    coded.redact(coded.first, *GONE)
    (row,) = [json.loads(one.details) for one in coded.vault.log.audit.rows() if one.act == AuditAct.STUDY_TEXT_MOVED]

    assert set(row) == {"study", "recording", "version", "sha256", "withdrawn", "cut"}
    assert (row["version"], row["withdrawn"], row["cut"]) == (2, 1, 1)


def test_no_page_of_the_studys_file_holds_a_quotation_that_was_withdrawn(coded):
    themes = coded.studies.open(STUDY).themes
    secret = replace(themes.quotations[0], shown="kererūkererū")
    coded.studies.save_themes(STUDY, replace(themes, quotations=(secret, *themes.quotations[1:])))
    key = coded.vault.studies.open(STUDY).key.database
    coded.redact(coded.first, *GONE)

    ahead = coded.folder / "analysis.db-wal"
    assert "kererūkererū".encode() not in decrypted.pages(coded.folder / "analysis.db", key)
    assert not ahead.exists() or not ahead.stat().st_size


def test_a_closed_gate_does_not_stop_words_from_going(coded):
    from kept_sessions import P1  # noqa: PLC0415

    from balint_desktop.domain.study.consent import Answer, Purpose  # noqa: PLC0415
    from balint_desktop.vault.log.consents import ConsentCollection  # noqa: PLC0415

    after = redacted(VaultTexts(coded.vault).read(coded.first), [Redaction(*GONE, "[not available]")])
    taking = ConsentCollection(coded.vault.log.consents.today())
    coded.vault.log.consents.enter(GROUP, [(P1, Purpose.ANALYSIS)], Answer.DECLINED, taking)
    coded.approve(coded.first, after)

    assert [one.guid for one in coded.studies.work(STUDY, 1, ME.id).codings.all] == ["cut", "after"]


def test_what_was_redacted_while_the_study_could_not_be_opened_goes_when_the_vault_is_opened(coded, monkeypatch):
    monkeypatch.setattr(type(coded.vault), "follow_texts", lambda _vault: None)
    coded.redact(coded.first, *GONE)
    monkeypatch.undo()
    coded.again()
    file = coded.vault.studies.open(STUDY)

    assert [one.guid for one in file.work.work((1, ME.id)).codings.all] == ["cut", "after"]


def test_what_was_redacted_before_the_disk_could_not_be_written_to_is_not_shown_as_it_was(
    coded, monkeypatch, small_disk
):
    monkeypatch.setattr(type(coded.vault), "follow_texts", lambda _vault: None)
    coded.redact(coded.first, *GONE)
    monkeypatch.undo()
    coded.vault.close()
    folder = small_disk.folder / "vault"
    shutil.copytree(coded.made.folder, folder)
    small_disk.set_read_only()
    made = type(coded.made)(folder, coded.made.passphrase, coded.made.recovery_key, coded.made.secret)
    coded.vault = made.open(coded.clock)
    refused = code_of(lambda: coded.studies.open(STUDY))
    coded.vault.close()
    coded.vault = coded.made.open(coded.clock)

    assert refused is TroubleCode.STUDY_TEXT_CHANGED
    assert [one.guid for one in coded.studies.work(STUDY, 1, ME.id).codings.all] == ["cut", "after"]


def test_two_redactions_in_a_row_are_followed(coded):
    coded.redact(coded.first, *GONE)
    text = VaultTexts(coded.vault).read(coded.first).text
    begin = text.index("registrar")
    coded.redact(coded.first, begin, begin + len("registrar"))
    codings = coded.studies.work(STUDY, 1, ME.id).codings.all

    assert texts_of(coded, [(one.guid, one.begin, one.end) for one in codings])["after"] == "I would have f"


def test_all_turns_of_a_person_taken_out_leave_the_others_coding(coded):
    before = VaultTexts(coded.vault).read(coded.first)
    coded.approve(coded.first, redacted(before, without_turns_of(before, "R2")))

    assert [one.guid for one in coded.studies.work(STUDY, 1, ME.id).codings.all] == ["after"]


def test_a_destroyed_text_takes_its_coding_along(coded):
    TranscriptVault(coded.vault).destroy_approved(coded.first)
    opened = coded.studies.open(STUDY)

    assert [one.recording for one in opened.study.texts] == [coded.recordings[1]]
    assert coded.studies.work(STUDY, 1, ME.id).codings.all == ()
    assert (opened.themes.quotations, opened.memos) == ((), ())
    assert coded.acts()[-1] == AuditAct.STUDY_TEXT_LEFT_OUT


def test_moving_to_the_version_that_is_there_changes_nothing(coded):
    text = VaultTexts(coded.vault).read(coded.first)

    assert coded.studies.move_to_version(STUDY, coded.first, text) == MoveCount()
    assert AuditAct.STUDY_TEXT_MOVED not in coded.acts()
