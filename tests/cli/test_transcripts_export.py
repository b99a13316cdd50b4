"""`balint-desktop transcripts export`: approved texts alone, not encrypted only where that is confirmed."""

from __future__ import annotations

import json

import pytest
from approved_texts import approve
from kept_vaults import keep_session, passphrase_file

from balint_desktop.domain.deidentify.approved_files import body_text
from balint_desktop.domain.key_words import words_of_sha256
from balint_desktop.domain.study.consent import Purpose
from tests.cli.conftest import Program


@pytest.fixture
def kept(tmp_path):
    return keep_session(tmp_path / "data", purposes=(Purpose.ANALYSIS, Purpose.TRANSCRIPTION))


@pytest.fixture
def text(kept):
    vault = kept.made.open()
    text = approve(vault, kept.recording)
    vault.close()
    return text


@pytest.fixture
def run(kept, tmp_path):
    return Program(kept.data, passphrase_file(tmp_path))


@pytest.mark.parametrize("ending", ["txt", "docx", "odt", "vtt"])
def test_an_approved_text_is_written_in_the_form_of_the_files_ending(run, kept, text, tmp_path, ending):
    path = tmp_path / f"text.{ending}"
    (line,) = run.lines(
        *("transcripts", "export", kept.recording[:8], "--to", str(path)), "--not-encrypted", "--purpose", "analysis"
    )

    assert body_text(path.name, path.read_bytes()) == text.text
    assert line == {
        "id": kept.recording,
        "file": str(path),
        "version": 1,
        "sha256": text.sha256,
        "words": list(words_of_sha256(text.sha256)),
        "purpose": "analysis",
    }


def test_what_is_printed_says_that_it_is_not_encrypted_and_the_eight_words(run, kept, text, tmp_path):
    path = tmp_path / "text.txt"
    done = run("transcripts", "export", kept.recording, "--to", str(path), "--not-encrypted", "--purpose", "analysis")

    words = " ".join(words_of_sha256(text.sha256))
    assert done.stdout == f"{path}: version 1, not encrypted. Its eight words are: {words}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--to", "{folder}/a.pdf", "--not-encrypted", "--purpose", "analysis"), 2, "must end in one of .docx"),
        (("--to", "{folder}/a.txt", "--purpose", "analysis"), 2, "add --not-encrypted"),
        (("--to", "{folder}/a.txt", "--not-encrypted"), 2, "--purpose with one of analysis, sharing"),
        (("--to", "{folder}/a.txt", "--not-encrypted", "--purpose", "supervision"), 2, "one of analysis, sharing"),
        (("--to", "{folder}/a.txt", "--not-encrypted", "--purpose", "sharing"), 1, "Not everyone has agreed"),
    ],
)
@pytest.mark.usefixtures("text")
def test_what_is_missing_is_said_in_one_sentence(run, kept, tmp_path, *, arguments, code, said):
    asked = [one.format(folder=tmp_path) for one in arguments]

    assert said in run.wrong("transcripts", "export", kept.recording, *asked, code=code)
    assert not list(tmp_path.glob("a.*"))


def test_a_text_that_is_not_approved_is_refused(run, kept, tmp_path):
    path = tmp_path / "a.txt"
    line = run.wrong(
        *("transcripts", "export", kept.recording, "--to", str(path)), "--not-encrypted", "--purpose", "analysis"
    )

    assert "This session has no approved text." in line
    assert not path.exists()


def test_the_list_has_the_approved_version_and_its_words_also_once_the_transcript_is_deleted(run, kept, text):
    words = words_of_sha256(text.sha256)
    (row,) = run.lines("transcripts", "list")

    assert (row["id"], row["number"], row["approved_version"]) == (kept.recording, 3, 1)
    assert row["approved_words"] == list(words)
    assert row["source"] is None
    assert f"version 1: {' '.join(words)}" in run("transcripts", "list").stdout
    assert json.dumps(row)
