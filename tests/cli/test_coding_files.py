"""`balint-desktop analysis list, send, receive, return`: a round there and back between two vaults, in words."""

from __future__ import annotations

import argparse
import contextlib
import json

import pytest
from study_vaults import ME, STUDY, TWO, Coder, begun, code_of, coding, lab, work

from balint_desktop.cli import coding_files as command
from balint_desktop.cli.result import UsageError
from balint_desktop.domain.analysis.study import ConsensusMeeting, MatterDecision, MatterOutcome
from balint_desktop.domain.trouble import TroubleCode

__all__ = ["begun", "lab"]


@pytest.fixture
def coder(tmp_path):
    made = Coder(tmp_path / "coder")
    yield made
    made.close()


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs a subcommand over a vault, and returns what it printed."""

    def ran(side, do, **options):
        monkeypatch.setattr(command, "open_vault", lambda _options: contextlib.nullcontext(side.vault))
        defaults = {"json": False, "study": STUDY[:8], "round": 1, "late": None, "coder": TWO.label}
        do(argparse.Namespace(**(defaults | options)))
        return capsys.readouterr().out.strip()

    return ran


@pytest.fixture
def sent(begun, coder, run, tmp_path):
    """Coder 2 has received the file of round 1."""
    begun.parcel_for(coder)
    file = tmp_path / "round-1.balint-coding"
    assert "sealed to Coder 2" in run(begun, command._send, to=str(file))
    assert "Being told to is in this vault now" in run(coder, command._receive, file=str(file))
    return begun


def returned(sent, coder, run, tmp_path):
    coder.studies.save_work(STUDY, 1, TWO.id, work(coding(sent.first, 4, 10)))
    coder.studies.close_round(STUDY, 1, TWO.id)
    file = tmp_path / "round-1.balint-codes"
    assert "Send it back" in run(coder, command._return, to=str(file))
    return str(file)


def test_a_round_goes_there_and_back(sent, coder, run, tmp_path):
    file = returned(sent, coder, run, tmp_path)
    first = run(sent, command._receive, file=file)
    sent.studies.close_round(STUDY, 1, ME.id)
    second = run(sent, command._receive, file=file)

    assert first == "The file is kept, sealed. Close your own round, then receive it again to open it."
    assert second == "The coding of Coder 2 is in round 1: 1 passage."
    assert len(sent.studies.work(STUDY, 1, TWO.id).codings.all) == 1


def test_a_late_file_waits_for_what_a_person_says(sent, coder, run, tmp_path):
    file = returned(sent, coder, run, tmp_path)
    sent.studies.close_round(STUDY, 1, ME.id)
    decision = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), code="c1")
    sent.studies.add_decisions(STUDY, ConsensusMeeting("d1", 50.0, (ME.id,)), [decision])

    assert "came after comparison had begun" in run(sent, command._receive, file=file)
    assert "kept for the next round" in run(sent, command._receive, file=file, late="keep")
    assert "is in round 1" in run(sent, command._receive, file=file, late="take")


def test_the_analyses_are_listed_with_their_coders(begun, run):
    (row,) = [json.loads(line) for line in run(begun, command._list, json=True).splitlines()]

    assert row == {
        "id": STUDY,
        "name": "Being told to",
        "texts": 2,
        "coders": ["Lead", "Coder 2", "Independent"],
        "rounds": 1,
        "closed": False,
    }
    assert "Being told to" in run(begun, command._list)


def test_an_analysis_is_destroyed_for_good_in_a_coders_vault_too(sent, coder, run):
    assert run(coder, command._delete).startswith(f"{STUDY} was destroyed.")
    assert coder.vault.log.studies.all() == ()
    assert "No analyses" in run(coder, command._list)
    assert sent.studies.open(STUDY).me == ME.id


def test_a_damaged_analysis_can_be_destroyed(begun, run):
    begun.vault.studies.close()
    (begun.folder / "key.age").write_bytes(b"")
    run(begun, command._delete)

    assert not begun.folder.exists()


def test_who_and_what_is_not_there_is_said(begun, run, tmp_path):
    with pytest.raises(UsageError, match="no coder called Nobody"):
        run(begun, command._send, coder="Nobody", to=str(tmp_path / "x"))
    assert code_of(lambda: run(begun, command._send, study="ffff", to="x")) is TroubleCode.STUDY_MISSING
    code = code_of(lambda: run(begun, command._receive, file=str(tmp_path / "none")))
    assert code is TroubleCode.CODING_FILE_UNREADABLE
