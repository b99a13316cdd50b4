"""`balint-desktop transcripts list`: how far each text is, in the window's words."""

from __future__ import annotations

import argparse
import contextlib

import pytest
from kept_vaults import kept, vault

from balint_desktop.cli import transcripts as command
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["kept", "vault"]

SILENT = SignOffState(0, 10_000, {})


@pytest.fixture
def state(vault, kept, monkeypatch, capsys):
    """Return a function that lists the vault's one transcript and returns its state."""
    monkeypatch.setattr(command, "open_vault", lambda _options: contextlib.nullcontext(vault))

    def listed():
        command._list(argparse.Namespace(json=False))
        return capsys.readouterr().out.splitlines()[-1]

    return listed


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        (TranscriptSource.MACHINE, "first draft", "being corrected"),
        (TranscriptSource.HAND, "to be typed", "being typed"),
        (TranscriptSource.IMPORT, "imported", "being corrected"),
    ],
)
def test_a_text_is_called_as_in_the_window(state, vault, kept, *, source, before, after):
    transcripts = TranscriptVault(vault)
    transcripts.begin(kept.recording, source)
    assert state().endswith("not finished")
    transcripts.note_text(kept.recording, SILENT)
    assert state().endswith(before)
    vault.log.transcripts.note_edited(kept.recording)
    assert state().endswith(after)
    transcripts.sign_off(kept.recording, Transcript(), SILENT, "AB", "as it is")
    assert state().endswith("signed off by AB")
    transcripts.reopen(kept.recording)

    assert state().endswith("being corrected")
