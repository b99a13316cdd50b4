"""Redaction under a legal hold: applied all the same, unless the hold covers redacted sound."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP
from kept_vaults import kept, vault

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.study.holds import Hold, HoldId, Lifted
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.redact_vault import RedactionResult, VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["kept", "vault"]


@pytest.fixture
def cutting(vault):
    return VaultRedaction(vault, RecordingService(vault, open_pcm, encode_pcm))


def placed(vault, kept, *, retains_redacted, recording=False):
    today = vault.log.retention.today()
    on = kept.recording if recording else None
    hold = Hold(HoldId(""), GROUP, today, "a court asks for it", "legal office", on, retains_redacted)
    return vault.log.holds.place(hold, today)


def cut(vault, kept, cutting):
    return cutting.cut(RecordingService(vault, open_pcm, encode_pcm).source(kept.recording))


def test_an_ordinary_hold_allows_redaction(vault, kept, cutting):
    placed(vault, kept, retains_redacted=False)

    assert cutting.cut_all().recordings == 1
    assert AuditAct.PART_CUT in [row.act for row in vault.log.audit.rows()]


@pytest.mark.parametrize("recording", [True, False])
def test_a_hold_that_covers_redaction_preserves_every_byte_until_it_is_lifted(vault, kept, cutting, recording):
    hold = placed(vault, kept, retains_redacted=True, recording=recording)
    before = {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}

    # In the background it is skipped; a direct request reports why.
    assert cutting.cut_all() == RedactionResult()
    with pytest.raises(Trouble) as caught:
        cut(vault, kept, cutting)

    assert caught.value.code is TroubleCode.HELD_STRUCK
    assert {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()} == before
    assert vault.log.redactions.pending() == ()
    today = vault.log.retention.today()
    vault.log.holds.lift(hold, Lifted(today, "the court is done", "legal office"), today)
    assert cutting.cut_all().recordings == 1


def test_a_redaction_already_begun_is_finished_under_a_hold(vault, kept, cutting, monkeypatch):
    # A kill between two names of one file must not leave a recording half redacted, whatever is held since.
    source = RecordingService(vault, open_pcm, encode_pcm).source(kept.recording)
    vault.log.redactions.begin(kept.recording, 1, source.fingerprints[1])
    placed(vault, kept, retains_redacted=True)

    assert [part.part for part in cut(vault, kept, cutting)] == [1]
