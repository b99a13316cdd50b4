"""Corrected records: the previous value, who and why, undone, erased; and two pages on one record."""

from __future__ import annotations

import contextlib
import json

import pytest
from decrypted import pages, pages_ahead
from hypothesis import given
from hypothesis import strategies as st
from kept_sessions import GROUP, P1, P2, P10, TEXT, whole_hour

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.log import corrections as corrections_module
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.corrections import Change, salted_hash

BY = Attribution("M", "the wrong pill was pressed")
SECRET = "Quittenmarmelade am Fenster"


@pytest.fixture
def kept(vault):
    return keep(vault)


def keep(vault, note="We sat with it."):
    if not vault.log.groups.groups():
        vault.log.groups.save_group(Group(GROUP, "Wednesday group"))
    session = vault.log.sessions.start(SessionSetting(GROUP, 3, SessionKind.CASE, "student-hour", TEXT))
    for fact in whole_hour():
        vault.log.sessions.add_fact(session, fact)
    vault.log.sessions.close(session, Debrief(note))
    return session


def record(vault, session):
    return session_record(RecordingService(vault, None, None).session(session))


def correct(vault, session, values, by=BY):
    now = record(vault, session)
    return vault.log.corrections.correct(session, values, by, seen=now.current_values, revision=now.revision)


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def test_a_correction_applies_to_the_record_and_the_facts_stay(vault, kept):
    before = vault.log.sessions.facts(kept)

    correct(vault, kept, {Field.PRESENTERS: {1: P1}, Field.PRESENT: (P2, P1), Field.NUMBER: 4})

    now = record(vault, kept)
    assert now.presenters == ((1, P1),)
    assert now.present == (P1, P2)
    assert now.setting.number == 4
    assert set(now.corrected) == {Field.PRESENTERS, Field.PRESENT, Field.NUMBER}
    assert vault.log.sessions.facts(kept) == before


def test_the_previous_value_is_stored_with_who_when_and_why(vault, kept):
    correct(vault, kept, {Field.PROCESS_NOTE: "We sat with it for long."})

    (row,) = vault.log.corrections.of_session(kept)
    assert (row.change, row.field, row.earlier_value) == (Change.CORRECTED, Field.PROCESS_NOTE, "We sat with it.")
    assert (row.who, row.why) == (BY.who, BY.why)
    assert vault.log.corrections.author == "M"


def test_the_audit_trail_holds_the_field_and_hashes_and_no_text(vault, kept):
    (made,) = correct(vault, kept, {Field.PROCESS_NOTE: "Another line."})

    row = vault.log.audit.rows()[-1]
    content = json.loads(row.details)
    ((salt,),) = vault.log._database.run("SELECT salt FROM superseded")
    assert row.act == AuditAct.RECORD_CORRECTED
    assert content == {
        "correction": made,
        "session": kept,
        "field": "process-note",
        "sha256": salted_hash(salt, json.dumps("We sat with it.")),
        "said": salted_hash(made, BY.who, BY.why),
    }
    assert "sat" not in row.details
    assert vault.log.audit.broken_at() is None


def test_a_field_set_to_its_own_value_is_no_correction(vault, kept):
    assert correct(vault, kept, {Field.NUMBER: 3, Field.ONLINE: False, Field.PRESENT: (P10, P2, P1)}) == ()
    assert vault.log.corrections.of_session(kept) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({Field.BEGAN: 4e9}, TroubleCode.DAY_TO_COME),
        ({Field.NUMBER: 0}, TroubleCode.VALUE_IMPOSSIBLE),
        ({Field.LASTED: 0.0}, TroubleCode.VALUE_IMPOSSIBLE),
        ({Field.LASTED: 13 * 3600.0}, TroubleCode.VALUE_IMPOSSIBLE),
        ({Field.PRESENTERS: {0: P1}}, TroubleCode.VALUE_IMPOSSIBLE),
        ({Field.PROCESS_NOTE: "x" * 501}, TroubleCode.VALUE_IMPOSSIBLE),
    ],
)
def test_an_invalid_correction_is_refused_and_changes_nothing(vault, kept, values, code):
    before = record(vault, kept)

    assert code_of(lambda: correct(vault, kept, {Field.NUMBER: 5, **values})) is code
    assert record(vault, kept) == before


def test_saving_over_a_record_changed_in_the_meantime_is_refused(vault, kept):
    first, second = record(vault, kept), record(vault, kept)
    save = vault.log.corrections.correct
    save(kept, {Field.PROCESS_NOTE: "mine"}, BY, seen=first.current_values, revision=first.revision)

    result = code_of(lambda: save(kept, {Field.NUMBER: 9}, BY, seen=second.current_values, revision=second.revision))

    assert result is TroubleCode.RECORD_CHANGED
    assert record(vault, kept).setting.number == 3
    assert record(vault, kept).debrief.process_note == "mine"


def test_a_finished_debrief_counts_as_a_change_too(vault, kept):
    seen = record(vault, kept)
    vault.log.sessions.close(kept, Debrief("put right at the close"))

    result = code_of(
        lambda: vault.log.corrections.erase(kept, Field.PROCESS_NOTE, BY, revision=seen.revision),
    )

    assert result is TroubleCode.RECORD_CHANGED
    assert record(vault, kept).debrief.process_note == "put right at the close"


def test_undoing_restores_the_record_and_is_audited(vault, kept):
    before = record(vault, kept)
    (made,) = correct(vault, kept, {Field.PROCESS_NOTE: "We sat."})

    vault.log.corrections.undo(made, vault.log.corrections.revision(kept))

    now = record(vault, kept)
    assert now.current_values == before.current_values
    assert now.corrected == ()
    assert vault.log.audit.rows()[-1].act == AuditAct.CORRECTION_TAKEN_BACK


