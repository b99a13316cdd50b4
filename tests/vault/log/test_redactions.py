import json

import pytest
from kept_vaults import kept, vault

from balint_desktop.domain.clock import SystemClock
from balint_desktop.vault.log import migrate
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.database import create_database
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.redactions import RedactionIntent

__all__ = ["kept", "vault"]

KEY = "ab" * 32


def test_a_redaction_is_in_progress_from_its_intent_to_its_end(log, kept):
    log.redactions.begin(kept.recording, 1, "before")
    assert log.redactions.pending() == (RedactionIntent(kept.recording, 1, "before", None),)

    log.redactions.prepare(kept.recording, 1, "after")
    assert log.redactions.of_part(kept.recording, 1) == RedactionIntent(kept.recording, 1, "before", "after")
    assert log.redactions.of_part(kept.recording, 2) is None

    log.redactions.finish(kept.recording, 1, 6.0, "after", [(1.5, 4.58)])
    assert log.redactions.pending() == ()
    assert log.recordings.recording(kept.recording).parts[0].sha256 == "after"


def test_a_restarted_redaction_keeps_its_original_fingerprint(log, kept):
    log.redactions.begin(kept.recording, 1, "before")
    log.redactions.prepare(kept.recording, 1, "after")
    log.redactions.begin(kept.recording, 1, "after")

    assert log.redactions.of_part(kept.recording, 1).before == "before"


def test_fingerprint_audit_and_intent_change_together_or_not_at_all(log, kept, monkeypatch):
    parts = log.recordings.recording(kept.recording).parts
    log.redactions.begin(kept.recording, 1, "before")

    def cut_off(*_arguments):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(log.audit, "add", cut_off)
        with pytest.raises(RuntimeError):
            log.redactions.finish(kept.recording, 1, 6.0, "after", [(1.5, 4.58)])

    assert log.recordings.recording(kept.recording).parts == parts
    assert len(log.redactions.pending()) == 1


def test_each_span_has_its_row_in_the_chain(log, kept):
    log.redactions.begin(kept.recording, 1, "before")
    log.redactions.finish(kept.recording, 1, 6.0, "after", [(1.0, 2.0), (3.0, 4.0)])

    content = [json.loads(row.details) for row in log.audit.rows() if row.act == AuditAct.PART_CUT]
    assert [(one["from_s"], one["until_s"]) for one in content] == [(1.0, 2.0), (3.0, 4.0)]
    assert {(one["sha256_before"], one["sha256"]) for one in content} == {("before", "after")}
    assert log.audit.broken_at() is None


def test_a_log_from_before_redactions_gets_their_table(tmp_path, monkeypatch):
    path = tmp_path / "log.db"
    with monkeypatch.context() as older:
        older.setattr(migrate, "STEPS", migrate.STEPS[:1])
        older.setattr(migrate, "VERSION", 1)
        database = create_database(path, KEY)
        migrate.create_tables(database)
        database.close()

    log = Log(path, KEY, SystemClock())
    assert log.redactions.pending() == ()
    log.close()


def test_an_intent_that_was_never_carried_out_is_forgotten_and_leaves_the_part_as_it_was(log, kept):
    parts = log.recordings.recording(kept.recording).parts
    for part in (1, 2):
        log.redactions.begin(kept.recording, part, "before")
    log.redactions.forget(kept.recording, 1)

    assert log.redactions.pending() == (RedactionIntent(kept.recording, 2, "before", None),)
    assert log.recordings.recording(kept.recording).parts == parts
