"""What was removed from a recording has one length, wherever it is said."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from kept_sessions import GROUP
from kept_vaults import keep_session
from outside import NUMBERED

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.recordings.redact_vault import VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.reports.sessions import to_json
from balint_desktop.text.recordings import redaction_done
from balint_desktop.ui.group.reports.group_report import group_report
from balint_desktop.ui.log.wording import recorded


@pytest.mark.parametrize("mark_s", [4.0, 4.4, 4.9])
def test_the_log_the_report_the_export_and_the_message_name_one_length(qapp, tmp_path, mark_s):
    """The recorder's mark of an act is a moment later than the log's fact, and covers another stretch."""
    kept = keep_session(tmp_path / "data", marks=((mark_s, "struck 2"),))
    vault = kept.made.open()
    try:
        shelf = RecordingService(vault, open_pcm, encode_pcm)
        record = session_record(shelf.session(vault.log.sessions.sessions()[0].id))
        done = VaultRedaction(vault, shelf).cut_all()
    finally:
        vault.close()

    assert record.recording.redacted_s == pytest.approx(2.0)
    assert done.redacted_s == pytest.approx(record.recording.redacted_s)
    assert (
        json.loads(to_json([record], NUMBERED))["sessions"][0]["recording"]["struck_s"] == record.recording.redacted_s
    )
    account = GroupAccount(Group(GROUP, "G"), "", date(2026, 3, 4), records=(record,))
    for words in (recorded(record), group_report(account), redaction_done(done.redacted_s)):
        assert re.search(r"\b2 s\b", words), words
