"""Open matters about transcripts: a first draft needs a person until one has listened to it, or changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from kept_sessions import GROUP, P1
from kept_vaults import kept, vault

from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.open_transcripts import TranscriptMatters
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["kept", "vault"]

NOBODY_LISTENED = SignOffState(0, 10_000, {})


def matters(vault):
    return TranscriptMatters(vault.log).open_matters(date(2026, 3, 5))


def draft(vault, kept, source=TranscriptSource.MACHINE):
    transcripts = TranscriptVault(vault)
    transcripts.begin(kept.recording, source)
    transcripts.note_text(kept.recording, NOBODY_LISTENED)
    return transcripts


def test_a_first_draft_that_nobody_has_listened_to_is_open(vault, kept):
    draft(vault, kept)
    (matter,) = matters(vault)

    assert (matter.kind, matter.group, matter.number, matter.recording) == (
        OpenKind.FIRST_DRAFT,
        GROUP,
        3,
        kept.recording,
    )


def test_what_is_being_transcribed_needs_nobody_yet(vault, kept):
    TranscriptVault(vault).begin(kept.recording, TranscriptSource.MACHINE)

    assert matters(vault) == ()


def test_a_text_that_a_person_brought_or_types_asks_for_nobody(vault, kept):
    draft(vault, kept, TranscriptSource.HAND)

    assert matters(vault) == ()


def listen(vault, kept):
    vault.log.transcripts.set_state(kept.recording, replace(NOBODY_LISTENED, listened_ms=1))


def edit(vault, kept):
    vault.log.transcripts.note_edited(kept.recording)


def sign(vault, kept):
    TranscriptVault(vault).sign_off(kept.recording, Transcript(), NOBODY_LISTENED, "AB", "as it is")


def archive(vault, _kept):
    vault.log.dates.archive(GROUP)


def delete(vault, kept):
    TranscriptVault(vault).delete(kept.recording)


def withdraw(vault, _kept):
    log = vault.log
    taking = ConsentCollection(log.consents.today())
    log.consents.enter(GROUP, [(P1, Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)


@pytest.mark.parametrize("act", [listen, edit, sign, archive, delete, withdraw])
def test_it_is_open_no_longer_once(vault, kept, act):
    draft(vault, kept)
    act(vault, kept)

    assert matters(vault) == ()
