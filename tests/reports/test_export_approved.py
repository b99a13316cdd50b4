"""Export an approved text: only for what everyone agreed to, through the gate of names, never over a file."""

from __future__ import annotations

import json

import pytest
from approved_texts import LINES, approve, approved
from kept_sessions import GROUP, P1
from kept_vaults import keep_session

from balint_desktop.domain.deidentify.approved_files import body_text
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.approved_text.export import PURPOSES, export_approved, open_purposes, suggested_name
from balint_desktop.reports.approved_text.forms import TextForm
from balint_desktop.vault.log.consents import ConsentCollection


@pytest.fixture
def kept(tmp_path):
    return keep_session(tmp_path, purposes=(Purpose.ANALYSIS, Purpose.TRANSCRIPTION))


@pytest.fixture
def vault(kept):
    opened = kept.made.open()
    yield opened
    opened.close()


@pytest.fixture
def text(vault, kept):
    return approve(vault, kept.recording)


def refused(vault, recording, path, purpose=Purpose.ANALYSIS):
    with pytest.raises(Trouble) as caught:
        export_approved(vault, recording, purpose, path)
    return caught.value.code


@pytest.mark.parametrize("form", list(TextForm))
def test_every_form_is_written_to_the_letter_and_noted_without_a_word_of_it(vault, kept, text, tmp_path, form):
    path = tmp_path / f"out{form}"
    export_approved(vault, kept.recording, Purpose.ANALYSIS, path)

    assert body_text(path.name, path.read_bytes()) == text.text
    assert path.stat().st_mode & 0o077 == 0
    row = vault.log.audit.rows()[-1]
    assert row.act == "approved-text-exported"
    assert json.loads(row.details) == {
        "recording": kept.recording,
        "form": form[1:],
        "version": 1,
        "purpose": "analysis",
        "sha256": text.sha256,
    }


def test_without_an_approved_text_nothing_is_written(vault, kept, tmp_path):
    assert refused(vault, kept.recording, tmp_path / "a.txt") is TroubleCode.APPROVED_MISSING
    assert not (tmp_path / "a.txt").exists()


def test_it_leaves_for_analysis_or_for_sharing_and_for_what_everyone_agreed_to_alone(vault, kept, text, tmp_path):
    assert PURPOSES == (Purpose.ANALYSIS, Purpose.SHARING)
    assert open_purposes(vault, kept.recording) == (Purpose.ANALYSIS,)
    for purpose in set(Purpose) - {Purpose.ANALYSIS}:
        assert refused(vault, kept.recording, tmp_path / "a.txt", purpose) is TroubleCode.PURPOSE_NOT_AGREED
    vault.log.consents.enter(
        GROUP, [(P1, Purpose.ANALYSIS)], Answer.WITHDRAWN, ConsentCollection(vault.log.consents.today())
    )
    assert refused(vault, kept.recording, tmp_path / "a.txt") is TroubleCode.PURPOSE_NOT_AGREED
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == []


def test_no_file_is_written_over(vault, kept, text, tmp_path):
    (tmp_path / "a.txt").write_text("mine")

    assert refused(vault, kept.recording, tmp_path / "a.txt") is TroubleCode.EXPORT_EXISTS
    assert (tmp_path / "a.txt").read_text() == "mine"


def test_a_name_that_came_onto_the_roster_later_keeps_the_text_here(vault, kept, text, tmp_path):
    vault.rosters.save({GROUP: Roster((Person(P1, "Zorn Quilla", "", ("angry",)),))})
    before = vault.log.audit.rows()

    assert refused(vault, kept.recording, tmp_path / "zorn.txt") is TroubleCode.NAME_IN_EXPORT
    assert not (tmp_path / "zorn.txt").exists()
    assert vault.log.audit.rows() == before


def test_a_text_without_times_leaves_in_every_form_but_subtitles(vault, kept, tmp_path):
    approve(vault, kept.recording, approved(LINES, step_ms=0))

    assert refused(vault, kept.recording, tmp_path / "a.vtt") is TroubleCode.TEXT_WITHOUT_TIMES
    export_approved(vault, kept.recording, Purpose.ANALYSIS, tmp_path / "a.docx")


@pytest.mark.parametrize("let_go", ["begin_session", "lock"])
def test_while_the_key_is_away_nothing_leaves(vault, kept, text, tmp_path, let_go):
    getattr(vault, let_go)()

    assert refused(vault, kept.recording, tmp_path / "a.txt") is TroubleCode.VAULT_LOCKED
    assert not (tmp_path / "a.txt").exists()


def test_where_the_audit_trail_takes_no_row_the_file_is_taken_back(vault, kept, text, tmp_path, monkeypatch):
    def damaged(*_):
        raise Trouble(TroubleCode.LOG_DAMAGED)

    monkeypatch.setattr(vault.log.audit, "add_export", damaged)

    assert refused(vault, kept.recording, tmp_path / "a.txt") is TroubleCode.LOG_DAMAGED
    assert not (tmp_path / "a.txt").exists()


def test_an_ending_of_no_form_is_a_mistake_of_the_caller(vault, kept, text, tmp_path):
    with pytest.raises(ValueError, match="form"):
        export_approved(vault, kept.recording, Purpose.ANALYSIS, tmp_path / "a.pdf")


def test_the_file_is_called_after_the_session_and_the_version_and_nobody(vault, kept, text):
    assert suggested_name(vault, kept.recording) == "balint-session-3-approved-v1.docx"
