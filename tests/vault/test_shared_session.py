"""What travels with a sealed copy is read from the log, of a recording that it knows in a group."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP, P1, P2
from kept_vaults import kept, vault

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.shared_session import read_shared_session

__all__ = ["kept", "vault"]


def test_it_is_the_session_its_parts_who_was_there_and_the_uses_agreed_to(kept, vault):
    shared = read_shared_session(vault.log, kept.recording, Purpose.TRANSCRIPTION)

    assert (shared.group, shared.number, shared.shared_for) == (GROUP, 3, Purpose.TRANSCRIPTION)
    assert set(shared.codes) == {P1, P2}
    assert [part.seconds for part in shared.parts] == [6.0, 4.0]
    assert shared.purposes == {Purpose.RECORDING, Purpose.TRANSCRIPTION}


@pytest.mark.parametrize("is_known", [False, True])
def test_a_recording_that_the_log_does_not_know_or_of_no_group_is_shared_with_nobody(kept, vault, is_known):
    if is_known:
        vault.log._database.run("UPDATE sessions SET group_id = NULL")
    with pytest.raises(Trouble) as raised:
        read_shared_session(vault.log, kept.recording if is_known else RecordingId("unknown"), Purpose.ANALYSIS)

    assert raised.value.code is TroubleCode.RECORDING_UNKNOWN