def test_only_the_last_correction_of_a_field_can_be_undone(vault, kept):
    (first,) = correct(vault, kept, {Field.NUMBER: 4})
    correct(vault, kept, {Field.NUMBER: 5})

    back = vault.log.corrections.undo
    assert code_of(lambda: back(first, vault.log.corrections.revision(kept))) is TroubleCode.RECORD_CHANGED
    assert record(vault, kept).setting.number == 5


def test_an_erased_text_leaves_a_hash_who_when_and_why(vault, kept):
    correct(vault, kept, {Field.PROCESS_NOTE: SECRET})
    correct(vault, kept, {Field.PROCESS_NOTE: "shorter"})

    vault.log.corrections.erase(kept, Field.PROCESS_NOTE, BY, revision=vault.log.corrections.revision(kept))

    assert record(vault, kept).debrief.process_note == ""
    rows = vault.log.corrections.of_session(kept)
    assert [row.change for row in rows] == [Change.ERASED, Change.CORRECTED, Change.CORRECTED]
    assert all(row.is_erased and len(row.sha256) == 64 and row.who == "M" for row in rows)
    assert vault.log._database.run("SELECT COUNT(*) FROM superseded WHERE salt IS NOT NULL OR stood IS NOT NULL") == [
        (0,)
    ]
    assert vault.log.audit.rows()[-1].act == AuditAct.TEXT_ERASED
    assert vault.log.audit.broken_at() is None


def test_no_page_of_the_file_holds_an_erased_text(made):
    vault = made.open()
    session = keep(vault, SECRET)
    correct(vault, session, {Field.PROCESS_NOTE: "a longer line instead of it"})
    for number in range(30):
        keep(vault, f"another note, number {number}")
    vault.close()
    path = made.folder / "log.db"
    key = made.secret.log_key
    # The search works: text that exists is found.
    assert SECRET.encode() in pages(path, key)
    copy = earlier_copies.copy_path(path, 1)
    copy.write_bytes(b"sealed, and it holds the text")

    vault = made.open()
    vault.log.corrections.erase(session, Field.PROCESS_NOTE, BY, revision=vault.log.corrections.revision(session))
    left = (pages(path, key) + pages_ahead(path.with_name("log.db-wal"), key)).lower()
    vault.close()
    left += pages(path, key).lower()
    assert not copy.exists()
    for word in (b"quittenmarmelade", b"a longer line", b"fenster"):
        assert word not in left
    assert b"another note, number 7" in left


def test_a_file_that_could_not_be_rewritten_is_rewritten_at_opening(made, monkeypatch):
    vault = made.open()
    session = keep(vault, SECRET)
    with monkeypatch.context() as patched:
        patched.setattr(corrections_module, "vacuum_if_intended", lambda _database: None)
        vault.log.corrections.erase(session, Field.PROCESS_NOTE, BY, revision=vault.log.corrections.revision(session))
    vault.close()

    again = made.open()
    try:
        assert again.log._database.run("SELECT 1 FROM settings WHERE key = 'forget'") == []
    finally:
        again.close()
    assert SECRET.encode() not in pages(made.folder / "log.db", made.secret.log_key)


def test_a_field_that_is_not_text_is_not_erased(vault, kept):
    with pytest.raises(ValueError, match="no text"):
        vault.log.corrections.erase(kept, Field.NUMBER, BY, revision=1)


VALUES = st.one_of(
    st.tuples(st.just(Field.NUMBER), st.integers(1, 9)),
    st.tuples(st.just(Field.KIND), st.sampled_from(SessionKind)),
    st.tuples(st.just(Field.BEGAN), st.floats(1.7e9, 1.75e9)),
    st.tuples(st.just(Field.LASTED), st.none() | st.floats(1, 40_000)),
    st.tuples(st.just(Field.PRESENT), st.lists(st.sampled_from([P1, P2, P10]), max_size=3)),
    st.tuples(st.just(Field.PRESENTERS), st.dictionaries(st.integers(1, 2), st.sampled_from([P1, P2]))),
    st.tuples(st.just(Field.ONLINE), st.booleans()),
    st.tuples(st.just(Field.PROCESS_NOTE), st.text(max_size=40)),
)


def test_any_series_of_corrections_and_undos_restores_the_record_with_an_intact_trail(vault):
    @given(st.lists(st.one_of(VALUES, st.just("undo")), max_size=14))
    def holds(acts):
        session = keep(vault)
        states, done = [record(vault, session).current_values], []
        for act in acts:
            if act == "undo":
                if done:
                    vault.log.corrections.undo(done.pop(), vault.log.corrections.revision(session))
                    states.pop()
            else:
                made = correct(vault, session, dict([act]))
                if made:
                    done += made
                    states.append(record(vault, session).current_values)
            assert record(vault, session).current_values == states[-1]
        while done:
            vault.log.corrections.undo(done.pop(), vault.log.corrections.revision(session))
            states.pop()
        assert record(vault, session).current_values == states[0]
        assert vault.log.corrections.of_session(session) == ()

    with contextlib.suppress(AttributeError):
        vault.log._database.run("PRAGMA synchronous = OFF")
    holds()
    assert vault.log.audit.broken_at() is None


def test_another_program_cannot_change_a_record_of_an_open_vault(made, vault, kept):
    assert code_of(made.open) is TroubleCode.VAULT_IN_USE
    assert record(vault, kept).debrief.process_note == "We sat with it."
